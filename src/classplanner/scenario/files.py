"""Reads scenario files: TOML, and JSON of the same shape. All faults are found before any is reported."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from classplanner.errors import Fault, InputError
from classplanner.scenario.faults import Location, shape_faults
from classplanner.scenario.models import Scenario
from classplanner.scenario.references import reference_faults

__all__ = ["load", "parse", "parse_json", "read_text"]

_LARGEST_FILE = 256 * 2**20


def load(path: str | Path) -> Scenario:
    """Read a scenario from a TOML or JSON file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    path = Path(path)
    parsers: Mapping[str, Callable[[str, str], Any]] = {".toml": _parse_toml, ".json": parse_json}
    parser = parsers.get(path.suffix.lower())
    if parser is None:
        raise InputError([Fault(str(path), "", "unknown-format", {"known": ", ".join(parsers)})])
    return parse(parser(read_text(path), str(path)), str(path))


def parse(document: Any, file: str = "") -> Scenario:
    """Make a scenario of a raw document, as TOML or JSON readers return it.

    Parameters
    ----------
    document
        Tables, lists, texts, numbers and dates.
    file
        Its name, for messages.

    Raises
    ------
    InputError
        With every fault of the document.
    """
    faults: list[tuple[Location, Fault]] = []
    scenario = None
    try:
        scenario = Scenario.model_validate(document)
    except ValidationError as error:
        faults += shape_faults(error, document, file, Scenario)
    faults += reference_faults(document, file)
    if faults or scenario is None:
        raise InputError(fault for _, fault in sorted(faults, key=lambda found: _document_order(found[0])))
    return scenario


def read_text(path: Path) -> str:
    """Read a UTF-8 file.

    Raises
    ------
    InputError
        It cannot be read, is far too large, or is not UTF-8.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise InputError([Fault(str(path), "", "file-too-large", {"megabytes": _LARGEST_FILE // 2**20})])
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(
            [Fault(str(path), "", "unreadable", {"reason": error.strerror or str(error)})]
        ) from error
    except UnicodeDecodeError as error:
        raise InputError([Fault(str(path), "", "not-utf8", {"position": error.start})]) from error


def _parse_toml(text: str, file: str) -> Any:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(file, "", "not-toml", {"reason": str(error)})]) from error


def parse_json(text: str, file: str) -> Any:
    """Read JSON strictly: no key twice in a table, no NaN.

    Raises
    ------
    InputError
        The text is not such JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_table, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(file, "", "not-json", {"reason": str(error)})]) from error


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise ValueError(f"key given twice: {', '.join(twice)}")
    return table


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _document_order(location: Location) -> tuple[tuple[int, int, str], ...]:
    """Sort by section in the order of the contract, then by position, then by key."""
    sections = list(Scenario.model_fields)
    return tuple(
        (step, 0, "")
        if isinstance(step, int)
        else (sections.index(step) if step in sections else 99, 1, step)
        for step in location
    )
