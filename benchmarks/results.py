"""The files of results: JSON, one row a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from classplanner.timetable import write_atomic

__all__ = ["RESULTS", "Key", "Row", "merged", "read_rows", "write_rows", "write_tables"]

RESULTS = Path(__file__).parent / "results"
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Row:
    """One planner on one instance, once.

    Attributes
    ----------
    instance, planner, seed
        What was run.
    classes
        How many the instance has.
    seconds, took
        Wall clock allowed and used.
    status
        As in a timetable, or ``unable`` (the planner cannot do this), ``failed`` (it broke), ``time`` or
        ``memory`` (it was ended because it took more than allowed).
    costs, bounds
        (seconds, equivalent VND) whenever there was a cheaper plan or a better proven bound.
    rejected
        Plans of it that breach a rule.
    memory
        Peak of its processes, bytes.
    date
        When, ISO 8601.
    setting
        Machine and versions.
    error
        What it said if it failed.
    """

    instance: str
    planner: str
    seed: int
    classes: int
    seconds: float
    took: float
    status: str
    costs: list[tuple[float, int]]
    bounds: list[tuple[float, int]]
    rejected: int
    memory: int
    date: str
    setting: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def key(self) -> Key:
        """What makes it the same row, rerun."""
        return self.instance, self.planner, self.seed

    @property
    def cost(self) -> float:
        """The final cost, in equivalent VND; infinite without a plan."""
        return self.costs[-1][1] if self.costs else float("inf")

    @property
    def bound(self) -> float:
        """What was proven, in equivalent VND; minus infinity for nothing."""
        return self.bounds[-1][1] if self.bounds else float("-inf")

    @property
    def first(self) -> float:
        """Seconds to the first plan; infinite without one."""
        return self.costs[0][0] if self.costs else float("inf")

    def reached(self, cost: float) -> float:
        """Return the seconds after which it had a plan that costs no more; infinite if it never had."""
        return next((moment for moment, total in self.costs if total <= cost), float("inf"))


def read_rows(path: Path) -> list[Row]:
    """Read a file of results; empty where there is none."""
    if not path.exists():
        return []
    rows = []
    for raw in json.loads(path.read_text("utf-8"))["rows"]:
        pairs = {key: [(moment, total) for moment, total in raw[key]] for key in ("costs", "bounds")}
        rows.append(Row(**{**raw, **pairs}))
    return rows


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write a file of results."""
    write_tables(path, map(asdict, rows))


def write_tables(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows of any kind, one a line."""
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    write_atomic(path, f'{{"rows": [\n{lines}\n]}}\n')


def merged(rows: Iterable[Row]) -> list[Row]:
    """Keep, of rows with the same key, the last one, at the place of the first."""
    kept: dict[Key, Row] = {}
    for row in rows:
        kept[row.key] = row
    return list(kept.values())
