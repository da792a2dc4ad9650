"""Pictures of results: gaps over time, and time and memory over the number of classes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from benchmarks.figures import Case
from benchmarks.planners import PLANNERS
from benchmarks.results import Row

__all__ = ["gaps_over_time", "growth"]

_COLUMNS = 4
_LEAST_GAP = 0.01  # per cent: the lower end of the axis
_COLOURS = dict(zip(PLANNERS, ("C3", "C0", "C9", "C1", "C2", "C7"), strict=True))


def gaps_over_time(cases: Sequence[Case], path: Path) -> None:
    """Draw how each run of each instance closed in on the best proven bound."""
    lines = math.ceil(len(cases) / _COLUMNS)
    figure = Figure(figsize=(4 * _COLUMNS, 2.8 * lines), layout="constrained")
    grid = figure.subplots(lines, _COLUMNS, squeeze=False).flatten()
    for axes in grid[len(cases) :]:
        axes.remove()
    for case, axes in zip(cases, grid, strict=False):
        _gaps(case, axes)
    figure.supxlabel("seconds")
    figure.supylabel("above the best bound, %")
    _save(figure, path)


def _gaps(case: Case, axes: Axes) -> None:
    for planner, rows in case.rows.items():
        for row in rows:
            moments = [*(moment for moment, _ in row.costs), row.seconds]
            gaps = [max(_LEAST_GAP, 100 * case.gap(cost)) for _, cost in row.costs]
            if gaps:
                axes.step(moments, [*gaps, gaps[-1]], where="post", color=_COLOURS[planner], lw=1)
    axes.set(title=case.name, yscale="log", xlim=(0, case.seconds), ylim=(_LEAST_GAP, 20))
    axes.grid(visible=True, alpha=0.3)


def growth(cases: Sequence[Case], path: Path) -> None:
    """Draw the time of the first plan and the peak memory over the number of classes."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    first, memory = figure.subplots(1, 2)
    _over_classes(cases, first, lambda row: row.first)
    first.set(title="first plan, seconds", xlabel="classes")
    _over_classes(cases, memory, lambda row: row.memory / 1e6)
    memory.set(title="peak memory, MB", xlabel="classes")
    _save(figure, path)


def _over_classes(cases: Sequence[Case], axes: Axes, value: Callable[[Row], float]) -> None:
    """Mark the median of each instance; where most runs have no value, nothing."""
    for planner, colour in _COLOURS.items():
        points = [
            (case.classes, median(map(value, case.rows[planner]))) for case in cases if planner in case.rows
        ]
        seen = [(classes, number) for classes, number in points if 0 < number < math.inf]
        if seen:
            sizes, values = zip(*seen, strict=True)
            axes.scatter(sizes, values, color=colour, s=16)
    axes.set(xscale="log", yscale="log")
    axes.grid(visible=True, alpha=0.3)


def _save(figure: Figure, path: Path) -> None:
    """Write a picture that is the same for the same results."""
    handles = [Line2D([], [], color=colour, label=planner) for planner, colour in _COLOURS.items()]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), frameon=False)
    with mpl.rc_context({"svg.hashsalt": "classplanner", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None})
