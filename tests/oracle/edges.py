"""Small scenarios at the edges of the contract, made by hand: what a random draw seldom meets.

Each changes one plain scenario: two sessions a day, four working days, two modules of one and two sessions in
two class days, two lecturers, two venues with a room each, one class.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

from classplanner.scenario import Scenario, parse

__all__ = ["edge_scenarios"]

Table = dict[str, Any]

_MONDAY = dt.date(2018, 3, 5)

_PLAIN: Table = {
    "calendar": {"first_day": _MONDAY, "last_day": _MONDAY + dt.timedelta(days=3), "country": ""},
    "lecturers": [{"id": "L1", "fee": 10}, {"id": "L2", "fee": 25}],
    "venues": [
        {"id": "V1", "rooms": [{"id": "r1", "capacity": 40, "daily_cost": 100}]},
        {"id": "V2", "rooms": [{"id": "r1", "capacity": 30, "daily_cost": 250}]},
    ],
    "programmes": [
        {
            "id": "P1",
            "modules": [
                {"id": "M1", "lecturers": ["L1", "L2"]},
                {"id": "M2", "sessions": 2, "lecturers": ["L2"]},
            ],
        }
    ],
    "cohorts": [{"id": "K1", "programme": "P1", "size": 30}],
    "objective": {"fees": 1, "rooms": 1, "order": 7, "delay": 5, "preference": 3, "overload": 11},
}


def edge_scenarios() -> dict[str, Scenario]:
    """Return the scenarios by what is special in them."""
    return {change.__name__.strip("_").replace("_", "-"): _changed(change) for change in _CHANGES}


def _changed(change: Callable[[Table], None]) -> Scenario:
    document = copy.deepcopy(_PLAIN)
    change(document)
    return parse(document)


def _day(number: int) -> dt.date:
    """Return a date of the calendar, counted from 0."""
    return _MONDAY + dt.timedelta(days=number)


def _programme(document: Table) -> Table:
    programme: Table = document["programmes"][0]
    return programme


def _module(document: Table, number: int) -> Table:
    module: Table = _programme(document)["modules"][number]
    return module


def _plain(_: Table) -> None:
    """Nothing."""


def _quota_in_another_year(document: Table) -> None:
    """A class must finish before the calendar begins."""
    document["cohorts"] = []
    document["audiences"] = [{"id": "A", "programme": "P1", "cohort_size": 30, "trainees": {2017: 30}}]


def _no_rooms(document: Table) -> None:
    """Nowhere to go."""
    document["venues"] = [{"id": "V1", "rooms": []}]


def _no_working_days(document: Table) -> None:
    """A weekend for a calendar."""
    document["calendar"] |= {"first_day": _day(5), "last_day": _day(6)}


def _calendar_shorter_than_the_programme(document: Table) -> None:
    """One working day for two class days."""
    document["calendar"]["last_day"] = _day(0)


def _days_too_few(document: Table) -> None:
    """Three sessions in one class day of two."""
    _programme(document)["days"] = 1


def _module_longer_than_the_course(document: Table) -> None:
    """A single module of three sessions for one class day of two."""
    _programme(document).update(days=1, modules=[{"id": "M1", "sessions": 3, "lecturers": ["L1"]}])


def _days_to_spare(document: Table) -> None:
    """Three class days where two would do."""
    _programme(document)["days"] = 3


def _last_class_days_empty(document: Table) -> None:
    """All modules must be over by the first of two class days with room for one module only."""
    _programme(document)["modules"] = [{"id": "M1", "latest_day": 1, "lecturers": ["L1"]}]
    _programme(document)["days"] = 2


def _nobody_teaches(document: Table) -> None:
    """No lecturers at all, none needed."""
    document["lecturers"] = []
    for module in _programme(document)["modules"]:
        module["lecturers"] = []


def _module_over_three_days(document: Table) -> None:
    """A module of five sessions fills two class days and the first half of the third."""
    _module(document, 1)["sessions"] = 5


def _long_module_may_not_start_a_day(document: Table) -> None:
    """A module that is longer than a day may start in the second session only."""
    _module(document, 1).update(sessions=3, start_sessions=["afternoon"])


def _whole_day_may_not_start_a_day(document: Table) -> None:
    """A module that fills a day may start in the second session only."""
    _module(document, 1)["start_sessions"] = ["afternoon"]


def _long_module_ends_too_late(document: Table) -> None:
    """A module of three sessions must be over by the end of one class day."""
    _module(document, 1).update(sessions=3, latest_day=1)


def _earliest_day_after_the_last(document: Table) -> None:
    """A module must wait for a class day that there is not."""
    _module(document, 0)["earliest_day"] = 3


def _latest_day_after_the_last(document: Table) -> None:
    """A module may wait for a class day that there is not."""
    _module(document, 0)["latest_day"] = 9


def _waits_for_the_later_one(document: Table) -> None:
    """The first module of the list comes after the second."""
    _module(document, 0)["after"] = ["M2"]


def _long_module_before_a_short_one_on_its_last_day(document: Table) -> None:
    """A module of three sessions, then one in the session left of its last day."""
    _module(document, 1)["sessions"] = 3
    _module(document, 0)["after"] = ["M2"]


def _all_off_site(document: Table) -> None:
    """The home room stays booked and paid while all modules are elsewhere."""
    for module in _programme(document)["modules"]:
        module["off_site"] = True


def _two_classes_one_room(document: Table) -> None:
    """Two classes share a room, one after the other; the home room stays booked during field study."""
    document["cohorts"].append({"id": "K2", "programme": "P1", "size": 40})
    document["venues"] = document["venues"][:1]
    _module(document, 0)["off_site"] = True


def _off_site_is_no_venue(document: Table) -> None:
    """One day, one lecturer, two classes at two venues: it works out, for one of them is on field study."""
    document["calendar"]["last_day"] = _day(0)
    document["programmes"] = [
        {"id": "P1", "modules": [{"id": "M1", "lecturers": ["L1"]}]},
        {"id": "P2", "modules": [{"id": "M1", "lecturers": ["L1"], "off_site": True}]},
    ]
    document["cohorts"] = [
        {"id": "K1", "programme": "P1", "size": 30, "venue": "V1"},
        {"id": "K2", "programme": "P2", "size": 30, "venue": "V2"},
    ]


def _two_venues_one_lecturer_one_day(document: Table) -> None:
    """The same, but both classes stay in their rooms."""
    _off_site_is_no_venue(document)
    document["programmes"][1]["modules"][0]["off_site"] = False


def _venue_closed_in_one_session(document: Table) -> None:
    """A venue closed on Tuesday mornings is closed on Tuesdays."""
    document["venues"][0]["closed"] = [{"weekdays": ["tue"], "sessions": ["morning"]}]


def _venue_always_closed(document: Table) -> None:
    """A period without any key matches every slot."""
    document["venues"][0]["closed"] = [{"reason": "sold"}]


def _period_until(document: Table) -> None:
    """A period with `to` alone reaches back to the beginning."""
    document["lecturers"][1]["unavailable"] = [{"to": _day(1)}]


def _period_of_one_day(document: Table) -> None:
    """A period with `from` alone is one day."""
    document["lecturers"][1]["unavailable"] = [{"from": _day(1)}]


def _available_and_not(document: Table) -> None:
    """Within the periods that a lecturer comes in, there is one in which he does not."""
    document["lecturers"][1]["available"] = [{"from": _day(0), "to": _day(2)}]
    document["lecturers"][1]["unavailable"] = [{"from": _day(1), "sessions": ["afternoon"]}]


def _load_below_one_module(document: Table) -> None:
    """A module is longer than its lecturer teaches a day."""
    document["lecturers"][1]["max_sessions_per_day"] = 1


def _load_by_iso_week(document: Table) -> None:
    """A weekly maximum holds from Monday to Sunday: the module over the weekend has a week on either side."""
    document["calendar"] |= {"first_day": _day(3), "last_day": _day(8)}
    _module(document, 1)["sessions"] = 4
    document["lecturers"][1]["max_sessions_per_week"] = 2


def _load_in_all(document: Table) -> None:
    """Two classes, but one lecturer may teach one of them only."""
    document["cohorts"].append({"id": "K2", "programme": "P1", "size": 20})
    document["lecturers"][0]["max_sessions"] = 1
    document["lecturers"][1].update(max_sessions=5, target_sessions=0)


def _opens_on_a_holiday(document: Table) -> None:
    """A class must open on a day off."""
    document["calendar"]["closed"] = [{"from": _day(1)}]
    document["cohorts"][0]["opens"] = _day(1)


def _opens_from_a_holiday(document: Table) -> None:
    """The delay counts from the first working day after a class may open."""
    document["calendar"] |= {"closed": [{"from": _day(1)}], "last_day": _day(8)}
    document["cohorts"][0]["opens_from"] = _day(1)


def _opens_before_the_calendar(document: Table) -> None:
    """A class could open earlier than there are days: the delay counts from the first of them."""
    document["cohorts"][0].update(opens_from=_day(-30), finishes_by=_day(30))


def _opens_late_without_delay(document: Table) -> None:
    """A class that must open late does not open too late."""
    document["cohorts"][0].update(opens=_day(2), opens_from=_day(0))


def _works_on_a_closed_sunday(document: Table) -> None:
    """An opened day is worked, though closed and at a weekend; a holiday between splits nothing."""
    document["calendar"] |= {
        "first_day": dt.date(2018, 4, 27),
        "last_day": dt.date(2018, 5, 2),
        "country": "VN",
        "closed": [{"from": dt.date(2018, 4, 29)}],
        "open": [{"date": dt.date(2018, 4, 29)}, {"date": dt.date(2018, 5, 1)}],
    }


def _budget_of_nothing(document: Table) -> None:
    """A year without money, and rooms and lecturers for nothing."""
    document["budget"] = {2018: 0, 2031: 0}
    document["lecturers"][1]["fee"] = 0
    document["lecturers"][0]["fee"] = 0
    document["venues"][1]["rooms"][0]["daily_cost"] = 0


def _budget_without_weights(document: Table) -> None:
    """The budget counts money that the objective does not."""
    document["objective"] = {"fees": 0, "rooms": 0, "order": 0, "delay": 0}
    document["budget"] = {2018: 260}


def _budget_of_two_years(document: Table) -> None:
    """Class days and sessions cost in the year they lie in."""
    document["calendar"] |= {"first_day": dt.date(2018, 12, 28), "last_day": dt.date(2019, 1, 2)}
    document["budget"] = {2018: 235, 2019: 150}


def _locks_that_contradict(document: Table) -> None:
    """A class is settled for two rooms."""
    document["locks"] = [{"cohort": "K1", "venue": "V1"}, {"cohort": "K1", "room": "V2/r1"}]


def _lock_on_an_unqualified_lecturer(document: Table) -> None:
    """A module is settled for a lecturer who is not on its list."""
    document["locks"] = [{"cohort": "K1", "module": "M2", "lecturer": "L1"}]


def _lock_on_a_lecturer_where_none_is_needed(document: Table) -> None:
    """A module that needs nobody is settled for a lecturer."""
    _module(document, 0)["lecturers"] = []
    document["locks"] = [{"cohort": "K1", "module": "M1", "lecturer": "L1"}]


def _lock_outside_the_calendar(document: Table) -> None:
    """A module is settled for a date on which there are no classes."""
    document["locks"] = [{"cohort": "K1", "module": "M1", "date": _day(30)}]


def _lock_on_the_second_session(document: Table) -> None:
    """The lock of a module's session is that of its first: a whole day cannot start in the afternoon."""
    document["locks"] = [{"cohort": "K1", "module": "M2", "session": "afternoon"}]


def _lock_on_the_first_date(document: Table) -> None:
    """The lock of a module's date is that of its first session, not of any."""
    _module(document, 1)["sessions"] = 3
    document["locks"] = [{"cohort": "K1", "module": "M2", "date": _day(1)}]


def _lock_on_the_opening(document: Table) -> None:
    """A class is settled to open on a day, by a lock and not beside its name: that counts as a delay."""
    document["locks"] = [{"cohort": "K1", "opens": _day(1)}]


def _lock_on_everything(document: Table) -> None:
    """One lock with all its keys."""
    everything = {"lecturer": "L2", "date": _day(2), "session": "afternoon", "opens": _day(1)}
    document["locks"] = [{"cohort": "K1", "module": "M1", "room": "V1/r1", "venue": "V1", **everything}]


def _settled_beside_the_name(document: Table) -> None:
    """A class has a venue beside its name, a lock names its room."""
    document["cohorts"][0]["venue"] = "V1"
    document["locks"] = [{"cohort": "K1", "room": "V1/r1"}]


def _exactly_full_room(document: Table) -> None:
    """A class has as many trainees as one room has seats."""
    document["cohorts"][0]["size"] = 40


_CHANGES: tuple[Callable[[Table], None], ...] = (
    _plain,
    _quota_in_another_year,
    _no_rooms,
    _no_working_days,
    _calendar_shorter_than_the_programme,
    _days_too_few,
    _module_longer_than_the_course,
    _days_to_spare,
    _last_class_days_empty,
    _nobody_teaches,
    _module_over_three_days,
    _long_module_may_not_start_a_day,
    _whole_day_may_not_start_a_day,
    _long_module_ends_too_late,
    _earliest_day_after_the_last,
    _latest_day_after_the_last,
    _waits_for_the_later_one,
    _long_module_before_a_short_one_on_its_last_day,
    _all_off_site,
    _two_classes_one_room,
    _off_site_is_no_venue,
    _two_venues_one_lecturer_one_day,
    _venue_closed_in_one_session,
    _venue_always_closed,
    _period_until,
    _period_of_one_day,
    _available_and_not,
    _load_below_one_module,
    _load_by_iso_week,
    _load_in_all,
    _opens_on_a_holiday,
    _opens_from_a_holiday,
    _opens_before_the_calendar,
    _opens_late_without_delay,
    _works_on_a_closed_sunday,
    _budget_of_nothing,
    _budget_without_weights,
    _budget_of_two_years,
    _locks_that_contradict,
    _lock_on_an_unqualified_lecturer,
    _lock_on_a_lecturer_where_none_is_needed,
    _lock_outside_the_calendar,
    _lock_on_the_second_session,
    _lock_on_the_first_date,
    _lock_on_the_opening,
    _lock_on_everything,
    _settled_beside_the_name,
    _exactly_full_room,
)
