"""Writes a scenario as a file of any kind that is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from classplanner.errors import Fault, InputError
from classplanner.language import Language
from classplanner.scenario.models import Scenario
from classplanner.scenario.workbook.writing import dump_workbook

__all__ = ["dump_scenario"]


def dump_scenario(scenario: Scenario, suffix: str, language: Language) -> bytes:
    """Write a scenario; `load` reads an equal one. What has its default value is left out.

    Parameters
    ----------
    suffix
        The kind of file: ``.toml``, ``.json`` or ``.xlsx``.
    language
        Of the sheets and columns of a workbook.

    Raises
    ------
    InputError
        There is no such kind of file; or something is too long for a cell; or the package that writes such
        files is not installed.
    """
    writers: Mapping[str, Callable[[], bytes]] = {
        ".toml": lambda: _toml(scenario),
        ".json": lambda: _json(scenario),
        ".xlsx": lambda: dump_workbook(scenario, language),
    }
    writer = writers.get(suffix.lower())
    if writer is None:
        raise InputError([Fault(f"*{suffix}", "", "unknown-format", {"known": ", ".join(writers)})])
    return writer()


def _json(scenario: Scenario) -> bytes:
    document = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _toml(scenario: Scenario) -> bytes:
    try:
        import tomli_w  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError([Fault("", "", "no-office")]) from error
    document = scenario.model_dump(by_alias=True, exclude_defaults=True)
    for table in (document.get("budget", {}), *(one["trainees"] for one in document.get("audiences", ()))):
        for year in list(table):
            table[str(year)] = table.pop(year)
    return tomli_w.dumps(document).encode()
