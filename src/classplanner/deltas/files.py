"""Reads deltas: files of changes, and changes written on a command line. All faults are found at once."""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import Field, PrivateAttr, ValidationError

from classplanner.deltas.kinds import KINDS, AnyChange
from classplanner.errors import Fault, InputError
from classplanner.scenario.base import Model
from classplanner.scenario.documents import notation, printable
from classplanner.scenario.faults import Finding, faults, shape_findings
from classplanner.scenario.files import normal_document, read_document
from classplanner.scenario.values import Name

__all__ = ["Delta", "load_delta", "parse_delta", "parse_words"]


class Delta(Model):
    """What is different in a variant of a scenario: changes, made one after another."""

    name: Name = ""
    """Shown to the reader."""
    changes: Annotated[tuple[AnyChange, ...], Field(min_length=1)]
    """The changes, in their order."""
    _file: str = PrivateAttr("")

    @property
    def file(self) -> str:
        """Where it was read, for messages."""
        return self._file

    @property
    def title(self) -> str:
        """Its name, or else that of its file."""
        return self.name or Path(self._file).stem


def load_delta(path: str | Path) -> Delta:
    """Read a delta from a TOML or JSON file.

    Parameters
    ----------
    path
        A file whose name ends in ``.toml`` or ``.json``.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    return parse_delta(read_document(path), str(path))


def parse_delta(document: Any, file: str = "") -> Delta:
    """Make a delta of a raw document, as TOML or JSON readers return it.

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
    findings = list(_findings(document))
    if findings:
        raise InputError(faults(findings, document, file))
    delta = Delta.model_validate(document, by_alias=True, by_name=False)
    delta._file = file
    return delta


def _findings(document: Any) -> Iterator[Finding]:
    """Find what is wrong: with the document, then with each change by the model of its kind."""
    changes = document.get("changes") if isinstance(document, Mapping) else None
    try:
        Delta.model_validate(document, by_alias=True, by_name=False)
    except ValidationError as error:
        yield from (
            finding
            for finding in shape_findings(error, Delta)
            if not (len(finding.location) > 1 and isinstance(changes, list))
        )
    for index, change in enumerate(changes if isinstance(changes, list) else ()):
        for finding in _of_change(change):
            yield finding._replace(location=("changes", index, *finding.location))


def _of_change(change: Any) -> Iterator[Finding]:
    """Find what is wrong with a change."""
    if not isinstance(change, Mapping):
        yield Finding((), "not-table", {"value": notation(change)})
        return
    kind = change.get("kind")
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if "kind" not in change:
        yield Finding((), "missing", {"key": "kind"})
    elif model is None:
        values = {"value": notation(kind), "expected": ", ".join(sorted(KINDS))}
        yield Finding(("kind",), "not-one-of", values, str(kind), sorted(KINDS))
    else:
        try:
            model.model_validate(change, by_alias=True, by_name=False)
        except ValidationError as error:
            yield from shape_findings(error, model)


def parse_words(text: str) -> Delta:
    """Make a delta of changes in short: ``close venue=van-phu from=2018-04-09 to=2018-04-13``.

    Parameters
    ----------
    text
        A kind of change and its keys; values are written as in TOML, texts also without quotes and lists of
        them with commas. Several changes are set apart by `` ; ``.

    Raises
    ------
    InputError
        With every fault of the changes.
    """
    file = f'--set "{printable(text)}"'
    try:
        words = shlex.split(text)
    except ValueError:
        raise InputError([Fault(file, "", "open-quote")]) from None
    groups = [list(group) for semicolon, group in groupby(words, lambda word: word == ";") if not semicolon]
    wrong = [word for group in groups for word in group[1:] if "=" not in word.strip("=")]
    if wrong or not groups:
        raise InputError([Fault(file, "", "not-change", {"value": notation(word)}) for word in wrong or [""]])
    delta = parse_delta({"changes": [_change(group) for group in groups]}, file)
    return delta.model_copy(update={"name": " ".join(text.split())[:500]})


def _change(words: list[str]) -> dict[str, Any]:
    model = KINDS.get(words[0])
    fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
    pairs = [word.split("=", 1) for word in words[1:]]
    values = {key: _value(value, fields[key].annotation) if key in fields else value for key, value in pairs}
    return {"kind": words[0], **values}


def _value(text: str, annotation: Any) -> Any:
    """Read a value as TOML does, unless it is to be a text; a list also without brackets and quotes."""
    kinds = set(_kinds(annotation))
    if str in kinds and tuple not in kinds:
        return text
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        value = text
    return text.split(",") if tuple in kinds and not isinstance(value, list) else value


def _kinds(annotation: Any) -> Iterator[Any]:
    """Go through the plain kinds in an annotation such as ``Annotated[str, …] | None``."""
    origin = get_origin(annotation)
    if origin is tuple:
        yield tuple
    elif origin is None:
        yield annotation
    for part in get_args(annotation):
        yield from _kinds(part)
