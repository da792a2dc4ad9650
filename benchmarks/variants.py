"""How long variants and repairs of a year take: what-if against planning anew, and a lecturer lost mid-year.

``python -m benchmarks.variants TIMETABLE`` begins with a plan of a scenario (by default Hanoi's sixteen
classes) and prints three tables, in Markdown:

1. variants planned from the plan of the base, and anew, each until its gap is that of the base;
2. many variants, two at a time;
3. the plan repaired after each of its busiest lecturers has left in the middle of the year.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from classplanner import load, load_timetable, plan
from classplanner.deltas import Delta, apply, load_delta, parse_words
from classplanner.replanning import replan
from classplanner.scenario import Scenario
from classplanner.solve import Progress
from classplanner.timetable import Timetable
from classplanner.whatif import Job, find_footing, plan_one, what_if

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("timetable", type=Path, help="a plan of the scenario")
    parser.add_argument("--scenario", type=Path, default=SCENARIOS / "hanoi-commune-leaders.toml")
    parser.add_argument("--time-limit", type=float, default=240.0, help="seconds for a variant")
    parser.add_argument("--shipped", type=int, default=100, help="how many variants in the first table")
    parser.add_argument("--many", type=int, default=100, help="how many variants in the second table")
    parser.add_argument("--only", type=int, choices=(1, 2, 3), help="only this table")
    asked = parser.parse_args()
    scenario = load(asked.scenario)
    base = load_timetable(asked.timetable, scenario)
    if asked.only in (None, 1):
        _against_anew(scenario, base, asked.time_limit, asked.shipped)
    if asked.only in (None, 2):
        _many(scenario, base, asked.many, asked.time_limit)
    if asked.only in (None, 3):
        _repairs(scenario, base)


def _gap(base: Timetable) -> float:
    """Return the gap of a plan, which variants are to reach."""
    return 0.01 if base.objective is None else base.objective.gap


def _floor(base: Timetable, delta: Delta) -> int:
    """Return what the bound of a plan says of a variant."""
    restricted = all(change.restricts for change in delta.changes)
    return base.objective.bound if base.objective is not None and restricted else 0


def _shipped() -> Iterator[Delta]:
    """Go through the deltas for Hanoi's sixteen classes."""
    for file in sorted((SCENARIOS / "what-if").glob("*.toml")):
        first = file.read_text("utf-8").splitlines()[0]
        if "hanoi-commune-leaders" in first or "any" in first:
            yield load_delta(file)


def _against_anew(scenario: Scenario, base: Timetable, time_limit: float, number: int) -> None:
    print("| variant | gap reached from the base | seconds | anew | seconds |\n|---|---|---|---|---|")
    footing = find_footing(scenario, time_limit)
    for delta in itertools.islice(_shipped(), number):
        variant = apply(scenario, delta)
        warm = plan_one(
            Job(delta.title, (0,), variant, base, footing, _floor(base, delta), _gap(base), time_limit, 1)
        )
        begun = time.monotonic()
        until = _Until(_gap(base))
        cold = plan(
            variant,
            time_limit=time_limit,
            workers=1,
            on_progress=until.look,
            stop=lambda until=until: until.reached,  # type: ignore[misc]
        )
        seconds = time.monotonic() - begun
        print(
            f"| {delta.title} | {_percent(warm.gap)} {warm.status} | {warm.seconds:.1f} "
            f"| {_percent(cold.gap)} {cold.status} | {seconds:.1f} |",
            flush=True,
        )


class _Until:
    """Ends a search once a gap is reached."""

    def __init__(self, gap: float) -> None:
        self._gap, self.reached = gap, False

    def look(self, progress: Progress) -> None:
        """Take notice of progress."""
        self.reached |= progress.gap is not None and progress.gap <= self._gap


def _percent(gap: float | None) -> str:
    return "" if gap is None else f"{100 * gap:.2f} %"


def _drawn(scenario: Scenario, base: Timetable, number: int) -> Iterator[Delta]:
    """Draw variants: somebody is away, a hall is closed, fees and prices change."""
    rng = random.Random(1)
    days = sorted({date for meeting in base.meetings for date, _ in meeting.sessions})
    for _ in range(number):
        day = rng.choice(days)
        week = day + dt.timedelta(days=4)
        lecturer, venue = rng.choice(scenario.lecturers), rng.choice(scenario.venues)
        yield parse_words(
            rng.choice(
                (
                    f"away lecturer={lecturer.id} from={day} to={week}",
                    f"away lecturer={lecturer.id} from={day}",
                    f"leave lecturer={lecturer.id} from={day}",
                    f"fees lecturer={lecturer.id} percent={rng.randint(-30, 50)}",
                    f"room room={venue.id}/{venue.rooms[0].id} daily_cost={rng.randint(20, 50)}00000",
                )
            )
        )


def _many(scenario: Scenario, base: Timetable, number: int, time_limit: float) -> None:
    begun = time.monotonic()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        outcomes = what_if(
            scenario, list(_drawn(scenario, base, number)), base=base, time_limit=time_limit, executor=pool
        )
    status = Counter(outcome.status for outcome in outcomes[1:])
    gaps = sorted(outcome.gap for outcome in outcomes[1:] if outcome.gap is not None)
    middle = _percent(gaps[len(gaps) // 2]) if gaps else ""
    print(
        f"\n{number} variants, two at a time: {time.monotonic() - begun:.0f} s; {dict(status)}; "
        f"median gap {middle}, largest {_percent(gaps[-1]) if gaps else ''}"
    )


def _repairs(scenario: Scenario, base: Timetable) -> None:
    dates = sorted({date for meeting in base.meetings for date, _ in meeting.sessions})
    today = dates[len(dates) // 2]
    first = replan(scenario, base, from_=today).free_from
    busy = Counter(
        name for meeting in base.meetings if meeting.sessions[0][0] >= first for name in meeting.lecturers
    )
    print(f"\nLost from {first} on, known on {today}\n")
    print(
        "| lecturer | meetings lost | repair | changes | no fewer than | seconds |\n|---|---|---|---|---|---|"
    )
    for name, number in busy.most_common():
        begun = time.monotonic()
        variant = apply(scenario, parse_words(f"leave lecturer={name} from={first}"))
        found = replan(variant, base, from_=today, time_limit=30)
        seconds = time.monotonic() - begun
        print(
            f"| {name} | {number} | {found.status} | {found.number} | {found.fewest} | {seconds:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
