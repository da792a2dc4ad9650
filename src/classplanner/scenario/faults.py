"""Turns what is wrong with the shape of a document into faults: where, what, and what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from classplanner.errors import Fault

__all__ = ["Location", "place", "shape_faults", "similar"]

Location = tuple[str | int, ...]
"""The way from the top of a document to a value in it: keys and list positions."""

# What pydantic calls the error -> the sentence in the catalogues.
_KEYS = {
    "missing": "missing",
    "extra_forbidden": "unknown-key",
    "model_type": "not-table",
    "model_attributes_type": "not-table",
    "dict_type": "not-table",
    "tuple_type": "not-list",
    "string_type": "not-text",
    "int_type": "not-whole-number",
    "int_from_float": "not-whole-number",
    "int_parsing_size": "not-whole-number",
    "bool_type": "not-truth",
    "date_type": "not-day",
    "day": "not-day",
    "year": "not-year",
    "identifier": "not-identifier",
    "room-reference": "not-room-reference",
    "name": "unprintable",
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
}
_LONGEST_INPUT = 60


def place(document: Any, location: Location) -> str:
    """Write a location the way a reader finds it: ``lecturers[3] "nguyen-van-a" → unavailable[0].to``."""
    text, joint, node = "", "", document
    for step in location:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f"{joint}{step}"
        joint = "."
        node = _child(node, step)
        identifier = node.get("id") if isinstance(node, Mapping) else None
        if isinstance(step, int) and isinstance(identifier, str):
            text += f' "{_shorten(identifier)}"'
            joint = " → "
    return text


def similar(word: object, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like `word`, if any does."""
    if not isinstance(word, str):
        return None
    known = sorted(set(candidates))
    lowered = {candidate.casefold(): candidate for candidate in known}
    matches = difflib.get_close_matches(word.casefold(), lowered, n=1, cutoff=0.6)
    return lowered[matches[0]] if matches else None


def shape_faults(
    error: ValidationError, document: Any, file: str, model: type[BaseModel]
) -> list[tuple[Location, Fault]]:
    """Translate pydantic's findings on a document of the shape `model`."""
    return [_fault(details, document, file, model) for details in error.errors(include_url=False)]


def _fault(details: ErrorDetails, document: Any, file: str, model: type[BaseModel]) -> tuple[Location, Fault]:
    location: Location = tuple(step for step in details["loc"] if step != "[key]")
    key = _KEYS.get(details["type"], "invalid")
    value = details["input"]
    values = {name: str(item) for name, item in details.get("ctx", {}).items() if name != "error"}
    values |= {"value": _shorten(value), "key": str(location[-1]) if location else ""}
    guess = None
    if key == "unknown-key":
        guess = similar(location[-1], _known_keys(model, location[:-1]))
    elif key == "not-one-of":
        choices = [part.strip(" '") for part in values["expected"].replace(" or ", ", ").split(",")]
        guess = similar(value, choices)
        values["expected"] = ", ".join(choices)
    return location, Fault(file, place(document, location), key, values, guess)


def _known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """List the keys that may stand at a location, by walking the models along it."""
    for step in location:
        if isinstance(step, str):
            field = next(
                (field for name, field in model.model_fields.items() if step in (name, field.alias)), None
            )
            found = _model_in(field.annotation) if field is not None else None
            if found is None:
                return []
            model = found
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside an annotation such as ``tuple[Room, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)


def _child(node: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return (
            node[step]
            if isinstance(node, Sequence) and not isinstance(node, str) and step < len(node)
            else None
        )
    return node.get(step) if isinstance(node, Mapping) else None


def _shorten(value: Any) -> str:
    try:
        text = value if isinstance(value, str) else repr(value)
    except ValueError:  # a whole number too long to be written
        text = "…"
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= _LONGEST_INPUT else text[: _LONGEST_INPUT - 1] + "…"
