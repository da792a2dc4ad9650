"""A block that lacks lessons gets the shared lecturer whom another block has taken without need."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from classplanner.check import check
from classplanner.compile import compile_scenario
from classplanner.scenario import Scenario, parse
from classplanner.solve import Control, Progress, find_blocks, search_blocks
from classplanner.solve import blocks as blocks_module
from classplanner.solve import blockwise as blockwise_module
from classplanner.timetable import Timetable


def scenario(**limits: Any) -> Scenario:
    """Return a week of two classes: both may have An, whom K1 prefers, but only K1 has somebody else, too."""

    def programme(name: str, lecturers: list[str]) -> dict[str, Any]:
        return {"id": name, "days": 3, "modules": [{"id": "LAW", "lecturers": lecturers}, {"id": "VISIT"}]}

    return parse(
        {
            "calendar": {"first_day": "2018-04-09", "last_day": "2018-04-13"},
            "lecturers": [{"id": "an", "fee": 500, **limits}, {"id": "binh", "fee": 700}],
            "venues": [
                {"id": name, "rooms": [{"id": "hall", "capacity": 60, "daily_cost": 1_000}]}
                for name in ("east", "west")
            ],
            "programmes": [programme("P", ["an", "binh"]), programme("Q", ["an"])],
            "cohorts": [
                {"id": "K1", "programme": "P", "size": 50, "venues": ["east"]},
                {"id": "K2", "programme": "Q", "size": 50, "venues": ["west"]},
            ],
        }
    )


MONDAY = {"available": [{"from": "2018-04-09"}]}


@pytest.mark.parametrize(
    "limits",
    [
        {"max_sessions": 1},
        {"max_sessions_per_week": 1},
        {"max_sessions_per_day": 1, **MONDAY},
        MONDAY,  # nobody is at two venues on one day
    ],
    ids=["in all", "a week", "a day", "one venue"],
)
def test_who_can_do_without_makes_way(limits: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "SHARED", 1.0)
    monkeypatch.setattr(blockwise_module, "_MASTER_ROUNDS", 1)  # else prices make K1 do without in advance
    week = scenario(**limits)
    problem = compile_scenario(week)
    blocks = find_blocks(problem)
    assert len(blocks) == 2
    told: list[Progress] = []
    control = Control(15.0, lambda: any(progress.best is not None for progress in told))
    with ThreadPoolExecutor(1) as here:
        result = search_blocks(problem, blocks, control, executor=here, on_progress=told.append)
    verdict = check(week, Timetable(cohorts=result.cohorts, meetings=result.meetings))
    assert verdict.ok
    given = {meeting.cohorts[0]: meeting.lecturers for meeting in result.meetings if meeting.lecturers}
    assert given == {"K1": ("binh",), "K2": ("an",)}
