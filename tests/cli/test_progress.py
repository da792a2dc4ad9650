"""Progress is told in a log: a line for what is new, and for each new stage at once."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from classplanner.cli.progress import show_progress
from classplanner.language import Language, LanguageCode
from classplanner.solve import Progress


def logged(*told: Progress, code: LanguageCode = "en") -> list[str]:
    """Tell progress, and return the lines that are written."""
    file = io.StringIO()
    with show_progress(Console(file=file), Language(code), quiet=False) as show:
        for progress in told:
            show(progress)
    return file.getvalue().splitlines()


def test_a_new_stage_is_told_however_soon_it_comes() -> None:
    lines = logged(Progress("prices", None, 5, 10.0), Progress("plan", None, 5, 10.1))
    assert [line.split(" · ")[1] for line in lines] == ["balancing lecturers' time", "looking for a plan"]


def test_what_is_new_a_moment_later_is_not_told() -> None:
    assert len(logged(Progress("plan", None, 5, 10.0), Progress("plan", None, 6, 10.1))) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "1,240 of 2,000 classes planned"), ("vi", "đã xếp 1.240 trong 2.000 lớp")],
)
def test_how_many_classes_of_a_large_year_are_planned(code: LanguageCode, told: str) -> None:
    assert told in logged(Progress("plan", None, 0, 10.0, planned=(1_240, 2_000)), code=code)[0]
