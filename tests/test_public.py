"""Shows that what packages export is sorted, there, and documented."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import classplanner

_MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(classplanner.__path__, "classplanner.")
    if not module.name.endswith("__main__")
]
_PACKAGES = [module for module in _MODULES if hasattr(module, "__path__")]


def _rank(name: str) -> tuple[int, str]:
    """Sort as ruff does: constants, then classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def _name(module: ModuleType) -> str:
    return module.__name__


@pytest.mark.parametrize("package", _PACKAGES, ids=_name)
def test_packages_export_sorted_names(package: ModuleType) -> None:
    assert package.__all__ == sorted(package.__all__, key=_rank)
    assert len(package.__all__) == len(set(package.__all__))


@pytest.mark.parametrize("module", _MODULES, ids=_name)
def test_modules_have_what_they_export_and_document_it(module: ModuleType) -> None:
    assert module.__doc__
    for name in getattr(module, "__all__", ()):
        exported = getattr(module, name)
        if inspect.isclass(exported) or inspect.isfunction(exported):
            assert exported.__doc__, name
