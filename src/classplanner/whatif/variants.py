"""Plans variants of a scenario, each from the plan of the base, several at a time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from classplanner.api import Plan, check, plan
from classplanner.deltas import Delta, apply
from classplanner.errors import Fault, InputError
from classplanner.replanning import adapt
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable, gap_of
from classplanner.whatif.outcome import Outcome
from classplanner.whatif.running import results

if TYPE_CHECKING:
    from classplanner.solve import Footing, Progress

__all__ = ["MOST_COMBINED", "Job", "combinations", "find_footing", "good_enough", "plan_one", "what_if"]

MOST_COMBINED = 5
"""So many deltas are combined at most: each combination is a plan of its own."""

# Of the time of a variant: so much may go into adapting the plan of the base to it.
_ADAPT = 0.3
# So much may go, once for all variants, into what helps with proofs.
_FOOTING = 0.2
# On top of the time of a variant: so much for saying why there is no plan.
_EXPLAIN = 0.5


def what_if(
    scenario: Scenario,
    deltas: Sequence[Delta],
    *,
    base: Timetable | None = None,
    combine: bool = False,
    gap: float | None = None,
    time_limit: float | None = 60.0,
    seed: int = 1,
    workers: int = 1,
    executor: Executor | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Outcome, ...]:
    """Plan a scenario and its variants.

    Parameters
    ----------
    deltas
        Each makes a variant.
    base
        The plan of the scenario, in which every rule holds; it is planned where it is not given.
    combine
        Also plan every combination of deltas.
    gap
        Variants are good enough once they are proven so close to the best; by default as close as
        `good_enough` says.
    time_limit
        Seconds for each plan; None for none.
    seed
        Of the solver.
    workers, executor
        So many variants at a time, and who plans them: anything with the interface of
        `concurrent.futures.Executor`, as for `plan`. By default this process for one at a time, and processes
        of this machine for more.
    on_outcome
        Given each outcome as it comes.
    stop
        Asked now and then; what is being planned here ends with its best plan, the rest is not begun.

    Returns
    -------
    tuple of Outcome
        The base first, then the variants in order; those that were not begun are missing.

    Raises
    ------
    InputError
        With the faults of all deltas; nothing is planned then.
    ValueError
        A rule does not hold in `base`, or there are too many deltas to combine.
    """
    chosen = combinations(len(deltas), combine=combine)
    scenarios = _applied(scenario, deltas, chosen)
    if base is not None and not check(scenario, base).ok:
        raise ValueError("the plan of the base breaks a rule")
    begun = time.monotonic()
    first = _base(scenario, base, time_limit, seed, stop)
    footing = find_footing(scenario, time_limit, stop) if chosen else None
    first = first if footing is None else _bounded(first, footing.bound)
    job = Job("", (), scenario, first.timetable, None, 0, gap, time_limit, seed)
    outcome = _outcome(job, first, begun, stop)
    if on_outcome is not None:
        on_outcome(outcome)
    enough = good_enough(first, footing) if gap is None else gap
    of_variants = replace(job, footing=footing, floor=outcome.bound, gap=enough)
    jobs = [
        _varied(of_variants, variant, deltas, some) for some, variant in zip(chosen, scenarios, strict=True)
    ]
    outcomes: dict[tuple[int, ...], Outcome] = {(): outcome}
    for done in results(plan_one, jobs, workers=workers, executor=executor, stop=stop):
        outcomes[done.deltas] = done
        if on_outcome is not None:
            on_outcome(done)
    return tuple(outcomes[some] for some in ((), *chosen) if some in outcomes)


def combinations(number: int, *, combine: bool) -> list[tuple[int, ...]]:
    """List which deltas make each variant: each alone, or every combination.

    Raises
    ------
    ValueError
        There are more than `MOST_COMBINED` to combine.
    """
    if combine and number > MOST_COMBINED:
        raise ValueError(f"at most {MOST_COMBINED} deltas can be combined")
    sizes = range(1, number + 1) if combine else (1,)
    return [some for size in sizes for some in itertools.combinations(range(number), size)]


def _applied(
    scenario: Scenario, deltas: Sequence[Delta], chosen: Sequence[tuple[int, ...]]
) -> list[Scenario]:
    """Apply deltas in every combination; faults of all of them at once, each once."""
    made: list[Scenario] = []
    faults: dict[tuple[str, str, str], Fault] = {}
    for some in chosen:
        try:
            made.append(apply(scenario, *(deltas[index] for index in some)))
        except InputError as error:
            faults.update({(fault.file, fault.place, fault.key): fault for fault in error.faults})
    if faults:
        raise InputError(faults.values())
    return made


def _base(
    scenario: Scenario,
    base: Timetable | None,
    time_limit: float | None,
    seed: int,
    stop: Callable[[], bool] | None,
) -> Plan:
    if base is None:
        return plan(scenario, time_limit=time_limit, seed=seed, stop=stop)
    known = base.objective is not None and base.scenario is not None
    sound = known and base.scenario is not None and base.scenario.sha256 == scenario.sha256
    bound = base.objective.bound if sound and base.objective is not None else 0
    return Plan(scenario, base.status, base, bound, check(scenario, base))


def find_footing(
    scenario: Scenario, time_limit: float | None, stop: Callable[[], bool] | None = None
) -> Footing | None:
    """Find out what helps to prove bounds of variants of a scenario; None where nothing is needed."""
    from classplanner.compile import compile_scenario  # noqa: PLC0415 - the solver takes half a second
    from classplanner.solve import Control, footing_of, uses_footing  # noqa: PLC0415

    problem = compile_scenario(scenario)
    seconds = None if time_limit is None else _FOOTING * time_limit
    return footing_of(problem, Control(seconds, stop)) if uses_footing(problem) else None


def good_enough(base: Plan, footing: Footing | None) -> float | None:
    """Say how close to the best variants have to be: as close as the base is, by the same proof.

    In large years, bounds are raised course by course as long as there is time. That is not asked of every
    variant: they are good enough once they are proven to be as close as prices alone prove the base to be.

    Returns
    -------
    float or None
        As a share of the cost; None where nothing is known of the base.
    """
    bound = base.bound if footing is None else footing.bound
    if base.objective is None or not bound:
        return None
    return gap_of(base.objective, bound)


@dataclass(frozen=True)
class Job:
    """A variant to be planned.

    Attributes
    ----------
    title, deltas, scenario
        As in `Outcome`.
    base
        The plan of the base, which it begins with; None without one.
    footing
        What is known of the base, with which proofs begin; None for nothing.
    floor
        Proven otherwise: no plan of the variant costs less, in equivalent VND.
    gap
        Proven so close to the best is good enough; None for none.
    time_limit, seed
        Seconds, None for no limit; of the solver.
    """

    title: str
    deltas: tuple[int, ...]
    scenario: Scenario
    base: Timetable | None
    footing: Footing | None
    floor: int
    gap: float | None
    time_limit: float | None
    seed: int


def _varied(job: Job, scenario: Scenario, deltas: Sequence[Delta], some: tuple[int, ...]) -> Job:
    """Return the job of a variant; it may cost less than the base unless its deltas only restrict."""
    chosen = [deltas[index] for index in some]
    restricted = all(change.restricts for delta in chosen for change in delta.changes)
    title = " + ".join(delta.title for delta in chosen)
    return replace(job, title=title, deltas=some, scenario=scenario, floor=job.floor if restricted else 0)


def plan_one(job: Job, stop: Callable[[], bool] | None = None) -> Outcome:
    """Plan one variant from the plan of the base, adapted to it where it has to be."""
    begun = time.monotonic()
    start = None if job.base is None else _start(job, job.base, stop)
    watch = _Watch(job, stop)
    passed = time.monotonic() - begun
    found = plan(
        job.scenario,
        time_limit=None if job.time_limit is None else max(0.1, job.time_limit - passed),
        seed=job.seed,
        workers=1,
        start=start,
        footing=_footing(job),
        on_progress=watch.on_progress,
        stop=watch.stop,
    )
    return _outcome(job, _bounded(found, job.floor), begun, stop)


def _footing(job: Job) -> Footing | None:
    """Return what is known of the base, its plan included."""
    if job.footing is None or job.base is None:
        return job.footing
    return job.footing.with_plan(job.base.cohorts, job.base.meetings)


def _bounded(found: Plan, floor: int) -> Plan:
    """Return a plan with a bound that is proven otherwise, where that is higher."""
    if found.status == "infeasible" or floor <= found.bound:
        return found
    proven = found.objective is not None and found.objective <= floor
    return replace(found, bound=floor, status="optimal" if proven else found.status)


class _Watch:
    """Ends a search once its plan is good enough."""

    def __init__(self, job: Job, stop: Callable[[], bool] | None) -> None:
        self._job, self._stop, self._done = job, stop, False

    def on_progress(self, progress: Progress) -> None:
        if self._job.gap is not None and progress.best is not None:
            bound = max(progress.bound, self._job.floor)
            self._done |= progress.best - bound <= self._job.gap * progress.best

    def stop(self) -> bool:
        return self._done or (self._stop is not None and self._stop())


def _start(job: Job, base: Timetable, stop: Callable[[], bool] | None) -> Timetable | None:
    """Return a plan of a variant near that of the base; None where none is found soon, or none can be.

    Where there are more classes, many of the others have to make way: then a search that begins with what is
    known of the base is the better one.
    """
    from classplanner.compile import compile_scenario  # noqa: PLC0415 - the solver takes half a second
    from classplanner.explaining.counting import first_shortage  # noqa: PLC0415

    if check(job.scenario, base).ok:
        return base
    new = {cohort.id for cohort in job.scenario.all_cohorts} - {entry.id for entry in base.cohorts}
    if new and job.footing is not None:
        return None
    if first_shortage(compile_scenario(job.scenario)) is not None:
        return None
    seconds = None if job.time_limit is None else _ADAPT * job.time_limit
    return adapt(job.scenario, base, time_limit=seconds, seed=job.seed, stop=stop)


def _outcome(job: Job, found: Plan, begun: float, stop: Callable[[], bool] | None) -> Outcome:
    """Put together what became of a variant; without a plan, say why."""
    explanation, status = None, found.status
    if found.timetable is None:
        from classplanner.explaining import explain  # noqa: PLC0415 - the solver takes half a second

        seconds = None if job.time_limit is None else _EXPLAIN * job.time_limit
        explanation = explain(job.scenario, time_limit=seconds, seed=job.seed, stop=stop)
        if explanation.status == "impossible":
            status = "infeasible"
    return Outcome(
        title=job.title,
        deltas=job.deltas,
        scenario=job.scenario,
        status=status,
        timetable=found.timetable,
        bound=found.bound,
        terms=None if found.verdict is None else found.verdict.terms,
        base=job.base,
        seconds=time.monotonic() - begun,
        explanation=explanation,
    )
