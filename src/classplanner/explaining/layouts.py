"""Whether a programme can be laid out in its class days at all, whoever teaches and whenever it begins.

What a programme says of its modules (their order, windows, lengths) is the same on every opening day; so a
contradiction in it need not be found day by day.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from classplanner.compile import compile_scenario
from classplanner.encode import encode, program_of
from classplanner.scenario import WEEKDAYS, Calendar, Cohort, Programme, Room, Scenario, Venue
from classplanner.solve import Control
from classplanner.solve.cpsat import decide

__all__ = ["can_be_laid_out"]

_MONDAY = dt.date(2018, 1, 1)
_EFFORT = 1.0


def can_be_laid_out(programme: Programme, sessions: tuple[str, ...]) -> bool:
    """Whether the modules of a programme fit into its class days; True also where that is not known soon.

    Parameters
    ----------
    sessions
        Those of a day.
    """
    modules = tuple(module.model_copy(update={"lecturers": ()}) for module in programme.modules)
    days = programme.class_days(len(sessions))
    bare = programme.model_copy(update={"id": "P", "name": "", "days": days, "modules": modules})
    return _decide(bare.model_dump_json(), sessions)


@lru_cache(maxsize=4096)
def _decide(programme: str, sessions: tuple[str, ...]) -> bool:
    """Plan one class that takes nothing but the programme, every day of the week."""
    asked = Programme.model_validate_json(programme)
    last = _MONDAY + dt.timedelta(days=asked.class_days(len(sessions)) - 1)
    scenario = Scenario(
        calendar=Calendar(first_day=_MONDAY, last_day=last, country="", weekdays=WEEKDAYS, sessions=sessions),
        venues=(Venue(id="V", rooms=(Room(id="R", capacity=1),)),),
        programmes=(asked,),
        cohorts=(Cohort(id="K", programme="P", size=1),),
    )
    model = encode(compile_scenario(scenario), objective=False)
    return decide(program_of(model), Control(), effort=_EFFORT).status != "infeasible"
