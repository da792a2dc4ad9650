"""The words in cells: lists in one cell, weekdays, sessions, yes and no, in either language.

Items of a list are separated by semicolons, commas or line breaks. An item in double quotes is taken as it
is: that is how an id that holds such a sign, or looks like a word of ours, is written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cache

from classplanner.language import LANGUAGES, Language, catalogue
from classplanner.scenario.calendar import WEEKDAYS
from classplanner.scenario.faults import folded

__all__ = [
    "is_none",
    "join_items",
    "known_word",
    "session_id",
    "session_word",
    "split_hours",
    "split_items",
    "truth",
    "weekday",
]

_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^;,\n]*))\s*(?:[;,\n]|$)')
_MONDAY = dt.date(2018, 1, 1)
_SESSION_HOURS = re.compile(
    r'\s*(?:"((?:[^"]|"")*)"|([^;,\n"]+?))\s+(\d{1,2})[:hg](\d\d)\s*[-–]\s*(\d{1,2})[:hg](\d\d)\s*(?:[;,\n]|$)',
    re.ASCII,
)
_RESERVED = re.compile(r'[;,"\n]')


def split_items(text: str) -> list[tuple[str, bool]]:
    """Split a cell into its items; True stands by those in quotes. Empty items are left out."""
    found = []
    for match in _ITEM.finditer(text):
        quoted, bare = match.groups()
        if quoted is not None:
            found.append((quoted.replace('""', '"'), True))
        elif bare.strip():
            found.append((bare.strip(), False))
    return found


def split_hours(text: str) -> list[tuple[str, str]] | None:
    """Read when sessions begin and end, ``sáng 7h30-11h30; chiều 13:30-17:00``; None if not told so."""
    found, end = [], 0
    for match in _SESSION_HOURS.finditer(text):
        if match.start() != end:
            return None
        quoted, bare, *times = match.groups()
        name = quoted.replace('""', '"') if quoted is not None else session_id(bare) or bare
        first, last = (f"{int(hour):02}:{minute}" for hour, minute in (times[:2], times[2:]))
        found.append((name, f"{first}-{last}"))
        end = match.end()
    return found if found and end == len(text) else None


def join_items(items: Iterable[str], *, words: bool = False) -> str:
    """Write a list into one cell; `split_items` makes it the same list again.

    Parameters
    ----------
    items
        The items.
    words
        They may be told in our words: quote those that only look like one.
    """
    return "; ".join(
        _quoted(item) if _RESERVED.search(item) or (words and session_id(item) is not None) else item
        for item in items
    )


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'


@cache
def _words(prefix: str) -> Mapping[str, str]:
    """Return what the words below a key of the catalogues stand for, in either language, folded."""
    return {
        folded(text): key.removeprefix(prefix)
        for code in LANGUAGES
        for key, text in catalogue(code).items()
        if key.startswith(prefix) and "." not in key.removeprefix(prefix)
    }


def known_word(prefix: str, text: str) -> str | None:
    """Return which of the texts below `prefix` was written, in either language, if it is one."""
    key = text.strip()
    return _words(prefix).get(folded(key)) or (key if key in _words(prefix).values() else None)


@cache
def _weekdays() -> Mapping[str, str]:
    names = dict(_words("sheet.weekday."))
    for code in LANGUAGES:
        names |= {
            folded(Language(code).weekday(_MONDAY + dt.timedelta(days=day))): name
            for day, name in enumerate(WEEKDAYS)
        }
    return names | {weekday: weekday for weekday in WEEKDAYS}


def weekday(text: str) -> str | None:
    """Read a weekday: ``mon``, ``Mon``, ``T2``, ``thứ Hai``."""
    return _weekdays().get(folded(text))


def session_id(text: str) -> str | None:
    """Return the id of the session that a word stands for: ``morning`` for ``sáng``; None for other words."""
    return _words("session.").get(folded(text))


def session_word(session: str, language: Language) -> str:
    """Write a session as a word, or its id where that is none of ours; quoted where it looks like one."""
    if language.has(f"session.{session}"):
        return language.session(session)
    return join_items([session], words=True)


def truth(text: str) -> bool | None:
    """Read yes or no."""
    word = folded(text)
    if word in {"x", "true", "1", *(folded(catalogue(code)["sheet.yes"]) for code in LANGUAGES)}:
        return True
    if word in {"false", "0", *(folded(catalogue(code)["sheet.no"]) for code in LANGUAGES)}:
        return False
    return None


def is_none(text: str) -> bool:
    """Whether a cell says that there is none."""
    return folded(text) in {folded(catalogue(code)["sheet.none"]) for code in LANGUAGES}
