"""Drawn years with planted conflicts: facts that cannot all hold, among hundreds that can.

A year is drawn around a plan (`benchmarks.years`) and given more than it needs: a further lecturer a class,
who may teach everything and is never away, and a further hall a class. So nothing but what is planted stands
in the way of a plan, and the conflict to be found is known.

    python -m benchmarks.conflicts --number 100 --classes 3 --days 10
    python -m benchmarks.conflicts --number 3 --classes 33 --days 32
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.years import planted
from classplanner import explain
from classplanner.explaining import Condition, Conditions, Oracle, find_repairs
from classplanner.explaining.changes import without
from classplanner.explaining.plannable import plannable
from classplanner.explaining.remedies import remedies
from classplanner.rules import RuleInstance, catalogue
from classplanner.scenario import Period, Scenario, parse
from classplanner.solve import Control
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["KINDS", "Planted", "cheaper", "conflicting"]

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
    """Settle a lecturer for more modules than her or his sessions allow."""
    name = draft.take()
    possible = [meeting.module for meeting in draft.meetings(name)]
    lecturer, number = draft.reserve(name), draft.chance.randint(2, min(4, len(possible)))
    modules = draft.chance.sample(possible, number)
    draft.lecturer(lecturer)["max_sessions"] = number - 1
    locks = [said for module in modules for said in draft.lock(name, module, lecturer=lecturer)]
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
    "unqualified": _unqualified,
    "same hall": _same_hall,
    "day off": _day_off,
    "week": _week,
    "order": _order,
}
# These concern all classes, so there is one of them at most.
_FOR_ALL = ("day off", "order")


def conflicting(
    seed: int, *, classes: int = 3, days: int = 10, number: int = 1, kind: str | None = None
) -> Planted:
    """Draw a year and plant conflicts that share no facts.

    Parameters
    ----------
    seed
        Decides everything that is left open.
    classes, days
        Classes, and class days of each.
    number
        How many conflicts.
    kind
        Of which kind; None for any.
    """
    scenario, plan = planted(seed, classes=classes, days=days, precedences=days // 4)
    chance = random.Random(f"{seed} conflicts")
    draft = _Draft(_loosened(scenario), plan, chance, [one.id for one in scenario.all_cohorts])
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


def cheaper(year: Planted, price: int) -> bool:
    """Whether less than a price resolves the planted conflicts, by trying all sets of changes of their facts.

    Whatever resolves a conflict does so by changes of its own facts, and nothing but the planted conflicts
    stands in the way of a plan.
    """
    conditions = Conditions(year.scenario)
    planted_facts = frozenset().union(*year.conflicts)
    facts = [one for one in conditions.all if one.instance in planted_facts or one.is_class]
    options = {
        (one.statement, one.cures): one
        for fact in facts
        for part in conditions.steps(fact)
        for one in remedies(conditions, part)
        if one.price < price
    }
    for number in range(1, 4):
        for some in itertools.combinations(options.values(), number):
            if sum(one.price for one in some) >= price or len({one.place for one in some}) < number:
                continue
            cured = frozenset[Condition]().union(*(one.cures for one in some))
            left = conditions.keeping(without(conditions, cured) & parts(conditions, facts))
            if left.cohorts and plannable(left, Control(60)).plannable:
                return True
    return False


def parts(conditions: Conditions, facts: Iterable[Condition]) -> frozenset[Condition]:
    """Return facts, whole and in their steps."""
    return frozenset(part for fact in facts for part in (fact, *conditions.steps(fact)))


def explained(seed: int, year: Planted, seconds: float) -> bool:
    """Explain a year and tell how that went; whether it was right and proven."""
    begun = time.perf_counter()
    found = explain(year.scenario, time_limit=seconds)
    taken = time.perf_counter() - begun
    cores = [
        frozenset(one.instance for one in conflict.members if not one.is_class)
        for conflict in found.conflicts
    ]
    right = bool(cores) and all(core in year.conflicts for core in cores)
    minimal = all(conflict.minimal for conflict in found.conflicts)
    print(
        f"{seed:4} {', '.join(year.kinds):24} facts {found.facts:5} found {len(cores)} of "
        f"{len(year.conflicts)} sizes {[len(one.members) for one in found.conflicts]} "
        f"minimal {minimal} as planted {right} {taken:6.1f} s",
        flush=True,
    )
    return right and minimal


def repaired(year: Planted, seconds: float) -> bool:
    """Repair a year and tell how that went; whether the first way out is proven the cheapest, and is."""
    begun = time.perf_counter()
    found = find_repairs(Oracle(Conditions(year.scenario), control=Control(seconds)), 3).repairs
    taken = time.perf_counter() - begun
    right = bool(found) and found[0].cheapest and not cheaper(year, found[0].price)
    prices = [one.price for one in found]
    print(f"     ways out at {prices}, the first the cheapest {right} {taken:6.1f} s", flush=True)
    return right


def main() -> None:
    """Find planted conflicts and the cheapest ways out, one year after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--classes", type=int, default=3)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--conflicts", type=int, default=1)
    parser.add_argument("--time-limit", type=float, default=120)
    parser.add_argument("--repair", action="store_true", help="repair them, too")
    arguments = parser.parse_args()
    right = ways = 0
    for seed in range(arguments.first, arguments.first + arguments.number):
        year = conflicting(seed, classes=arguments.classes, days=arguments.days, number=arguments.conflicts)
        right += explained(seed, year, arguments.time_limit)
        ways += arguments.repair and repaired(year, arguments.time_limit)
    print(f"as planted and proved minimal: {right} of {arguments.number}")
    if arguments.repair:
        print(f"the first way out the cheapest: {ways} of {arguments.number}")


if __name__ == "__main__":
    main()
