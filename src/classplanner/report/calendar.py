"""Shows the calendar of a scenario in the terminal: which days are worked, and why the others are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.language import Language
from classplanner.report.words import count, sentence
from classplanner.scenario import WEEKDAYS, DayStatus, Scenario, day_statuses, make_up_days

__all__ = ["calendar_view"]

# Colour is never the only carrier: each kind of day has its mark behind the number.
_MARKS = {"working": " ", "make-up": "+", "weekend": "·", "holiday": "*", "closed": "x"}
_STYLES = {
    "working": "bold",
    "make-up": "bold green",
    "weekend": "dim",
    "holiday": "red",
    "closed": "magenta",
}


def calendar_view(scenario: Scenario, language: Language) -> RenderableType:
    """Show a scenario's calendar month by month, the reasons of its days off, and how many days are worked.

    Days that the country works officially in exchange for a day off, but that the scenario does not open, are
    named in a note.
    """
    calendar = scenario.calendar
    statuses = list(day_statuses(calendar, language.code))
    months = [list(days) for _, days in groupby(statuses, key=lambda day: (day.date.year, day.date.month))]
    title = language.text(
        "report.calendar.title", first=f"{calendar.first_day:%d/%m/%Y}", last=f"{calendar.last_day:%d/%m/%Y}"
    )
    working = sum(day.is_working for day in statuses)
    total = language.text(
        "report.calendar.total",
        days=count("working-days", working, language),
        sessions=count("sessions", working * len(calendar.sessions), language),
    )
    shown: list[RenderableType] = [
        Text(title, style="bold"),
        Text(),
        Columns([_month(days, language) for days in months], padding=(0, 3)),
        _legend(statuses, language),
        Text(),
        _reasons(statuses, language),
        Text(total, style="bold"),
    ]
    official = make_up_days(calendar.country, calendar.first_day.year, calendar.last_day.year)
    ignored = [day.date for day in statuses if day.date in official and not day.is_working]
    if ignored:
        shown.append(Text(language.text("report.calendar.not-opened", days=ignored), style="yellow"))
    return Group(*shown)


def _month(days: Sequence[DayStatus], language: Language) -> Group:
    """Draw one month, three columns wide a day, and count its working days."""
    grid = Text()
    for weekday in WEEKDAYS:
        grid.append(f"{language.text(f'report.weekday.{weekday}')} ", style="underline")
    grid.append("\n" + "   " * days[0].date.weekday())
    for day in days:
        grid.append(f"{day.date.day:2d}", style=_STYLES[day.kind])
        grid.append(_MARKS[day.kind], style=_STYLES[day.kind])
        if day.date.weekday() == 6 and day is not days[-1]:
            grid.append("\n")
    working = sum(day.is_working for day in days)
    return Group(
        Text(language.month(days[0].date), style="bold"),
        Text(count("working-days", working, language), style="italic"),
        grid,
        Text(),
    )


def _legend(statuses: Sequence[DayStatus], language: Language) -> Text:
    kinds = {day.kind for day in statuses}
    entries = [
        Text.assemble((f"25{mark}".rstrip(), _STYLES[kind]), f" {language.text(f'report.day.{kind}')}")
        for kind, mark in _MARKS.items()
        if kind in kinds
    ]
    return Text("   ").join(entries)


def _reasons(statuses: Sequence[DayStatus], language: Language) -> RenderableType:
    """List what is not of the usual week: holidays, closures, make-up days, runs of one reason together."""
    runs: list[list[DayStatus]] = []
    for day in statuses:
        if day.kind in ("working", "weekend"):
            continue
        last = runs[-1][-1] if runs else None
        follows = last is not None and day.date - last.date == dt.timedelta(days=1)
        if last is None or not follows or (last.kind, last.reason) != (day.kind, day.reason):
            runs.append([])
        runs[-1].append(day)
    if not runs:
        return Text(language.text("report.calendar.none-off"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("date", "what", "reason"):
        table.add_column(Text(language.text(f"report.column.{column}")))
    for run in runs:
        kind = run[0].kind
        table.add_row(
            Text(sentence(_dates(run[0].date, run[-1].date, language))),
            Text(f"{_MARKS[kind]} {language.text(f'report.day.{kind}')}", style=_STYLES[kind]),
            Text(run[0].reason),
        )
    return table


def _dates(first: dt.date, last: dt.date, language: Language) -> str:
    if first == last:
        return language.date(first)
    return language.text("report.dates", first=language.date(first), last=language.date(last))
