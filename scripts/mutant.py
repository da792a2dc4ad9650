"""The mutants of a file, as mutmut makes them, and how one is put in the place of what it changes."""

from __future__ import annotations
import __future__

import ast
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

__all__ = ["ROOT", "SOURCE", "Fate", "Mutant", "Name", "apply", "mutants"]

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "classplanner"

Name = tuple[str, str, str, int]
"""A file below src/classplanner, a function in it, a change, and its number among changes that look alike."""


@dataclass(frozen=True)
class Mutant:
    """One change to one function.

    Attributes
    ----------
    name, line
        What it is, and the line it begins on.
    source
        Makes the function with the change.
    """

    name: Name
    line: int
    source: Callable[[], str]


@dataclass(frozen=True)
class Fate:
    """What became of a mutant; `killer` is a test, a signal, or empty where it survived."""

    name: Name
    line: int
    killer: str


def mutants(path: Path) -> Iterator[Mutant]:
    """List all mutants of a file: in turn, each of mutmut's changes within functions."""
    # Needed by nothing else here, and not installed with the other tools.
    import libcst  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from libcst import metadata  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from mutmut.mutation import (  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
        file_mutation,
    )

    # A decorator is a comment to mutmut, so that it looks at the function below.
    undecorated = re.sub(r"^(\s*)@", r"\1#@", path.read_text("utf-8"), flags=re.MULTILINE)
    module, mutations, *_ = file_mutation.create_mutations(str(path), undecorated)
    positions = metadata.MetadataWrapper(module, unsafe_skip_copy=True).resolve(metadata.PositionProvider)
    functions = {node.lineno: name for name, node in _functions(ast.parse(undecorated).body, "")}
    alike: Counter[tuple[str, str, str]] = Counter()
    for mutation in mutations:
        outer, old, new = (
            mutation.contained_by_top_level_function,
            mutation.original_node,
            mutation.mutated_node,
        )
        if isinstance(outer, libcst.FunctionDef):
            function = functions[positions[outer].start.line]
            change = f"{_short(module.code_for_node(old))} → {_short(module.code_for_node(new))}"
            where = path.relative_to(SOURCE).as_posix(), function, change
            alike[where] += 1
            yield Mutant(
                (*where, alike[where]), positions[old].start.line, partial(_mutated, module, outer, old, new)
            )


def _mutated(module: Any, function: Any, old: Any, new: Any) -> str:
    code: str = module.code_for_node(function.deep_replace(old, new))
    return code


def _short(code: str) -> str:
    return " ".join(code.split()).replace("( ", "(").replace(", )", ")")


def _functions(body: Sequence[ast.stmt], within: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield within + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{within}{node.name}.")


def apply(mutant: Mutant) -> None:
    """Give a function the code and the default values that it has in a mutant."""
    file, name, *_ = mutant.name
    module = sys.modules["classplanner." + file.removesuffix(".py").replace("/", ".")]
    function, source = _function(module, name), mutant.source()
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    code = compile(source, file, "exec", __future__.annotations.compiler_flag)
    function.__code__ = next(
        each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == node.name
    )
    function.__defaults__ = tuple(_value(default, module) for default in node.args.defaults) or None
    keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    function.__kwdefaults__ = {name.arg: _value(value, module) for name, value in keywords if value}


def _function(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType)
    return found


def _value(default: ast.expr, module: ModuleType) -> object:
    code = compile(ast.fix_missing_locations(ast.Expression(default)), "default", "eval")
    return eval(code, vars(module))  # noqa: S307  (our own source)
