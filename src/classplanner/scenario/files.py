"""Reads scenario files: TOML, JSON of the same shape, Excel. All faults are found before any is reported."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from classplanner.errors import Fault, InputError
from classplanner.scenario.content import is_workbook, read_text
from classplanner.scenario.documents import Location, TooDeepError, normal, printable
from classplanner.scenario.faults import Finding, faults, shape_findings
from classplanner.scenario.models import Scenario
from classplanner.scenario.references import reference_findings
from classplanner.scenario.workbook.reading import read_workbook

__all__ = ["load", "normal_document", "parse", "parse_json", "read_document", "read_text"]

_PARSERS = (".toml", ".json")
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def load(path: str | Path) -> Scenario:
    """Read a scenario from a TOML, JSON or Excel file.

    Parameters
    ----------
    path
        A file whose name ends in ``.toml``, ``.json``, ``.xlsx`` or ``.xlsm``.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if is_workbook(path):
        return _load_workbook(path)
    if suffix == ".xls":
        raise InputError([Fault(str(path), "", "not-xlsx-old")])
    if suffix not in _PARSERS:
        raise InputError([Fault(str(path), "", "unknown-format", {"known": ", ".join((*_PARSERS, ".xlsx"))})])
    return parse(read_document(path), str(path))


def read_document(path: str | Path) -> Any:
    """Read the raw document in a TOML or JSON file.

    Raises
    ------
    InputError
        The file cannot be read, or is neither.
    """
    path = Path(path)
    parsers: Mapping[str, Callable[[str, str], Any]] = {".toml": _parse_toml, ".json": parse_json}
    parser = parsers.get(path.suffix.lower())
    if parser is None:
        raise InputError([Fault(str(path), "", "unknown-format", {"known": ", ".join(parsers)})])
    return parser(read_text(path), str(path))


def _load_workbook(path: Path) -> Scenario:
    book = read_workbook(path)
    document = normal_document(book.document, str(path))
    scenario, findings = _judged(document)
    findings = book.all_findings(findings)
    if findings or scenario is None:
        raise InputError(faults(findings, document, str(path), book.places))
    return scenario


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
    document = normal_document(document, file)
    scenario, findings = _judged(document)
    if findings or scenario is None:
        raise InputError(faults(findings, document, file))
    return scenario


def _judged(document: Any) -> tuple[Scenario | None, list[Finding]]:
    """Make a scenario of a document if it is one of shape, and find all that is wrong with it."""
    findings: list[Finding] = []
    scenario = None
    try:
        scenario = Scenario.model_validate(document, by_alias=True, by_name=False)
    except ValidationError as error:
        findings += shape_findings(error, Scenario)
    return scenario, findings + reference_findings(document)


def normal_document(document: Any, file: str) -> Any:
    """Copy a raw document, its texts in one form of Unicode.

    Raises
    ------
    InputError
        It is nested too deeply.
    """
    try:
        return normal(document)
    except TooDeepError:
        raise InputError([Fault(file, "", "too-deep")]) from None


def _parse_toml(text: str, file: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = _TOML_LINE.sub("", str(error))
        raise InputError([Fault(file, "", "not-toml", {"line": line, "reason": reason})]) from error
    except ValueError as error:  # Python reads no decimal number of more than 4,300 digits
        raise InputError([Fault(file, "", "long-number")]) from error
    except RecursionError as error:
        raise InputError([Fault(file, "", "too-deep")]) from error


def parse_json(text: str, file: str) -> Any:
    """Read JSON strictly: no key twice in a table, no NaN.

    Parameters
    ----------
    text
        The content of the file.
    file
        Its name, for messages.

    Raises
    ------
    InputError
        The text is not such JSON.
    """

    def refuse(constant: str) -> NoReturn:
        raise InputError([Fault(file, "", "not-json-number", {"value": constant})])

    try:
        document = json.loads(text, object_pairs_hook=_Table, parse_constant=refuse)
    except json.JSONDecodeError as error:
        values = {"line": error.lineno, "reason": error.msg}
        raise InputError([Fault(file, "", "not-json", values)]) from error
    except ValueError as error:  # Python reads no decimal number of more than 4,300 digits
        raise InputError([Fault(file, "", "long-number")]) from error
    except RecursionError as error:
        raise InputError([Fault(file, "", "too-deep")]) from error
    findings = list(_keys_given_twice(document))
    if findings:
        raise InputError(faults(findings, document, file))
    return document


class _Table(dict[str, Any]):
    """A table of a JSON file that remembers which keys it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice: list[str] = []
        if len(self) < len(pairs):
            self.twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def _keys_given_twice(document: Any) -> Iterator[Finding]:
    ahead: list[tuple[Location, Any]] = [((), document)]
    while ahead:
        location, node = ahead.pop()
        if isinstance(node, _Table):
            for key in node.twice:
                yield Finding((*location, key), "key-twice", {"key": printable(key)})
            ahead += [((*location, key), child) for key, child in node.items()]
        elif isinstance(node, list):
            ahead += [((*location, index), child) for index, child in enumerate(node)]
