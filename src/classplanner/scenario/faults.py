"""Turns findings about a document into faults: where, what is wrong, and what was probably meant."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from classplanner.errors import Fault
from classplanner.scenario.documents import Location, key_notation, notation, place, position, printable

__all__ = [
    "At",
    "Finding",
    "Location",
    "Places",
    "faults",
    "folded",
    "iso_date",
    "place",
    "shape_findings",
    "similar",
    "unknown",
]

# What pydantic calls the error -> the sentence in the catalogues.
_KEYS = {
    "missing": "missing",
    "extra_forbidden": "unknown-key",
    "model_type": "not-table",
    "dict_type": "not-table",
    "mapping_type": "not-table",
    "tuple_type": "not-list",
    "slot": "not-slot",
    "string_type": "not-text",
    "int_type": "not-whole-number",
    "float_type": "not-number",
    "finite_number": "not-number",
    "bool_type": "not-truth",
    "day": "not-day",
    "year": "not-year",
    "identifier": "not-identifier",
    "room-reference": "not-room-reference",
    "name": "unprintable",
    "hours": "not-hours",
    "literal_error": "not-one-of",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-large",
    "too_short": "too-few",
    "too_long": "too-many",
    "string_too_long": "too-long",
    "order": "order",
    "span": "span",
    "lock-module": "lock-module",
    "lock-empty": "lock-empty",
    "exactly-one": "exactly-one",
    "at-least-one": "at-least-one",
}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.-]?(\d{1,2})[/.-]?(\d{1,2})", re.ASCII)
# Where every class of a large year is misnamed, the first guesses tell why; the rest would take minutes.
_MOST_COMPARISONS = 50_000


class Finding(NamedTuple):
    """Something wrong at a place of a document.

    Attributes
    ----------
    location
        Where.
    key
        The sentence in the language catalogues, below ``fault.``.
    values
        What stands in the sentence's placeholders.
    word, candidates
        What was written, and what may have been meant by it.
    """

    location: Location
    key: str
    values: Mapping[str, object] = {}
    word: str = ""
    candidates: Collection[str] = ()


class At(NamedTuple):
    """Another place of the document, as a value of a sentence."""

    location: Location


class Places(Protocol):
    """Tells where in a file a value of the document stands."""

    def place(self, location: Location) -> str:
        """Write a place the way a reader finds it."""

    def position(self, location: Location) -> tuple[int, ...]:
        """Say where a place is, to sort by."""

    def tell(self, finding: Finding) -> Finding:
        """Put a finding into the words of such files."""


class _InDocument:
    """Places of a TOML or JSON file, whose shape is that of the document."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def place(self, location: Location) -> str:
        return place(self.document, location)

    def position(self, location: Location) -> tuple[int, ...]:
        return position(self.document, location)

    def tell(self, finding: Finding) -> Finding:
        return finding


def faults(
    findings: Iterable[Finding], document: Any, file: str, places: Places | None = None
) -> list[Fault]:
    """Make faults of findings, in the order of the document.

    Parameters
    ----------
    findings
        In any order.
    document
        The raw document they were found in.
    file
        Its name, for messages.
    places
        Where its values stand in the file; by default, where they stand in the document.
    """
    places = places or _InDocument(document)
    ordered = sorted(map(places.tell, findings), key=lambda finding: places.position(finding.location))
    guesses = _guesses(ordered)
    return [
        Fault(
            file,
            places.place(finding.location),
            finding.key,
            {
                name: places.place(value.location) if isinstance(value, At) else value
                for name, value in finding.values.items()
            },
            guesses.get((finding.word, id(finding.candidates))),
        )
        for finding in ordered
    ]


def _guesses(findings: Iterable[Finding]) -> dict[tuple[str, int], str | None]:
    """Guess what was meant by each word among its candidates (told apart by identity), within limits."""
    guesses: dict[tuple[str, int], str | None] = {}
    comparisons = 0
    for finding in findings:
        question = (finding.word, id(finding.candidates))
        if finding.candidates and question not in guesses and comparisons < _MOST_COMPARISONS:
            comparisons += len(finding.candidates)
            guesses[question] = similar(finding.word, finding.candidates)
    return guesses


def unknown(
    kind: str, references: Iterable[tuple[Location, str]], known: Collection[str] | None
) -> Iterator[Finding]:
    """Report the references that name nothing known.

    Parameters
    ----------
    kind
        What is referred to: ``lecturer``, ``room``, …
    references
        What they name, with their locations.
    known
        The ids there are; None when that cannot be told, so that nothing can be said.
    """
    for location, name in references:
        if known is not None and name not in known:
            yield Finding(location, f"unknown-{kind}", {"value": printable(name)}, name, known)


def similar(word: object, candidates: Iterable[str]) -> str | None:
    """Return the candidate that looks most like `word`, if any does."""
    if not isinstance(word, str):
        return None
    known = {folded(candidate): candidate for candidate in sorted(set(candidates), reverse=True)}
    matches = difflib.get_close_matches(folded(word), known, n=1, cutoff=0.6)
    return printable(known[matches[0]]) if matches else None


def folded(text: str) -> str:
    """Write a text without diacritics, capitals and spaces, so that "Văn Phú" is like "van-phu"."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace(" ", "-")


def shape_findings(error: ValidationError, model: type[BaseModel]) -> list[Finding]:
    """Translate what pydantic found wrong with a document of the shape `model`."""
    return [
        _finding(details, model)
        for details in error.errors(include_url=False)
        if not _counts_only_good_items(details)
    ]


def _counts_only_good_items(details: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short for its faulty items, which are reported themselves."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _finding(details: ErrorDetails, model: type[BaseModel]) -> Finding:
    location, value = details["loc"], details["input"]
    key = _KEYS.get(details["type"], "invalid")
    if key == "not-list" and isinstance(value, Mapping) and _known_keys(model, location):
        key = "single-table"
    values: dict[str, object] = {
        name: item if isinstance(item, int) else str(item) for name, item in details.get("ctx", {}).items()
    }
    values["value"] = notation(value)
    if location[-1:] == ("[key]",) and key != "unknown-key":
        location = location[:-1]
        values["value"] = key_notation(str(value))
    if key in ("missing", "unknown-key"):
        values["key"] = printable(str(location[-1]))
    if key == "single-table":
        values["table"] = ".".join(step for step in location if isinstance(step, str))
    word, candidates = _meant(key, location, value, values, model)
    if key == "not-one-of":
        values["expected"] = ", ".join(candidates)
    return Finding(location, key, values, word, candidates)


def _meant(
    key: str, location: Location, value: object, values: Mapping[str, object], model: type[BaseModel]
) -> tuple[str, list[str]]:
    """Say what was written and what may have been meant by it."""
    if key == "unknown-key":
        return str(location[-1]), _known_keys(model, location[:-1])
    if key == "not-one-of":
        return str(value), re.findall(r"'([^']*)'", str(values["expected"]))
    if key == "not-day" and isinstance(value, str):
        iso = iso_date(value)
        return iso, [iso] if iso else []
    return "", []


def iso_date(text: str) -> str:
    """Rewrite a date such as 16/3/2018 (the day first, as in Viet Nam) or 2018-3-16; else return ``""``."""
    if found := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = map(int, found.groups())
    else:
        return ""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """List the keys that may stand at a location, by walking the models along it."""
    for step in location:
        if isinstance(step, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            found = _model_in(fields[step].annotation) if step in fields else None
            if found is None:
                return []
            model = found
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside an annotation such as ``tuple[Room, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)
