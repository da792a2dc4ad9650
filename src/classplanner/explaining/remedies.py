"""What can be changed about facts, and at which price (`[repair]` of the scenario)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classplanner.explaining.conditions import Condition, Conditions
from classplanner.explaining.dropping import Place
from classplanner.rules import Fact, Statement

__all__ = ["Remedy", "remedies"]

_ABSENCE = ("unavailable", "available")


@dataclass(frozen=True)
class Remedy:
    """One change of a scenario.

    Attributes
    ----------
    statement
        What changes.
    price
        In equivalent VND.
    cures
        The facts, or steps of facts, that hold no longer.
    place
        Of remedies in the same place one at most is chosen: by how much a limit is eased.
    """

    statement: Statement
    price: int
    cures: frozenset[Condition]
    place: Place

    @property
    def subject(self) -> Place:
        """Whom or what it concerns, whichever day or other lecturer it takes."""
        days = {"lecturers": 3, "venues": 3, "rooms": 3, "calendar": 2, "modules": 4}
        return self.place[: days.get(str(self.place[0]), len(self.place))]


def remedies(conditions: Conditions, atom: Condition) -> Iterator[Remedy]:
    """Go through what can be changed so that a fact, or a step of it, holds no longer."""
    prices = conditions.scenario.repair
    for name, number, remedy in _remedies(conditions, atom):
        if name not in prices.keep:
            price = getattr(prices, name) * number
            yield Remedy(remedy.statement, price, remedy.cures, remedy.place)


_Found = tuple[str, int, Remedy]


def _remedies(conditions: Conditions, atom: Condition) -> Iterable[_Found]:
    match atom.place:
        case ("lecturers", name, "unavailable" | "available", *_):
            alike = (one for one in conditions.all if one.place[:2] == ("lecturers", name))
            days = [one for one in alike if one.place[2] in _ABSENCE]
            found: Iterable[_Found] = [_day("leave_day", conditions, atom, days, lecturer=str(name))]
        case ("venues" | "rooms" as kind, name, "closed", _):
            found = [_hall_day(conditions, atom, **{kind.removesuffix("s"): str(name)})]
        case ("calendar", *_):
            days = [one for one in conditions.all if one.is_calendar]
            found = [_day("work_day", conditions, atom, days)]
        case ("modules", programme, module, "lecturers"):
            found = _qualify(atom, str(programme), str(module))
        case ("cohorts", name):
            found = _fewer(conditions, atom, str(name))
        case _:
            found = _lifted(atom) if atom.step is None else _eased(conditions, atom)
    return found


def _hall_day(conditions: Conditions, atom: Condition, **facts: Fact) -> _Found:
    days = [one for one in conditions.all if one.place[:3] == atom.place[:3]]
    return _day("hall_day", conditions, atom, days, **facts)


def _day(
    kind: str, conditions: Conditions, atom: Condition, concerned: list[Condition], **facts: Fact
) -> _Found:
    """Free a day from all periods that concern somebody or something."""
    cures = frozenset(part for one in concerned for part in conditions.steps(one) if part.step == atom.step)
    form = f"{kind}-room" if "room" in facts else kind
    date = dt.date.fromisoformat(str(atom.step))
    statement = Statement(f"remedy.{form}", (*facts.items(), ("date", date)))
    place = (*atom.place[:2], kind, str(atom.step))
    return kind, 1, Remedy(statement, 0, cures, place)


def _qualify(atom: Condition, programme: str, module: str) -> Iterator[_Found]:
    if atom.step:
        facts = (("lecturer", str(atom.step)), ("module", module), ("programme", programme))
        remedy = Remedy(Statement("remedy.qualify", facts), 0, frozenset({atom}), (*atom.place, atom.step))
        yield "qualify", 1, remedy


def _fewer(conditions: Conditions, atom: Condition, cohort: str) -> Iterator[_Found]:
    """Make a class smaller, so that it fits into a smaller hall, or do not hold it."""
    (whole,) = (one for one in conditions.classes if one.place == atom.place)
    steps = conditions.steps(whole)
    size = int(str(whole.instance["size"]))
    for left in (*(int(str(one.step)) for one in steps), 0):
        if left < int(str(atom.step)):
            cures = frozenset(one for one in steps if int(str(one.step)) > left)
            facts: tuple[tuple[str, Fact], ...] = (("cohort", cohort), ("number", left), ("size", size))
            statement = Statement("remedy.smaller" if left else "remedy.not-held", facts)
            place = atom.place if left else (*atom.place, "held")
            yield "trainee", size - left, Remedy(statement, 0, cures, place)


def _eased(conditions: Conditions, atom: Condition) -> Iterator[_Found]:
    """Ease a limit by more than a step."""
    (whole,) = (one for one in conditions.all if one.place == atom.place)
    steps = conditions.steps(whole)
    kind, form = _LIMITS[str(atom.place[0] if atom.place[0] == "budget" else atom.place[-1])]
    for one in steps:
        by = int(str(one.step))
        if by > int(str(atom.step)):
            cures = frozenset(other for other in steps if int(str(other.step)) < by)
            yield kind, by, Remedy(_eased_statement(whole, form, by), 0, cures, atom.place)


def _eased_statement(whole: Condition, form: str, by: int) -> Statement:
    facts = dict(whole.instance.facts)
    if form.startswith("session"):
        facts["limit"] = int(str(facts["limit"])) + by
    return Statement(f"remedy.{form}", (*facts.items(), ("number", by)))


_LIMITS = {
    "max_sessions_per_day": ("session", "session-day"),
    "max_sessions_per_week": ("session", "session-week"),
    "max_sessions": ("session", "session-scenario"),
    "opens": ("window_day", "opens"),
    "opens_from": ("window_day", "opens_from"),
    "finishes_by": ("window_day", "finishes_by"),
    "earliest_day": ("module_day", "earliest_day"),
    "latest_day": ("module_day", "latest_day"),
    "budget": ("budget", "budget"),
}


def _lifted(atom: Condition) -> Iterator[_Found]:
    """Lift a lock, an order of modules, or sessions in which a module must start."""
    facts = atom.instance.facts
    match atom.place:
        case ("locks", _, key) | ("cohorts", _, ("venue" | "room" | "venues") as key):
            kind, form = "lock", f"lock-{key}"
        case ("modules", _, _, "after", _):
            kind, form = "precedence", "precedence"
        case ("modules", _, _, "start_sessions"):
            kind, form = "start_session", "start_session"
        case _:
            return
    yield kind, 1, Remedy(Statement(f"remedy.{form}", facts), 0, frozenset({atom}), atom.place)
