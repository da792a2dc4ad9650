"""Loads, plans and checks: what a program needs of classplanner.

>>> from classplanner import load, plan, check
>>> scenario = load("scenarios/two-classes.toml")
>>> result = plan(scenario)
>>> result.status, check(scenario, result.timetable).ok
('optimal', True)
"""

from __future__ import annotations

import json
import math
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classplanner._version import __version__
from classplanner.check import Verdict, check
from classplanner.errors import ContradictionError
from classplanner.language import Language, LanguageCode
from classplanner.report import render_html
from classplanner.rules import Names
from classplanner.scenario import Scenario, load
from classplanner.timetable import (
    LeftOut,
    ObjectiveRecord,
    PartialRecord,
    RunRecord,
    ScenarioRecord,
    Status,
    Timetable,
    write_atomic,
    write_plan,
)

if TYPE_CHECKING:
    from classplanner.compile import Problem
    from classplanner.solve import Footing, Progress, Result

__all__ = ["Plan", "check", "load", "plan"]

_REST = 20
"""After a plan was given out on the way, so many times as long as that took pass before the next."""


@dataclass(frozen=True)
class Plan:
    """The answer to a scenario.

    Attributes
    ----------
    scenario
        What was asked.
    status
        ``optimal`` and ``infeasible`` are proven; ``feasible``: a plan, not proven to be the cheapest;
        ``unknown``: neither a plan nor a proof was found in time. A partial plan is ``optimal`` once it is
        proven that none trains more people, and none that trains as many costs less.
    timetable
        The plan; None without one. Every rule holds in it: the checker has confirmed that. What a partial
        plan leaves out, and why, stands in its `partial`.
    bound
        Proven: no plan costs less, in equivalent VND; of a partial plan: none that trains as many people.
    verdict
        What the checker says of the timetable, with the costs by object; None without a timetable.
    """

    scenario: Scenario
    status: Status
    timetable: Timetable | None
    bound: int
    verdict: Verdict | None

    @property
    def objective(self) -> int | None:
        """The cost of the plan, in equivalent VND; None without a plan."""
        return None if self.verdict is None else self.verdict.terms.total

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective: at most so much can be saved; None without a plan."""
        return _gap(self.objective, self.bound)

    def save(self, directory: str | Path, language: LanguageCode = "en") -> tuple[Path, ...]:
        """Write ``timetable.json``, ``scenario.json`` and ``timetable.html``, each whole or not at all.

        Returns
        -------
        tuple of Path
            What was written; nothing without a plan.

        Raises
        ------
        OutputError
            A file cannot be written.
        """
        if self.timetable is None:
            return ()
        page = Path(directory) / "timetable.html"
        data = self.save_data(directory)
        write_atomic(page, self.html(language))
        return *data, page

    def save_data(self, directory: str | Path) -> tuple[Path, ...]:
        """Write ``timetable.json`` and the ``scenario.json`` that it answers, each whole or not at all.

        Returns and raises what `save` does.
        """
        if self.timetable is None:
            return ()
        return write_plan(Path(directory), self.scenario, self.timetable)

    def html(self, language: LanguageCode = "en") -> str:
        """Return the timetable as one self-contained page.

        Raises
        ------
        ValueError
            There is no plan.
        """
        if self.timetable is None:
            raise ValueError("there is no plan to show")
        return render_html(self.scenario, self.timetable, Language(language))

    def _repr_html_(self) -> str:
        """Show the plan in a notebook, in a frame of its own so that its style does not leak."""
        if self.timetable is None:
            return f"<p>classplanner: {self.status}</p>"
        page = self.html().replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{page}" style="width: 100%; height: 40em; border: 0"></iframe>'


def plan(
    scenario: Scenario,
    *,
    time_limit: float | None = 60.0,
    seed: int = 1,
    workers: int | None = None,
    executor: Executor | None = None,
    partial: bool = False,
    start: Timetable | None = None,
    footing: Footing | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_plan: Callable[[Plan], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """Find the cheapest plan of a scenario and prove how good it is.

    Ctrl-C and SIGTERM end the search with the best plan so far.

    Parameters
    ----------
    time_limit
        Seconds of wall clock; None for none.
    seed, workers
        For the solver. By default one worker for a few classes, and one a core for more. With one worker,
        the same seed and scenario give the same timetable, unless the clock or the caller ends the search.
    executor
        What plans the blocks, such as provinces, of a large year, `workers` of them at a time: anything with
        the interface of `concurrent.futures.Executor`, such as what ``Client.get_executor()`` of Dask
        returns. By default processes of this machine; as always with these, a script that plans must do so
        below ``if __name__ == "__main__":``. Not for partial plans.
    partial
        Classes may be left out: plan for as many trainees as possible first, then at the least cost. There
        always is such a plan, if only the one without any class.
    start
        A plan to begin with, in which every rule holds; what is returned costs no more. Not for partial
        plans.
    footing
        What is known of a similar scenario (`solve.footing_of`), with which proofs begin; not for partial
        plans.
    on_progress
        Told of each better plan and each better bound; it may be called from another thread.
    on_plan
        Given better plans as they come, checked, from a thread of its own; the latest only, where several
        come while it is busy, or resting: that takes a twentieth of the time at most. Not given the last one.
        Partial ones name what they leave out, but not why.
    stop
        Asked now and then; the search ends with the best plan so far once it returns True.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    ContradictionError
        The checker contradicts the solver: a bug in classplanner.
    ValueError
        There cannot be such a time limit, seed or number of workers; or a rule does not hold in `start`.

    An exception that `on_progress`, `on_plan` or `stop` raises ends the search and is raised here.
    """
    time_limit = _time_limit(time_limit)
    if not (0 <= seed < 2**31 and (workers is None or workers >= 1)):
        raise ValueError("seed must be at least 0 and below 2**31, workers at least 1")
    if start is not None and (partial or not check(scenario, start).ok):
        raise ValueError("start must be a plan of all classes in which every rule holds")
    # The solver takes half a second to import, which whoever only checks a timetable is spared.
    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.encode import draft_from  # noqa: PLC0415
    from classplanner.explaining.counting import first_shortage  # noqa: PLC0415
    from classplanner.solve import Control, default_workers, find, find_partial  # noqa: PLC0415

    caller = _Caller(on_progress, stop)
    control = Control(time_limit, caller.stop)
    problem = compile_scenario(scenario)
    workers = workers or default_workers(problem)
    if not partial and first_shortage(problem) is not None:
        return Plan(scenario, "infeasible", None, 0, None)

    def record() -> RunRecord:
        seconds = round(control.seconds, 3)
        return RunRecord(
            version=__version__, seed=seed, time_limit=time_limit, seconds=seconds, workers=workers
        )

    with control.on_signals(), _Herald(caller, on_plan, scenario, record) as herald:
        if partial:
            result = find_partial(
                problem, control, seed=seed, workers=workers, on_progress=herald.on_progress
            )
        else:
            draft = None if start is None else draft_from(problem, start.cohorts, start.meetings)
            result = find(
                problem,
                control,
                seed=seed,
                workers=workers,
                start=draft,
                footing=footing,
                executor=executor,
                on_progress=herald.on_progress,
            )
    if caller.failure is not None:
        raise caller.failure
    if result.status in ("infeasible", "unknown"):
        return Plan(scenario, result.status, None, result.bound, None)
    return _checked(scenario, result, record(), _record(problem, result))


def _time_limit(seconds: float | None) -> float | None:
    """Take an infinite limit for none."""
    if seconds is None or seconds == math.inf:
        return None
    if not seconds >= 0:
        raise ValueError("time_limit must be a number of seconds, or None")
    return seconds


class _Caller:
    """The caller's functions; the first exception that one of them raises is kept, and ends the search.

    They are called from the solver's thread, too, where an exception would be lost and the search go on.
    """

    def __init__(
        self, on_progress: Callable[[Progress], None] | None, stop: Callable[[], bool] | None
    ) -> None:
        self.failure: BaseException | None = None
        self._on_progress = on_progress
        self._stop = stop

    def guard(self, call: Callable[[], None]) -> None:
        """Call the caller, unless that has failed before."""
        if self.failure is None:
            try:
                call()
            except BaseException as failure:
                self.failure = failure

    def on_progress(self, progress: Progress) -> None:
        if self._on_progress is not None:
            self.guard(lambda: self._on_progress(progress) if self._on_progress else None)

    def stop(self) -> bool:
        if self._stop is not None and self.failure is None:
            try:
                return self._stop()
            except BaseException as failure:
                self.failure = failure
        return self.failure is not None


class _Herald:
    """Gives the caller plans as they come, from a thread of its own; used as a context."""

    def __init__(
        self,
        caller: _Caller,
        on_plan: Callable[[Plan], None] | None,
        scenario: Scenario,
        record: Callable[[], RunRecord],
    ) -> None:
        self._caller, self._on_plan, self._scenario, self._record = caller, on_plan, scenario, record
        self._news: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        self._told: tuple[int | None, int | None] = (None, None)
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __enter__(self) -> _Herald:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._news.put(None)
        self._thread.join()

    def on_progress(self, progress: Progress) -> None:
        """Take progress, and pass it on to the caller."""
        self._caller.on_progress(progress)
        told = progress.trainees, progress.best
        if self._on_plan is not None and progress.plan is not None and told != self._told:
            self._told = told
            self._news.put(progress)

    def _tell(self) -> None:
        """Give out the latest plan whenever there is one, until the end is told."""
        rested = 0.0
        while (news := self._latest(rested)) is not None:
            started = time.monotonic()
            self._caller.guard(lambda news=news: self._give(news))  # type: ignore[misc]
            ended = time.monotonic()
            rested = ended + _REST * (ended - started)

    def _latest(self, rested: float) -> Progress | None:
        """Return the latest plan once there is one and it is time; None for the end."""
        news = self._news.get()
        while news is not None:
            try:
                news = self._news.get(timeout=max(0.0, rested - time.monotonic()))
            except queue.Empty:
                break
        return news

    def _give(self, progress: Progress) -> None:
        from classplanner.solve import Result  # noqa: PLC0415

        assert progress.plan is not None
        assert self._on_plan is not None
        found = Result("feasible", *progress.plan, progress.bound, progress.most)
        self._on_plan(_checked(self._scenario, found, self._record(), self._partial(found)))

    def _partial(self, found: Result) -> PartialRecord | None:
        """Name what a plan leaves out; to look for reasons would take too long on the way."""
        if found.most is None:
            return None
        planned = {entry.id for entry in found.cohorts}
        left_out = (LeftOut(cohort=one.id) for one in self._scenario.all_cohorts if one.id not in planned)
        return PartialRecord(
            trainees=_trainees(self._scenario, found), most=found.most, left_out=tuple(left_out)
        )


def _record(problem: Problem, result: Result) -> PartialRecord | None:
    """Say what a plan leaves out and why; None where every class had to be planned."""
    if result.most is None:
        return None
    from classplanner.solve import why_left_out  # noqa: PLC0415

    trainees = _trainees(problem.scenario, result)
    return PartialRecord(trainees=trainees, most=result.most, left_out=why_left_out(problem, result))


def _trainees(scenario: Scenario, result: Result) -> int:
    """Count the people that a plan trains."""
    sizes = {cohort.id: cohort.size for cohort in scenario.all_cohorts}
    return sum(sizes[entry.id] for entry in result.cohorts)


def _checked(scenario: Scenario, result: Result, run: RunRecord, partial: PartialRecord | None) -> Plan:
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
    trainees = _trainees(scenario, result)
    if result.most is not None and _disproved(result.status, result.most - trainees):
        findings.append(
            f"the solver proves {result.most} trainees ({result.status}), the plan has {trainees}"
        )
    if findings:
        raise ContradictionError(findings, _case(scenario, bare))
    objective = ObjectiveRecord(
        total=total, bound=result.bound, gap=_gap(total, result.bound) or 0.0, terms=verdict.terms
    )
    timetable = bare.model_copy(update={"objective": objective})
    return Plan(scenario, result.status, timetable, result.bound, verdict)


def _disproved(status: Status, better: int) -> bool:
    """Whether a plan is better than is proven possible, or said to be the best when a better one is."""
    return better < 0 or (status == "optimal" and better > 0)


def _gap(total: int | None, bound: int) -> float | None:
    if total is None:
        return None
    return (total - bound) / total if total else 0.0


def _case(scenario: Scenario, timetable: Timetable) -> str:
    """Write down all that is needed to look into a contradiction."""
    document = {
        "scenario": scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "timetable": timetable.model_dump(mode="json"),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
