"""Bounds that classes share hold for each of them, whatever hall it is in and whatever the budget leaves.

Two classes of one day and one session. The dear hall does not fit into the budget of the first year, the
cheap one does; so the class of the dear hall waits for the second year, at a delay of one day, and the other
does not.
"""

from __future__ import annotations

import pytest

from classplanner.compile import compile_scenario
from classplanner.scenario import Scenario, parse
from classplanner.solve import WHOLE, Control, search


def _scenario() -> Scenario:
    return parse(
        {
            "calendar": {
                "first_day": "2018-12-28",  # a Friday
                "last_day": "2019-01-02",
                "country": "",
                "closed": [{"from": "2018-12-31"}],
                "sessions": ["morning"],
            },
            "venues": [
                {
                    "id": "v",
                    "rooms": [
                        {"id": "dear", "capacity": 9, "daily_cost": 100},
                        {"id": "cheap", "capacity": 9, "daily_cost": 10},
                    ],
                }
            ],
            "programmes": [{"id": "p", "modules": [{"id": "m"}]}],
            "cohorts": [
                {"id": "A", "programme": "p", "size": 9, "room": "v/dear"},
                {"id": "B", "programme": "p", "size": 9, "room": "v/cheap"},
            ],
            "objective": {"delay": 1_000},
            "budget": {"2018": 15},
        }
    )


@pytest.mark.parametrize("whole", [WHOLE, 0])
def test_a_class_does_not_wait_because_another_has_to(whole: int) -> None:
    result = search(compile_scenario(_scenario()), Control(), whole=whole)
    assert result.status == "optimal"
    assert {cohort.id: cohort.opens.isoformat() for cohort in result.cohorts} == {
        "A": "2019-01-01",
        "B": "2018-12-28",
    }
    assert result.bound == 100 + 10 + 1_000
