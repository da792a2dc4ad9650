"""Scenarios and timetables to report on, made without a solver."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from classplanner.scenario import Scenario, day_statuses, load, parse
from classplanner.timetable import (
    Meeting,
    ObjectiveRecord,
    PlannedCohort,
    RunRecord,
    ScenarioRecord,
    Terms,
    Timetable,
)

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def hanoi() -> Scenario:
    return load(SCENARIOS / "hanoi-2018.toml")


def two_classes() -> Scenario:
    return load(SCENARIOS / "two-classes.toml")


def year(classes: int = 12) -> Scenario:
    """A year of classes of five days in two halls, after the programme of `two_classes`."""
    document = two_classes().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    document["calendar"] |= {"first_day": "2018-01-01", "last_day": "2018-12-31"}
    document["calendar"]["open"] = [{"date": "2018-05-05", "reason": "học bù"}]
    document["cohorts"] = []
    document["audiences"] = [
        {"id": "mot-cua", "programme": "mot-cua", "cohort_size": 90, "trainees": {"2018": 90 * classes - 5}}
    ]
    document["venues"][0]["rooms"].append({"id": "phong-2", "name": "Phòng 2", "capacity": 90})
    document["venues"][0]["closed"].append({"from": "2018-07-02", "to": "2018-07-13", "reason": "sửa chữa"})
    return parse(document)


MAKERS = {"hanoi": hanoi, "two_classes": two_classes, "year": year}


def edited(scenario: Scenario, **calendar: object) -> Scenario:
    """The scenario with other entries of its calendar."""
    document = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    document["calendar"] |= calendar
    return parse(document)


def plan(scenario: Scenario) -> Timetable:
    """Lay the modules one after another in the order of the programme, one class after another in a hall.

    The first lecturer of each list teaches; nobody's availability is looked at.
    """
    days = [day.date for day in day_statuses(scenario.calendar) if day.is_working]
    sessions = scenario.calendar.sessions
    rooms = [f"{venue.id}/{room.id}" for venue in scenario.venues for room in venue.rooms]
    starts = dict.fromkeys(rooms, 0)
    cohorts, meetings = [], []
    for cohort in scenario.all_cohorts:
        programme = scenario.programme_by_id[cohort.programme]
        room = cohort.room or min(
            (room for room in rooms if not cohort.venue or room.startswith(f"{cohort.venue}/")),
            key=starts.__getitem__,
        )
        first = max(starts[room], next(i for i, day in enumerate(days) if day >= (cohort.opens or days[0])))
        length = programme.class_days(len(sessions))
        starts[room] = first + length
        slots = [(day, session) for day in days[first : first + length] for session in sessions]
        cohorts.append(PlannedCohort(id=cohort.id, room=room, opens=slots[0][0], closes=slots[-1][0]))
        for module in programme.modules:
            taken, slots = slots[: module.sessions], slots[module.sessions :]
            meetings.append(
                Meeting(
                    cohorts=(cohort.id,),
                    module=module.id,
                    lecturers=module.lecturers[:1],
                    room=None if module.off_site else room,
                    sessions=tuple(taken),
                )
            )
    return _judged(scenario, tuple(cohorts), tuple(meetings))


def _judged(
    scenario: Scenario, cohorts: tuple[PlannedCohort, ...], meetings: tuple[Meeting, ...]
) -> Timetable:
    fees = {lecturer.id: lecturer.fee for lecturer in scenario.lecturers}
    costs = {f"{venue.id}/{room.id}": room.daily_cost for venue in scenario.venues for room in venue.rooms}
    length = {
        cohort.id: scenario.programme_by_id[cohort.programme].class_days(len(scenario.calendar.sessions))
        for cohort in scenario.all_cohorts
    }
    terms = Terms(
        fees=sum(fees[name] * len(meeting.sessions) for meeting in meetings for name in meeting.lecturers),
        rooms=sum(costs[cohort.room] * length[cohort.id] for cohort in cohorts),
        order=350_000,
        preference=1_200_000,
    )
    return Timetable(
        scenario=ScenarioRecord(name=scenario.name, sha256=scenario.sha256),
        status="optimal",
        objective=ObjectiveRecord(total=terms.total, bound=terms.total, gap=0.0, terms=terms),
        run=RunRecord(version="0.1.0", seed=1, time_limit=60, seconds=1.23, workers=1),
        cohorts=cohorts,
        meetings=meetings,
    )


def moved(timetable: Timetable, index: int, *slots: tuple[dt.date, str]) -> Timetable:
    """Return the timetable with one meeting laid elsewhere."""
    meetings = list(timetable.meetings)
    meetings[index] = meetings[index].model_copy(update={"sessions": slots})
    return timetable.model_copy(update={"meetings": tuple(meetings)})
