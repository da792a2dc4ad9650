"""All that the benchmark compares, behind one function each; the checker judges what they return."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.peers.found import Found, Openings, Peer
from classplanner import Progress, Scenario, Timetable, check, plan

__all__ = ["OURS", "PLANNERS", "Outcome", "Planner"]

OURS = "classplanner"
_WORKERS = 2

Moments = tuple[tuple[float, int], ...]


@dataclass(frozen=True)
class Outcome:
    """What a planner did in its time.

    Attributes
    ----------
    status
        As in a timetable: optimal, feasible, infeasible, unknown. Of peers: feasible or unknown.
    costs
        When it had a cheaper plan (seconds), and its cost (equivalent VND). Of peers: each plan is judged by
        the checker, which also says the cost; of classplanner, the last one is.
    bounds
        When it had proven more (seconds), and what no plan costs less than (equivalent VND).
    rejected
        How many plans breached a rule; they do not count.
    timetable
        The cheapest plan; None without one.
    """

    status: str
    costs: Moments
    bounds: Moments
    rejected: int
    timetable: Timetable | None


@dataclass(frozen=True)
class Planner:
    """One that takes part.

    Attributes
    ----------
    needs_openings
        Whether it is told when and where each class is held.
    draws
        Whether its seed matters.
    run
        Called with the scenario, seconds, seed and openings; returns what `judged` makes an outcome of.
    """

    needs_openings: bool
    draws: bool
    run: Callable[[Scenario, float, int, Openings | None], Callable[[], Outcome]]
    """The planning itself is timed; what the returned function does, judging, is not."""


def _peer(module: str, *, needs_openings: bool = False, draws: bool = True) -> Planner:
    def run(
        scenario: Scenario, seconds: float, seed: int, openings: Openings | None
    ) -> Callable[[], Outcome]:
        peer: Peer = importlib.import_module(f"benchmarks.peers.{module}").run
        found = peer(scenario, seconds, seed, openings)
        return lambda: judged(scenario, found)

    return Planner(needs_openings, draws, run)


def judged(scenario: Scenario, found: list[Found]) -> Outcome:
    """Have the checker judge the plans of a peer."""
    costs: list[tuple[float, int]] = []
    rejected, best = 0, None
    for one in found:
        verdict = check(scenario, one.timetable)
        if not verdict.ok:
            rejected += 1
        elif not costs or verdict.terms.total < costs[-1][1]:
            costs.append((round(one.seconds, 2), verdict.terms.total))
            best = one.timetable
    return Outcome("feasible" if costs else "unknown", tuple(costs), (), rejected, best)


def _ours(scenario: Scenario, seconds: float, seed: int, openings: Openings | None) -> Callable[[], Outcome]:
    if openings is not None:
        raise ValueError(f"{OURS} chooses openings itself")
    began = time.monotonic()
    steps: list[tuple[float, int | None, int]] = []

    def note(progress: Progress) -> None:
        steps.append((progress.seconds, progress.best, progress.bound))

    result = plan(scenario, time_limit=seconds, seed=seed, workers=_WORKERS, on_progress=note)
    steps.append((time.monotonic() - began, result.objective, result.bound))

    def outcome() -> Outcome:
        costs: list[tuple[float, int]] = []
        bounds: list[tuple[float, int]] = []
        for moment, best, bound in steps:
            if best is not None and (not costs or best < costs[-1][1]):
                costs.append((round(moment, 2), best))
            if not bounds or bound > bounds[-1][1]:
                bounds.append((round(moment, 2), bound))
        verdict = None if result.timetable is None else check(scenario, result.timetable)
        if verdict is None or not verdict.ok:
            return Outcome(result.status, (), tuple(bounds), int(verdict is not None), None)
        return Outcome(result.status, tuple(costs), tuple(bounds), 0, result.timetable)

    return outcome


PLANNERS: Mapping[str, Planner] = {
    OURS: Planner(needs_openings=False, draws=True, run=_ours),
    "timefold": _peer("timefold"),
    "timefold-openings": _peer("timefold", needs_openings=True),
    "cpsat-intervals": _peer("cpsat_intervals"),
    "highs-openings": _peer("highs", needs_openings=True),
    "greedy": _peer("greedy", draws=False),
}
"""By name; those that end in ``-openings`` are given when and where each class is held."""
