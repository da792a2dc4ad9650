"""How long variants and repairs of a year take: what-if against planning anew, and a lecturer lost mid-year.

``python -m benchmarks.variants TIMETABLE`` begins with a plan of a scenario (by default Hanoi's sixteen
classes) and prints three tables, in Markdown:

1. variants planned from the plan of the base, and anew, each until it is proven as close to
   the best as the base is by prices alone;
2. many variants, two at a time;
3. the plan repaired after each of its busiest lecturers has left in the middle of the year.

Beside seconds of the clock, the first and the third tell those of the processor, which say more on a machine
that does other work as well. The rows are added to ``results/variants-DATE.json``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.results import RESULTS
from benchmarks.setting import setting
from classplanner import Plan, check, load, load_timetable, plan
from classplanner.deltas import Delta, apply, load_delta, parse_words
from classplanner.replanning import replan
from classplanner.scenario import Scenario
from classplanner.solve import Progress
from classplanner.timetable import Timetable, write_atomic
from classplanner.whatif import Job, find_footing, good_enough, plan_one, what_if

Row = dict[str, Any]
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
    tables: dict[int, Callable[[], Iterator[Row]]] = {
        1: lambda: _against_anew(scenario, base, asked.time_limit, asked.shipped),
        2: lambda: _many(scenario, base, asked.many, asked.time_limit),
        3: lambda: _repairs(scenario, base),
    }
    for number, table in tables.items():
        if asked.only in (None, number):
            _keep({"table": number, **setting(), "rows": list(_shown(table()))})


def _shown(rows: Iterable[Row]) -> Iterator[Row]:
    """Print rows as they come."""
    for number, row in enumerate(rows):
        if number == 0:
            print(f"\n| {' | '.join(row)} |\n|{'---|' * len(row)}")
        print(f"| {' | '.join(map(str, row.values()))} |", flush=True)
        yield row


def _keep(measured: Row) -> None:
    """Add a table to the file of the day."""
    path = RESULTS / f"variants-{dt.datetime.now(dt.UTC).date().isoformat()}.json"
    tables = json.loads(path.read_text("utf-8")) if path.exists() else []
    write_atomic(path, json.dumps([*tables, measured], ensure_ascii=False, indent=1) + "\n")


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


def _against_anew(scenario: Scenario, base: Timetable, time_limit: float, number: int) -> Iterator[Row]:
    begun = time.monotonic()
    footing = find_footing(scenario, time_limit)
    gap = good_enough(Plan(scenario, base.status, base, 0, check(scenario, base)), footing) or 0.01
    print(f"Prices of the base, once for all: {time.monotonic() - begun:.1f} s. To a gap of {_percent(gap)}:")
    for delta in itertools.islice(_shipped(), number):
        variant, worked = apply(scenario, delta), time.process_time()
        warm = plan_one(
            Job(delta.title, (0,), variant, base, footing, _floor(base, delta), gap, time_limit, 1)
        )
        worked, work = time.process_time(), time.process_time() - worked
        begun, until = time.monotonic(), _Until(gap)
        cold = plan(variant, time_limit=time_limit, workers=1, on_progress=until.look, stop=until.stop)
        yield {
            "variant": delta.title,
            "seconds": round(warm.seconds, 1),
            "of the processor": round(work, 1),
            "gap": _percent(warm.gap),
            "status": warm.status,
            "seconds anew": round(time.monotonic() - begun, 1),
            "of the processor anew": round(time.process_time() - worked, 1),
            "gap anew": _percent(cold.gap),
            "status anew": cold.status,
        }


class _Until:
    """Ends a search once a gap is reached."""

    def __init__(self, gap: float) -> None:
        self._gap, self._reached = gap, False

    def look(self, progress: Progress) -> None:
        """Take notice of progress."""
        self._reached |= progress.gap is not None and progress.gap <= self._gap

    def stop(self) -> bool:
        """Whether to end."""
        return self._reached


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


def _many(scenario: Scenario, base: Timetable, number: int, time_limit: float) -> Iterator[Row]:
    begun = time.monotonic()
    outcomes = what_if(
        scenario, list(_drawn(scenario, base, number)), base=base, time_limit=time_limit, workers=2
    )
    gaps = sorted(outcome.gap for outcome in outcomes[1:] if outcome.gap is not None)
    yield {
        "variants": number,
        "seconds": round(time.monotonic() - begun),
        **Counter(outcome.status for outcome in outcomes[1:]),
        "median gap": _percent(gaps[len(gaps) // 2]) if gaps else "",
        "largest gap": _percent(gaps[-1]) if gaps else "",
        "seconds each": [round(outcome.seconds, 1) for outcome in outcomes[1:]],
    }


def _repairs(scenario: Scenario, base: Timetable) -> Iterator[Row]:
    dates = sorted({date for meeting in base.meetings for date, _ in meeting.sessions})
    today = dates[len(dates) // 2]
    first = replan(scenario, base, from_=today).free_from
    busy = Counter(
        name for meeting in base.meetings if meeting.sessions[0][0] >= first for name in meeting.lecturers
    )
    for name, number in busy.most_common():
        begun, worked = time.monotonic(), time.process_time()
        variant = apply(scenario, parse_words(f"leave lecturer={name} from={first}"))
        found = replan(variant, base, from_=today, time_limit=30)
        yield {
            "lecturer": name,
            "known on": today.isoformat(),
            "gone from": first.isoformat(),
            "meetings lost": number,
            "repair": found.status,
            "changes": found.number,
            "no fewer than": found.fewest,
            "the past stays": _stays(base, found.timetable, first),
            "the checker agrees": found.verdict is not None and found.verdict.ok,
            "seconds": round(time.monotonic() - begun, 1),
            "of the processor": round(time.process_time() - worked, 1),
        }


def _stays(before: Timetable, after: Timetable | None, day: dt.date) -> bool:
    """Whether the same meetings begin before a day."""
    early = [
        {meeting for meeting in plan.meetings if meeting.sessions[0][0] < day}
        for plan in (before, after)
        if plan is not None
    ]
    return len(early) == 2 and early[0] == early[1]


if __name__ == "__main__":
    main()
