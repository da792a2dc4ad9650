"""What makes each rule bite: changes to a small scenario in the making, by the rule they are for."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping

from classplanner.scenario import WEEKDAYS, Module, Programme
from tests.oracle.draft import Draft, Table

__all__ = ["DETAILS", "STRUCTURE", "Feature"]

Feature = Callable[[Draft], None]


# --- what changes the structure: before the calendar gets its last day


def _holidays(draft: Draft) -> None:
    """Begin shortly before public holidays; some of them are worked."""
    draft.calendar["country"] = "VN"
    holiday = draft.rng.choice((dt.date(2018, 4, 25), dt.date(2018, 4, 30), dt.date(2019, 1, 1)))
    draft.first_day = holiday - dt.timedelta(days=draft.rng.randint(1, 4))
    if draft.chance(0.3):
        draft.calendar.setdefault("open", []).append({"date": holiday})


def _closure(draft: Draft) -> None:
    """Close the calendar on a day or two soon after its first."""
    first = draft.first_day + dt.timedelta(days=draft.rng.randint(0, 3))
    last = first + dt.timedelta(days=draft.rng.randint(0, 1))
    draft.calendar.setdefault("closed", []).append({"from": first, "to": last, "reason": "congress"})


def _make_up_days(draft: Draft) -> None:
    """Work on a weekend, or on a day that is closed."""
    saturday = draft.first_day + dt.timedelta(days=(5 - draft.first_day.weekday()) % 7)
    draft.first_day = max(draft.first_day, saturday - dt.timedelta(days=draft.rng.randint(1, 3)))
    opened = draft.calendar.setdefault("open", [])
    if saturday not in (day["date"] for day in opened):
        opened.append({"date": saturday, "reason": "made up"})
    if draft.chance(0.4):
        _closure(draft)
        closed = draft.calendar["closed"][-1]["from"]
        if closed not in (day["date"] for day in draft.calendar["open"]):
            draft.calendar["open"].append({"date": closed})


def _few_weekdays(draft: Draft) -> None:
    """Meet on some weekdays only."""
    draft.calendar["weekdays"] = draft.rng.sample(WEEKDAYS, draft.rng.randint(3, 4))


def _spare_days(draft: Draft) -> None:
    """Book a class day more than the modules fill."""
    programme = draft.rng.choice(draft.programmes)
    programme["days"] = Programme.model_validate(programme).class_days(draft.per_day) + 1


def _crowded(draft: Draft) -> None:
    """Fill all class days with short modules, so that each finds its place taken somewhere."""
    programme = draft.rng.choice(draft.programmes)
    programme.pop("days", None)
    while len(programme["modules"]) < 3:
        draft.add_module(programme, sessions=1)


def _audience(draft: Draft) -> None:
    """Ask for classes by a quota, often near the turn of the year that they must finish by or open from."""
    years = draft.rng.choice(((2018,), (2018,), (2019,), (2018, 2019)))
    if draft.chance(0.7) or years != (2018,):
        earliest = {(2018,): 20, (2019,): 28, (2018, 2019): 24}[years]
        draft.first_day = dt.date(2018, 12, earliest) + dt.timedelta(days=draft.rng.randint(0, 3))
    draft.slack += len(years)
    size = draft.rng.choice((20, 30))
    number = 1 if years[1:] or draft.cohorts[1:] else draft.rng.randint(1, 2)
    trainees = {year: size * (number - 1) + draft.rng.randint(1, size) for year in years}
    programme = draft.rng.choice(draft.programmes)["id"]
    draft.audiences.append({"id": "A", "programme": programme, "cohort_size": size, "trainees": trainees})
    alone = years[1:] or number == 2 or draft.chance(0.6)
    draft.cohorts = [] if alone else draft.cohorts[:1]


def _second_programme(draft: Draft) -> None:
    """Teach two classes two programmes, whose modules have the same ids."""
    draft.programmes.append({"id": f"P{len(draft.programmes) + 1}", "modules": []})
    for _ in range(draft.rng.randint(1, 2)):
        draft.add_module(draft.programmes[-1])
    if draft.cohorts:
        draft.cohorts = draft.cohorts[:1]
        draft.add_cohort()
        draft.cohorts[0]["programme"], draft.cohorts[1]["programme"] = "P1", draft.programmes[-1]["id"]


def _room_to_move(draft: Draft) -> None:
    """Teach two modules at least, mostly with slots to spare on the class days."""
    if len(draft.programmes[0]["modules"]) < 2:
        draft.add_module(draft.programmes[0], sessions=1)
    if draft.chance(0.6):
        _spare_days(draft)


def _second_lecturer(draft: Draft) -> None:
    """Let two lecturers at least teach most modules."""
    if len(draft.lecturers) < 2:
        draft.add_lecturer()
        for module in draft.modules:
            if module["lecturers"] and draft.chance(0.8):
                module["lecturers"].append(draft.lecturers[-1]["id"])


def _lecturers_of_several(draft: Draft) -> None:
    """Let two lecturers teach several modules, or several classes."""
    _second_lecturer(draft)
    draft.rng.choice((Draft.room_for_two, _crowded, _long_module))(draft)


def _long_module(draft: Draft) -> None:
    """Teach a module of two sessions, or one that is longer than a day."""
    module = draft.rng.choice(draft.modules)
    module["sessions"] = draft.rng.choice((2, draft.per_day + 1, draft.per_day + 1))


def _two_venues(draft: Draft) -> None:
    """Give two classes two venues and days of more than one session."""
    if draft.per_day == 1:
        draft.set_sessions(2)
    _second_lecturer(draft)
    draft.room_for_two()
    if len(draft.venues) < 2:
        draft.add_room(new_venue=True)
    draft.slack += draft.rng.randint(0, 2)
    if draft.modules[1:] and draft.chance(0.5):
        draft.rng.choice(draft.modules)["off_site"] = True


def _second_room(draft: Draft) -> None:
    """Give the classes two rooms to choose from."""
    if len(draft.rooms) < 2:
        draft.add_room(new_venue=draft.chance(0.5))


def _field_study(draft: Draft) -> None:
    """Take a module off site."""
    _second_room(draft)
    draft.rng.choice(draft.modules)["off_site"] = True


def _two_years(draft: Draft) -> None:
    """Cross the turn of a year."""
    if draft.chance(0.6):
        draft.first_day = dt.date(2018, 12, 28) + dt.timedelta(days=draft.rng.randint(0, 3))


STRUCTURE: Mapping[str, tuple[Feature, ...]] = {
    "quota": (_audience,),
    "budget": (_two_years, _second_room),
    "working-days": (_holidays, _holidays, _closure, _make_up_days, _few_weekdays),
    "cohort-clash": (_crowded,),
    "programme-complete": (_second_programme, _crowded),
    "module-shape": (_long_module,),
    "module-window": (_room_to_move, _room_to_move, _long_module),
    "precedence": (_room_to_move,),
    "lock": (_room_to_move, _second_lecturer, _second_room, _long_module),
    "lecturer-clash": (Draft.room_for_two,),
    "lecturer-available": (_second_lecturer,),
    "lecturer-load": (_lecturers_of_several,),
    "lecturer-one-venue": (_two_venues,),
    "room-clash": (Draft.room_for_two,),
    "home-room": (_field_study, _second_room),
    "room-capacity": (_second_room,),
    "venue-open": (_second_room,),
    "consecutive-days": (_spare_days, _closure),
}


# --- what changes details: once the calendar stands


def _period(draft: Draft) -> Table:
    """Draw a period with one of the combinations of its keys."""
    days = draft.working_days()
    date = draft.rng.choice(days)
    later = min(date + dt.timedelta(days=draft.rng.randint(1, 2)), days[-1])
    weekday = WEEKDAYS[date.weekday()]
    session = draft.rng.choice(draft.sessions)
    return dict(
        draft.rng.choice(
            (
                {"from": date},
                {"from": date, "to": later},
                {"to": later},
                {"weekdays": [weekday]},
                {"sessions": [session]},
                {"from": date, "sessions": [session]},
                {"weekdays": [weekday], "sessions": [session]},
                {"from": days[0], "to": later, "weekdays": [weekday], "sessions": [session]},
            )
        )
    )


def _window(draft: Draft) -> None:
    """Bind a class, or two, to dates."""
    days, last = draft.working_days(), draft.calendar["last_day"]
    for cohort in draft.cohorts or []:
        if "opens" in cohort or "finishes_by" in cohort:
            continue
        opening = draft.rng.choice(days[: draft.slack + 1])
        kind = draft.rng.choice(("opens", "opens_from", "finishes_by", "both"))
        if kind == "opens":
            cohort["opens"] = opening
        if kind in ("opens_from", "both"):
            cohort["opens_from"] = opening - dt.timedelta(days=draft.rng.randint(0, 1))
        if kind in ("finishes_by", "both"):
            early = draft.rng.randint(0, 1 + (kind == "finishes_by"))
            cohort["finishes_by"] = last - dt.timedelta(days=draft.trailing + early)
            cohort["finishes_by"] = max(cohort["finishes_by"], cohort.get("opens_from", opening))


def _module_window(draft: Draft) -> None:
    """Say on which class days a module may be taught, and in which sessions it may start."""
    days = draft.class_days()
    for module in draft.rng.sample(draft.modules, 2 if draft.modules[2:] and draft.chance(0.5) else 1):
        kind = draft.rng.choice(("earliest", "latest", "latest", "start", "start", "all"))
        if kind in ("earliest", "all"):
            latest = days - -(-module["sessions"] // draft.per_day) + 1
            module["earliest_day"] = draft.rng.randint(min(2, latest), latest)
        if kind in ("latest", "all"):
            shortest = max(module.get("earliest_day", 1), -(-module["sessions"] // draft.per_day))
            module["latest_day"] = draft.rng.randint(shortest, max(shortest, days - 1))
        if kind in ("start", "all"):
            most = max(1, draft.per_day - draft.chance(0.7))
            module["start_sessions"] = draft.rng.sample(draft.sessions, draft.rng.randint(1, most))
            if module["sessions"] > 1 and draft.chance(0.8):
                last = max(0, draft.per_day - module["sessions"])
                module["start_sessions"] = [draft.sessions[draft.rng.randint(0, last)]]


def _precedence(draft: Draft) -> None:
    """Let a module wait for another, listed before or after it."""
    programme = max(draft.programmes, key=lambda programme: len(programme["modules"]))
    modules = draft.rng.sample(programme["modules"], len(programme["modules"]))
    for first, second in itertools.pairwise(modules):
        if draft.chance(0.7):
            second["after"] = [*second.get("after", []), first["id"]]


def _scarce_lecturer(draft: Draft) -> None:
    """Let one lecturer teach most modules."""
    scarce = draft.rng.choice(draft.lecturers)["id"]
    for module in draft.modules:
        if draft.chance(0.7):
            module["lecturers"] = [scarce]


def _qualified(draft: Draft) -> None:
    """Restrict who may teach a module; some need nobody."""
    known = [lecturer["id"] for lecturer in draft.lecturers]
    for module in draft.modules:
        module["lecturers"] = draft.rng.sample(known, draft.rng.randint(0, max(1, len(known) - 1)))


def _availability(draft: Draft) -> None:
    """Send lecturers away, or let them come in some periods only."""
    for lecturer in draft.rng.sample(draft.lecturers, draft.rng.randint(1, min(2, len(draft.lecturers)))):
        kind = draft.rng.choice(("away", "away", "only", "both"))
        if kind in ("away", "both"):
            lecturer["unavailable"] = [_period(draft) for _ in range(draft.rng.randint(1, 2))]
        if kind in ("only", "both"):
            lecturer["available"] = [_period(draft) for _ in range(draft.rng.randint(2, 4))]


def _load(draft: Draft) -> None:
    """Limit how much lecturers teach a day, a week, in all."""
    classes = len(draft.scenario().all_cohorts)
    total = classes * sum(module["sessions"] for module in draft.modules) // len(draft.programmes)
    least = max(1, total // 2)
    spared = draft.rng.randrange(len(draft.lecturers) + 1) if draft.lecturers[1:] else None
    for index, lecturer in enumerate(draft.lecturers):
        if index == spared:
            continue
        kind = draft.rng.choice(("day", "week", "week", "scenario", "all"))
        if kind in ("day", "all") and draft.per_day > 1:
            lecturer["max_sessions_per_day"] = draft.rng.randint(1, draft.per_day - 1)
        if kind in ("week", "all"):
            lecturer["max_sessions_per_week"] = draft.rng.randint(least, max(least, total - 1))
        if kind in ("scenario", "all"):
            lecturer["max_sessions"] = draft.rng.randint(least, max(least, total - 1))


def _one_venue(draft: Draft) -> None:
    """Send two classes to two venues, with one lecturer for both or with several who could change places."""
    for cohort, venue in zip(draft.cohorts, draft.venues, strict=False):
        if "room" not in cohort and draft.chance(0.7):
            cohort["venue"] = venue["id"]
    known = [lecturer["id"] for lecturer in draft.lecturers]
    if draft.chance(0.5):
        _scarce_lecturer(draft)
    else:
        for module in draft.modules:
            module["lecturers"] = draft.rng.sample(known, len(known))


def _small_room(draft: Draft) -> None:
    """Make a room too small for some class."""
    rooms = [room for venue in draft.venues for room in venue["rooms"]]
    sizes = [cohort.size for cohort in draft.scenario().all_cohorts]
    draft.rng.choice(rooms)["capacity"] = max(1, draft.rng.choice(sizes) - draft.rng.randint(0, 1))


def _closed_venue(draft: Draft) -> None:
    """Close a venue, for sessions or days."""
    for venue in draft.rng.sample(draft.venues, draft.rng.choice((1, len(draft.venues)))):
        date = draft.rng.choice(draft.working_days())
        venue["closed"] = [_period(draft) if draft.chance(0.6) else {"from": date}]


def _closed_room(draft: Draft) -> None:
    """Close a room while its venue is open."""
    room = draft.rng.choice(draft.rng.choice(draft.venues)["rooms"])
    room["closed"] = [{"from": draft.rng.choice(draft.working_days())}]


def _budget(draft: Draft) -> None:
    """Pay for some choices of rooms and lecturers but not for all."""
    low, high = draft.costs()
    years = sorted({day.year for day in draft.working_days()})
    if low == high:
        draft.lecturers[0]["fee"] += 15
        high += 15 * sum(module["sessions"] for module in draft.modules)
    for year in draft.rng.sample(years, draft.rng.randint(1, len(years))):
        draft.budget[year] = draft.rng.randint(low if len(years) == 1 else low * 2 // 3, max(low, high - 1))


def _locks(draft: Draft) -> None:
    """Settle one to three things for classes and their modules, most of them possible."""
    for _ in range(draft.rng.randint(1, 3)):
        cohort = draft.rng.choice(draft.scenario().all_cohorts)
        of_class = _settled_for_class(draft)
        if draft.chance(0.45):
            draft.locks.append({"cohort": cohort.id} | of_class)
            continue
        module = draft.rng.choice(draft.scenario().programme_by_id[cohort.programme].modules)
        values = _settled_for_module(draft, module) | (of_class if draft.chance(0.5) else {})
        draft.locks.append({"cohort": cohort.id, "module": module.id, **values})


def _settled_for_class(draft: Draft) -> Table:
    key = draft.rng.choice(("opens", "opens", "room", "venue"))
    if key == "opens":
        return {key: draft.rng.choice(draft.working_days()[: draft.slack + 1])}
    return {key: draft.rng.choice(draft.rooms if key == "room" else [venue["id"] for venue in draft.venues])}


def _settled_for_module(draft: Draft, module: Module) -> Table:
    others = [lecturer["id"] for lecturer in draft.lecturers]
    values = {
        "lecturer": draft.rng.choice(module.lecturers if draft.chance(0.9) and module.lecturers else others),
        "date": draft.rng.choice(draft.working_days()),
        "session": draft.rng.choice(draft.sessions[: 1 + max(0, draft.per_day - module.sessions)]),
    }
    if not module.lecturers and draft.chance(0.8):
        del values["lecturer"]
    return {key: values[key] for key in draft.rng.sample(sorted(values), draft.rng.choice((1, 1, 2)))}


def _settled_place(draft: Draft) -> None:
    """Settle the room, the venue or some venues of a class beside its name, or of an audience."""
    for cohort in draft.cohorts[:1]:
        if draft.chance(0.5):
            cohort["room"] = draft.rng.choice(draft.rooms)
        elif draft.chance(0.5):
            cohort["venue"] = draft.rng.choice(draft.venues)["id"]
        else:
            cohort["venues"] = _some_venues(draft)
    for audience in draft.audiences[:1]:
        audience["venues"] = _some_venues(draft)


def _some_venues(draft: Draft) -> list[str]:
    known = [venue["id"] for venue in draft.venues]
    return draft.rng.sample(known, draft.rng.randint(1, max(1, len(known) - 1)))


DETAILS: Mapping[str, tuple[Feature, ...]] = {
    "cohort-window": (_window,),
    "module-window": (_module_window,),
    "precedence": (_precedence,),
    "lecturer-clash": (_scarce_lecturer,),
    "lecturer-qualified": (_qualified,),
    "lecturer-available": (_availability,),
    "lecturer-load": (_load,),
    "lecturer-one-venue": (_one_venue,),
    "room-capacity": (_small_room,),
    "venue-open": (_closed_venue, _closed_venue, _closed_room),
    "lock": (_locks, _locks, _settled_place),
    "budget": (_budget,),
}
