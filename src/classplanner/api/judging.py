"""Has the checker judge what the solver has found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from classplanner.api.answer import Plan
from classplanner.api.partial import trainees_of
from classplanner.check import check
from classplanner.errors import ContradictionError
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.timetable import (
    ObjectiveRecord,
    PartialRecord,
    RunRecord,
    ScenarioRecord,
    Status,
    Timetable,
    gap_of,
)

if TYPE_CHECKING:
    from classplanner.solve import Result

__all__ = ["checked"]


def checked(scenario: Scenario, result: Result, run: RunRecord, partial: PartialRecord | None) -> Plan:
    """Have the checker judge what the solver found, and state its costs."""
    bare = Timetable(
        scenario=ScenarioRecord(name=scenario.name, sha256=scenario.sha256),
        status=result.status,
        partial=partial,
        run=run,
        cohorts=result.cohorts,
        meetings=result.meetings,
    )
    verdict = check(scenario, bare)
    total = verdict.terms.total
    findings = [breach.describe(Names(scenario), Language("en")) for breach in verdict.breaches]
    if _disproved(result.status, total - result.bound):
        findings.append(
            f"the solver proves {result.bound} VND ({result.status}), the checker counts {total} VND"
        )
    trainees = trainees_of(scenario, result)
    if result.most is not None and _disproved(result.status, result.most - trainees):
        findings.append(
            f"the solver proves {result.most} trainees ({result.status}), the plan has {trainees}"
        )
    if findings:
        raise ContradictionError(findings, _case(scenario, bare))
    objective = ObjectiveRecord(
        total=total, bound=result.bound, gap=gap_of(total, result.bound), terms=verdict.terms
    )
    timetable = bare.model_copy(update={"objective": objective})
    return Plan(scenario, result.status, timetable, result.bound, verdict)


def _disproved(status: Status, better: int) -> bool:
    """Whether a plan is better than is proven possible, or said to be the best when a better one is."""
    return better < 0 or (status == "optimal" and better > 0)


def _case(scenario: Scenario, timetable: Timetable) -> str:
    """Write down all that is needed to look into a contradiction."""
    document = {
        "scenario": scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "timetable": timetable.model_dump(mode="json"),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
