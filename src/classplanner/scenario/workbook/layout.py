"""The sheets of a scenario's workbook and their columns; what they are called stands in the catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["SHEETS", "SHEET_BY_KEY", "Column", "Kind", "Sheet"]

Kind = Literal[
    "text", "day", "number", "truth", "items", "weekdays", "sessions", "session", "hours", "country"
]


@dataclass(frozen=True)
class Column:
    """A column, or a row of a sheet that has one row an item.

    Attributes
    ----------
    key
        The key in the scenario's table, or a word of the sheet's own.
    kind
        How values are written in cells.
    required
        Whether every row needs a value.
    source
        The sheet and column whose values a drop-down offers.
    choices
        The words a drop-down offers, below ``sheet.choice``.
    example
        What the example row of the template says; a key of the catalogues where it begins with ``@``.
    width
        In characters.
    """

    key: str
    kind: Kind = "text"
    required: bool = False
    source: tuple[str, str] | None = None
    choices: tuple[str, ...] = ()
    example: str = ""
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A sheet; `listed` ones have a row an object, the others a row an item and its value beside it."""

    key: str
    columns: tuple[Column, ...]
    listed: bool = True

    def column(self, key: str) -> Column | None:
        """Return the column of a key, if there is one."""
        return next((column for column in self.columns if column.key == key), None)


_SESSIONS = Column("sessions", "sessions", example="@session.morning", width=14)
_PERIOD = (
    Column("from", "day", example="2026-03-09", width=13),
    Column("to", "day", example="2026-03-13", width=13),
    Column("weekdays", "weekdays", width=12),
    _SESSIONS,
    Column("reason", width=28),
)
_PROGRAMME = Column("programme", required=True, source=("programmes", "id"), example="cap-xa", width=18)

_REPAIRS = (
    *("leave_day", "hall_day", "work_day", "qualify", "session", "window_day", "module_day", "start_session"),
    *("precedence", "lock", "trainee", "budget"),
)


def _id(example: str) -> Column:
    return Column("id", required=True, example=example, width=30)


def _name(example: str) -> Column:
    return Column("name", example=example, width=44)


SHEETS = (
    Sheet(
        "calendar",
        (
            Column("name", example="@sheet.sample.plan"),
            Column("first_day", "day", required=True, example="2026-01-05"),
            Column("last_day", "day", required=True, example="2026-12-25"),
            Column("country", "country", example="VN"),
            Column("weekdays", "weekdays", example="mon;tue;wed;thu;fri"),
            Column("sessions", "sessions", example="@session.morning;@session.afternoon"),
            Column("hours", "hours", example="@sheet.hours"),
        ),
        listed=False,
    ),
    Sheet(
        "days_off",
        (
            Column("kind", required=True, choices=("closed", "open"), example="closed"),
            Column("from", "day", required=True, example="2026-05-04", width=13),
            Column("to", "day", example="2026-05-05", width=13),
            Column("reason", example="@sheet.sample.meeting", width=40),
        ),
    ),
    Sheet(
        "lecturers",
        (
            _id("nguyen-van-an"),
            Column("name", example="@sheet.sample.lecturer", width=34),
            Column("institution", example="@sheet.sample.institution", width=34),
            Column("fee", "number", example="600000"),
            Column("max_sessions_per_day", "number", example="2"),
            Column("max_sessions_per_week", "number", example="4"),
            Column("max_sessions", "number", example="40"),
            Column("target_sessions", "number", example="24"),
        ),
    ),
    Sheet(
        "absences",
        (
            Column("lecturer", required=True, source=("lecturers", "id"), example="nguyen-van-an", width=26),
            Column("kind", required=True, choices=("unavailable", "available"), example="unavailable"),
            *_PERIOD,
        ),
    ),
    Sheet("venues", (_id("van-phu"), _name("@sheet.sample.venue"))),
    Sheet(
        "rooms",
        (
            Column("venue", required=True, source=("venues", "id"), example="van-phu", width=20),
            _id("hoi-truong"),
            _name("@sheet.sample.room"),
            Column("capacity", "number", required=True, example="90"),
            Column("daily_cost", "number", example="2500000", width=20),
        ),
    ),
    Sheet(
        "closures",
        (Column("place", required=True, source=("venues", "id"), example="van-phu", width=26), *_PERIOD),
    ),
    Sheet(
        "programmes",
        (_id("cap-xa"), _name("@sheet.sample.programme"), Column("days", "number", example="32")),
    ),
    Sheet("components", (_PROGRAMME, _id("ky-nang"), _name("@sheet.sample.component"))),
    Sheet(
        "modules",
        (
            _PROGRAMME,
            Column("id", required=True, example="M01", width=12),
            _name("@sheet.sample.module"),
            Column("component", source=("components", "id"), example="ky-nang"),
            Column("sessions", "number", example="2", width=9),
            Column("lecturers", "items", example="nguyen-van-an;tran-thi-binh", width=40),
            Column("after", "items", width=14),
            Column("earliest_day", "number", width=12),
            Column("latest_day", "number", width=12),
            Column("start_sessions", "sessions", width=14),
            Column("off_site", "truth", width=10),
        ),
    ),
    Sheet(
        "quotas",
        (
            _id("cap-xa"),
            _name("@sheet.sample.audience"),
            Column("programme", source=("programmes", "id"), example="cap-xa", width=18),
            Column("cohort_size", "number", example="90"),
            Column("year", "number", example="2026", width=8),
            Column("trainees", "number", example="450"),
            Column("venues", "items", width=24),
        ),
    ),
    Sheet(
        "classes",
        (
            _id("K1"),
            _PROGRAMME,
            Column("size", "number", required=True, example="90", width=10),
            Column("opens", "day", example="2026-03-16", width=13),
            Column("opens_from", "day", width=13),
            Column("finishes_by", "day", width=13),
            Column("venue", source=("venues", "id"), example="van-phu", width=18),
            Column("room", source=("rooms", "full-name"), width=26),
            Column("venues", "items", width=24),
        ),
    ),
    Sheet(
        "locks",
        (
            Column("cohort", required=True, source=("classes", "id"), example="K1", width=18),
            Column("module", source=("modules", "id"), example="M01", width=12),
            Column("lecturer", source=("lecturers", "id"), example="nguyen-van-an", width=26),
            Column("date", "day", width=13),
            Column("session", "session", width=10),
            Column("opens", "day", width=13),
            Column("room", source=("rooms", "full-name"), width=26),
            Column("venue", source=("venues", "id"), width=18),
        ),
    ),
    Sheet(
        "weights",
        tuple(Column(key, "number") for key in ("fees", "rooms", "order", "delay", "preference", "overload")),
        listed=False,
    ),
    Sheet(
        "repair",
        (*(Column(key, "number") for key in _REPAIRS), Column("keep", "items", width=24)),
        listed=False,
    ),
    Sheet(
        "budget",
        (
            Column("year", "number", required=True, example="2026", width=10),
            Column("amount", "number", required=True, example="2000000000", width=22),
        ),
    ),
)
"""In the order in which a planner fills them in."""

SHEET_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
