"""Good openings of the instances: what planners that only arrange sessions are given.

They are those of the cheapest plan that anybody has found so far, in files of `benchmarks/openings`.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.suite import Instance
from classplanner import Scenario, check, load_timetable
from classplanner.timetable import ObjectiveRecord, ScenarioRecord, Timetable, dump_timetable, write_atomic

__all__ = ["keep_openings", "openings_file"]

FOLDER = Path(__file__).parent / "openings"


def openings_file(instance: Instance) -> Path:
    """Return the file with the openings noted for an instance."""
    return FOLDER / f"{instance.name}.json"


def keep_openings(instance: Instance, scenario: Scenario, plan: Path) -> bool:
    """Note the openings of a plan, if it costs less than the one they were taken from so far.

    Parameters
    ----------
    plan
        A timetable file.

    Returns
    -------
    bool
        Whether they were noted.
    """
    timetable, path = load_timetable(plan, scenario), openings_file(instance)
    terms = check(scenario, timetable).terms
    noted = load_timetable(path, scenario) if path.exists() else None
    if noted is not None and noted.objective is not None and noted.objective.total <= terms.total:
        return False
    about = ScenarioRecord(name=scenario.name, sha256=scenario.sha256)
    objective = ObjectiveRecord(total=terms.total, bound=0, gap=1.0, terms=terms)
    openings = Timetable(scenario=about, objective=objective, cohorts=timetable.cohorts, meetings=())
    write_atomic(path, dump_timetable(openings))
    return True
