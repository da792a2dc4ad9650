"""Raw documents, as readers of TOML and JSON return them: how to walk them, name a place, show a value."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = [
    "Item",
    "Location",
    "TooDeepError",
    "identifiers",
    "items",
    "key_notation",
    "normal",
    "notation",
    "place",
    "position",
    "printable",
    "texts",
]

Location = tuple[str | int, ...]
"""The way from the top of a document to a value in it: keys and list positions."""

Item = tuple[Location, Mapping[str, Any]]
"""A table of a list, with its location."""

_DEEPEST = 50
_LONGEST_TEXT = 60
_BARE_KEY = re.compile(r"[\w-]+")


class TooDeepError(Exception):
    """A document is nested more deeply than any sensible one."""


def normal(value: Any, depth: int = 0) -> Any:
    """Copy a document into plain tables and lists, all keys texts, texts in Unicode's composed form (NFC).

    Vietnamese typed on one system and copied from another looks the same and compares different; once
    composed it is the same. Halves of a surrogate pair, which JSON can spell out, become a character that is
    as unprintable but does not break an encoder.

    Raises
    ------
    TooDeepError
        The document is nested too deeply to be one of ours.
    """
    if depth > _DEEPEST:
        raise TooDeepError
    if isinstance(value, str):
        return unicodedata.normalize("NFC", re.sub("[\ud800-\udfff]", "\uffff", value))
    if isinstance(value, Mapping):
        return {normal(_written(key)): normal(child, depth + 1) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [normal(child, depth + 1) for child in value]
    return value


def items(parent: Any, key: str, location: Location = ()) -> Iterator[Item]:
    """Go through the tables in the list `key` of a table, with their locations; all else is passed over."""
    children = parent.get(key) if isinstance(parent, Mapping) else None
    if isinstance(children, list):
        for index, child in enumerate(children):
            if isinstance(child, Mapping):
                yield (*location, key, index), child


def texts(parent: Mapping[str, Any], key: str, location: Location) -> Iterator[tuple[Location, str]]:
    """Go through the texts in the list `key`, or the one text there, with their locations."""
    value = parent.get(key)
    if isinstance(value, str):
        yield (*location, key), value
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, str):
                yield (*location, key, index), entry


def identifiers(tables: Iterator[Item]) -> Iterator[tuple[Location, str]]:
    """Go through the ids of tables, with the locations of the ids."""
    for location, table in tables:
        yield from texts({"id": table.get("id")}, "id", location)


def place(document: Any, location: Location) -> str:
    """Write a location the way a reader finds it: ``lecturers[3] "nguyen-van-a" → unavailable[0].to``."""
    text, joint, node = "", "", document
    for step in location:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += joint + key_notation(step)
        joint = "."
        node = _child(node, step)
        identifier = node.get("id") if isinstance(node, Mapping) else None
        if isinstance(step, int) and isinstance(identifier, str):
            text += f" {notation(identifier)}"
            joint = " → "
    return text


def position(document: Any, location: Location) -> tuple[int, ...]:
    """Say where in the document a location stands: the positions on the way to it, to sort by.

    What is missing from a table stands behind what is there.
    """
    positions, node = [], document
    for step in location:
        if isinstance(step, int):
            positions.append(step)
        else:
            keys = list(node) if isinstance(node, Mapping) else []
            positions.append(keys.index(step) if step in keys else len(keys))
        node = _child(node, step)
    return tuple(positions)


def notation(value: object) -> str:
    """Write a value as the file does, so that the text "7" is told from the number 7; shortened."""
    match value:
        case str():
            text = f'"{printable(value)}"'
        case Mapping():
            text = "{…}" if value else "{}"
        case Sequence():
            text = "[…]" if value else "[]"
        case None | bool():
            text = {None: "null", True: "true", False: "false"}[value]
        case dt.date() | dt.time():
            text = value.isoformat()
        case _:
            text = printable(_written(value))
    return text


def key_notation(key: str) -> str:
    """Write a key as the file does: bare where it can be."""
    return key if _BARE_KEY.fullmatch(key) else notation(key)


def printable(text: str) -> str:
    """Shorten a text, and replace what cannot be printed."""
    if len(text) > _LONGEST_TEXT:
        text = text[: _LONGEST_TEXT - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in text)


def _written(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return "…"


def _child(node: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return node.get(step) if isinstance(node, Mapping) else None
    return node[step] if isinstance(node, list) else None
