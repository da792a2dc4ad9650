"""Drawn years with planted conflicts: facts that cannot all hold, among hundreds that can.

A year is drawn around a plan and given more than it needs: a further lecturer a class, who may teach
everything and is never away, and a further hall a class. So nothing but what is planted stands in the way of
a plan, and the conflict to be found is known.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.years.plant import planted
from classplanner.rules import RuleInstance, catalogue
from classplanner.scenario import Period, Scenario, parse
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["KINDS", "Planted", "conflicting"]

Table = dict[str, Any]


@dataclass
class Planted:
    """A year with planted conflicts.

    Attributes
    ----------
    scenario
        The year.
    conflicts
        What each conflict says, classes to be planned apart.
    kinds
        How they were made.
    """

    scenario: Scenario
    conflicts: list[frozenset[RuleInstance]]
    kinds: list[str]


@dataclass
class _Draft:
    """A year that conflicts are put into, with a plan that holds before."""

    document: Table
    plan: Timetable
    chance: random.Random
    free: list[str] = field(default_factory=list)

    def take(self) -> str:
        """Return a class that no conflict is about yet."""
        return self.free.pop(self.chance.randrange(len(self.free)))

    def cohort(self, name: str) -> Table:
        return next(one for one in self.document["cohorts"] if one["id"] == name)

    def planned(self, name: str) -> PlannedCohort:
        return next(one for one in self.plan.cohorts if one.id == name)

    def meetings(self, name: str) -> list[Meeting]:
        """Return the meetings of a class with a lecturer, one session each."""
        return [
            one
            for one in self.plan.meetings
            if one.cohorts[0] == name and one.lecturers and len(one.sessions) == 1
        ]

    def reserve(self, name: str) -> str:
        """Return the further lecturer of a class."""
        return f"reserve-{name}"

    def lecturer(self, name: str) -> Table:
        return next(one for one in self.document["lecturers"] if one["id"] == name)

    def lock(self, cohort: str, module: str | None = None, /, **keys: Any) -> list[RuleInstance]:
        """Settle something; return what that says."""
        entry = {"cohort": cohort, **({"module": module} if module else {})}
        self.document["locks"].append(entry | {key: _raw(value) for key, value in keys.items()})
        return [catalogue.lock(cohort, key, value, module) for key, value in keys.items()]  # type: ignore[arg-type]

    def module(self, name: str) -> Table:
        modules: list[Table] = self.document["programmes"][0]["modules"]
        return next(one for one in modules if one["id"] == name)


def _raw(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _away(draft: _Draft) -> list[RuleInstance]:
    """Settle a lecturer for a day on which she or he is away."""
    name = draft.take()
    meeting = draft.chance.choice(draft.meetings(name))
    date, lecturer = meeting.sessions[0][0], draft.reserve(name)
    period = Period(from_=date - dt.timedelta(days=2), to=date + dt.timedelta(days=3), reason="công tác")
    table = {"from": _raw(period.from_), "to": _raw(period.to), "reason": period.reason}
    draft.lecturer(lecturer).setdefault("unavailable", []).append(table)
    locks = draft.lock(name, meeting.module, lecturer=lecturer, date=date)
    return [*locks, catalogue.lecturer_unavailable(lecturer, period)]


def _load(draft: _Draft) -> list[RuleInstance]:
    """Settle a lecturer for more modules, of one or two classes, than her or his sessions allow."""
    names = [draft.take() for _ in range(2 if len(draft.free) > 2 else 1)]
    possible = [(name, meeting.module) for name in names for meeting in draft.meetings(name)]
    lecturer, number = draft.reserve(names[0]), draft.chance.randint(2, min(5, len(possible)))
    modules = draft.chance.sample(possible, number)
    draft.lecturer(lecturer)["max_sessions"] = number - 1
    locks = [said for name, module in modules for said in draft.lock(name, module, lecturer=lecturer)]
    return [*locks, catalogue.lecturer_load(lecturer, "scenario", number - 1)]


def _closed(draft: _Draft) -> list[RuleInstance]:
    """Settle a class in a hall, on days on one of which its venue is closed."""
    name = draft.take()
    planned = draft.planned(name)
    venue = next(one for one in draft.document["venues"] if one["id"] == f"spare-{name}")
    date = next(one.sessions[0][0] for one in draft.meetings(name))
    venue["closed"] = [{"from": _raw(date)}]
    locks = draft.lock(name, opens=planned.opens, room=f"spare-{name}/hall")
    return [*locks, catalogue.venue_open(f"spare-{name}", Period(from_=date))]


def _seats(draft: _Draft) -> list[RuleInstance]:
    """Settle a class in a hall that is too small for it."""
    name = draft.take()
    room = f"spare-{name}/hall"
    venue = next(one for one in draft.document["venues"] if one["id"] == f"spare-{name}")
    seats = venue["rooms"][0]["capacity"] = draft.cohort(name)["size"] - 1
    return [*draft.lock(name, room=room), catalogue.room_seats(room, seats)]


def _window(draft: _Draft) -> list[RuleInstance]:
    """Settle an opening day, too late to finish in time."""
    name = draft.take()
    planned = draft.planned(name)
    last = planned.closes - dt.timedelta(days=1)
    draft.cohort(name)["finishes_by"] = _raw(last)
    return [*draft.lock(name, opens=planned.opens), catalogue.cohort_window(name, "finishes_by", last)]


def _late(draft: _Draft) -> list[RuleInstance]:
    """Have a class open too late in the year to finish."""
    name = draft.take()
    first = dt.date.fromisoformat(draft.document["calendar"]["last_day"]) - dt.timedelta(days=7)
    cohort = draft.cohort(name)
    cohort["opens_from"] = _raw(first)
    cohort.pop("finishes_by", None)
    return [catalogue.cohort_window(name, "opens_from", first)]


def _unqualified(draft: _Draft) -> list[RuleInstance]:
    """Settle a lecturer who is not on the list."""
    name = draft.take()
    module = draft.chance.choice([meeting.module for meeting in draft.meetings(name)])
    lecturer = draft.reserve(name)
    table = draft.module(module)
    table["lecturers"] = [one for one in table["lecturers"] if one != lecturer]
    programme = draft.document["programmes"][0]["id"]
    listed = catalogue.lecturer_qualified(programme, module, table["lecturers"])
    return [*draft.lock(name, module, lecturer=lecturer), listed]


def _same_hall(draft: _Draft) -> list[RuleInstance]:
    """Settle two classes in one hall on the same days."""
    one, other = draft.take(), draft.take()
    opens, room = draft.planned(one).opens, f"spare-{one}/hall"
    return [*draft.lock(one, opens=opens, room=room), *draft.lock(other, opens=opens, room=room)]


def _day_off(draft: _Draft) -> list[RuleInstance]:
    """Settle a module for a day that the calendar closes."""
    name = draft.take()
    meeting = draft.chance.choice(draft.meetings(name))
    date = meeting.sessions[0][0]
    draft.document["calendar"].setdefault("closed", []).append({"from": _raw(date), "reason": "bão"})
    period = Period(from_=date, reason="bão")
    return [*draft.lock(name, meeting.module, date=date), catalogue.closed_period(period)]


def _week(draft: _Draft) -> list[RuleInstance]:
    """Settle a lecturer for two days of a week, with one session a week."""
    name = draft.take()
    pairs = [
        (one, other)
        for one, other in itertools.combinations(draft.meetings(name), 2)
        if _monday(one) == _monday(other)
    ]
    if not pairs:
        draft.free.append(name)
        return _load(draft)
    lecturer = draft.reserve(name)
    draft.lecturer(lecturer)["max_sessions_per_week"] = 1
    locks = [
        said
        for meeting in draft.chance.choice(pairs)
        for said in draft.lock(name, meeting.module, lecturer=lecturer, date=meeting.sessions[0][0])
    ]
    return [*locks, catalogue.lecturer_load(lecturer, "week", 1)]


def _monday(meeting: Meeting) -> dt.date:
    date = meeting.sessions[0][0]
    return date - dt.timedelta(days=date.weekday())


def _order(draft: _Draft) -> list[RuleInstance]:
    """Have a module come after another that comes in the second half, in the first half of the course."""
    programme = draft.document["programmes"][0]
    waits = {after for module in programme["modules"] for after in module.get("after", ())}
    free = [
        module
        for module in programme["modules"]
        if module.get("sessions", 1) <= 2 and not set(module) & {"after", "earliest_day", "latest_day"}
    ]
    late = draft.chance.choice([module for module in free if module["id"] not in waits])
    early = draft.chance.choice([module for module in free if module is not late])
    half = programme["days"] // 2
    early["after"], early["latest_day"], late["earliest_day"] = [late["id"]], half, half + 1
    return [
        catalogue.programme_precedence(programme["id"], early["id"], late["id"]),
        catalogue.module_window(programme["id"], early["id"], "latest_day", half),
        catalogue.module_window(programme["id"], late["id"], "earliest_day", half + 1),
    ]


KINDS: dict[str, Callable[[_Draft], list[RuleInstance]]] = {
    "away": _away,
    "load": _load,
    "closed": _closed,
    "seats": _seats,
    "window": _window,
    "late": _late,
    "unqualified": _unqualified,
    "same hall": _same_hall,
    "day off": _day_off,
    "week": _week,
    "order": _order,
}
# These concern all classes, so there is one of them at most.
_FOR_ALL = ("day off", "order")


def conflicting(
    seed: int,
    *,
    classes: int = 3,
    days: int = 10,
    lecturers: int | None = None,
    margin: int | None = None,
    number: int = 1,
    kind: str | None = None,
) -> Planted:
    """Draw a year and plant conflicts that share no facts.

    Parameters
    ----------
    seed
        Decides everything that is left open.
    classes, days
        Classes, and class days of each.
    lecturers
        As for `planted`; each comes with half a dozen facts or more.
    margin
        So many days the calendar has before and after the plan that is drawn around; None for a whole year.
    number
        How many conflicts.
    kind
        Of which kind; None for any.
    """
    scenario, plan = planted(seed, classes=classes, days=days, lecturers=lecturers, precedences=days // 4)
    chance = random.Random(f"{seed} conflicts")
    document = _loosened(scenario)
    if margin is not None:
        some = dt.timedelta(days=margin)
        document["calendar"]["first_day"] = _raw(min(one.opens for one in plan.cohorts) - some)
        document["calendar"]["last_day"] = _raw(max(one.closes for one in plan.cohorts) + some)
    draft = _Draft(document, plan, chance, [one.id for one in scenario.all_cohorts])
    names = [
        name
        for name in KINDS
        if (number == 1 or name not in _FOR_ALL) and (name != "same hall" or classes >= 2 * number)
    ]
    kinds = [kind or chance.choice(names) for _ in range(number)]
    conflicts = [frozenset(KINDS[name](draft)) for name in kinds]
    return Planted(parse(draft.document, draft.document["name"]), conflicts, kinds)


def _loosened(scenario: Scenario) -> Table:
    """Return a year as a raw document, with a further lecturer and a further hall for each class."""
    document: Table = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    cohorts = [
        one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in scenario.all_cohorts
    ]
    reserves = [f"reserve-{one['id']}" for one in cohorts]
    document["audiences"], document["cohorts"], document["locks"] = [], cohorts, []
    document["lecturers"] += [{"id": name, "fee": 900_000} for name in reserves]
    document["venues"] += [
        {"id": f"spare-{one['id']}", "rooms": [{"id": "hall", "capacity": 500, "daily_cost": 9_000_000}]}
        for one in cohorts
    ]
    for module in document["programmes"][0]["modules"]:
        if module.get("lecturers"):
            module["lecturers"] += reserves
    return document
