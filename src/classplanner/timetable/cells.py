"""Which cells of a workbook a statement about its timetable speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

__all__ = ["CellIndex", "Entry"]


class Entry(NamedTuple):
    """A row of a class's sheet, with the names of its cells by their columns."""

    cohort: str
    module: str
    lecturers: tuple[str, ...]
    slots: tuple[tuple[dt.date, str], ...]
    cells: Mapping[str, str]


# Which cell of a row breaks a rule: for some the same always, else that of the first fact; else the content.
_BROKEN_BY = {
    **dict.fromkeys(("working-days", "cohort-clash", "module-window", "precedence", "venue-open"), "date"),
    "home-room": "place",
}
_TOLD_BY = (("lecturer", "lecturer"), ("room", "place"))
_HEAD = ("opens", "closes", "room")


class CellIndex:
    """The cells of classes and meetings."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._classes: dict[str, Mapping[str, str]] = {}

    def add(self, entry: Entry) -> None:
        """Add a row."""
        self._entries.append(entry)

    def add_class(self, cohort: str, cells: Mapping[str, str]) -> None:
        """Add the cells at the head of a class's sheet."""
        self._classes[cohort] = cells

    def of_class(self, cohort: str) -> str:
        """Return the cell that names a class."""
        return self._classes.get(cohort, {}).get("class", "")

    def cells(self, key: str, facts: Mapping[str, Any], rule: str = "") -> list[str]:
        """Return the cells that a statement speaks of, in the order of the file.

        Parameters
        ----------
        key
            The sentence in the catalogues: what a class's opening is said of is its cell.
        facts
            Its facts by the names of their placeholders.
        rule
            The rule that is broken, if one is.
        """
        rows = list(self._rows(facts)) if {"module", "lecturer", "date"} & facts.keys() else []
        if rows:
            told = next((cell for fact, cell in _TOLD_BY if fact in facts), "content")
            column = _BROKEN_BY.get(rule, told)
            return list(dict.fromkeys(entry.cells.get(column, entry.cells["content"]) for entry in rows))
        head = self._classes.get(facts.get("cohort", ""), {})
        last = key.rpartition(".")[2]
        column = next((name for name in _HEAD if last.startswith(name) or name in facts), "class")
        return [head[column]] if column in head else []

    def _rows(self, facts: Mapping[str, Any]) -> Iterator[Entry]:
        """Go through the rows that are about what the facts name."""
        for entry in self._entries:
            if facts.get("cohort", entry.cohort) != entry.cohort:
                continue
            if facts.get("module", entry.module) != entry.module:
                continue
            if "lecturer" in facts and facts["lecturer"] not in entry.lecturers:
                continue
            named = facts.get("sessions_of_day")
            if not any(
                facts.get("date", date) == date and (named is None or session in named)
                for date, session in entry.slots
            ):
                continue
            yield entry
