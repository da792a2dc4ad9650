"""A scenario's document as rows of sheets, and back: what belongs to an object has its own sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from classplanner.scenario.workbook.layout import SHEETS

__all__ = ["PERIODS_OF_LECTURERS", "Row", "flatten"]

Row = Mapping[str, Any]
"""The values of a row by the keys of its columns, in the shape they have in the document."""

PERIODS_OF_LECTURERS = ("unavailable", "available")


def flatten(document: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Lay out the raw document of a sound scenario as rows, sheet by sheet.

    Sheets of items, such as the calendar's, have one row here that holds them all.

    Parameters
    ----------
    document
        As `Scenario.model_dump` makes it, without what has its default value.
    """
    calendar = document["calendar"]
    rows: dict[str, list[Row]] = {sheet.key: [] for sheet in SHEETS}
    rows["calendar"] = [{"name": document.get("name", ""), **calendar}]
    rows["weights"] = [document.get("objective", {})]
    rows["repair"] = [document.get("repair", {})]
    rows["days_off"] = [{"kind": "closed", **day} for day in calendar.get("closed", ())]
    rows["days_off"] += [
        {"kind": "open", "from": day["date"], "reason": day.get("reason", "")}
        for day in calendar.get("open", ())
    ]
    for section in ("lecturers", "venues", "programmes", "locks"):
        rows[section] = list(document.get(section, ()))
    rows["classes"] = list(document.get("cohorts", ()))
    rows["absences"] = list(_absences(document))
    rows["closures"] = list(_closures(document))
    rows["rooms"] = list(_children(document, "venues", "rooms", "venue"))
    rows["components"] = list(_children(document, "programmes", "components", "programme"))
    rows["modules"] = list(_children(document, "programmes", "modules", "programme"))
    rows["quotas"] = list(_quotas(document))
    rows["budget"] = [
        {"year": int(year), "amount": amount} for year, amount in document.get("budget", {}).items()
    ]
    return rows


def _children(document: Mapping[str, Any], section: str, key: str, parent: str) -> Iterator[Row]:
    for owner in document.get(section, ()):
        for child in owner.get(key, ()):
            yield {parent: owner["id"], **child}


def _absences(document: Mapping[str, Any]) -> Iterator[Row]:
    for lecturer in document.get("lecturers", ()):
        for kind in PERIODS_OF_LECTURERS:
            for period in lecturer.get(kind, ()):
                yield {"lecturer": lecturer["id"], "kind": kind, **period}


def _closures(document: Mapping[str, Any]) -> Iterator[Row]:
    for venue in document.get("venues", ()):
        for period in venue.get("closed", ()):
            yield {"place": venue["id"], **period}
        for room in venue.get("rooms", ()):
            for period in room.get("closed", ()):
                yield {"place": f"{venue['id']}/{room['id']}", **period}


def _quotas(document: Mapping[str, Any]) -> Iterator[Row]:
    """Give each year of an audience a row; an audience without any year has a row without one."""
    for audience in document.get("audiences", ()):
        shared = {key: value for key, value in audience.items() if key != "trainees"}
        years = audience["trainees"] or {None: None}
        for year, trainees in years.items():
            yield {**shared, "year": None if year is None else int(year), "trainees": trainees}
