"""Shows how far a run has come: one line that is kept up to date, or a line an improvement in a log."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from classplanner.language import Language
from classplanner.report.costs import describe_gap

if TYPE_CHECKING:
    from classplanner.solve import Progress

__all__ = ["show_progress"]

_SECONDS_BETWEEN_LINES = 1.0


@contextlib.contextmanager
def show_progress(
    console: Console, language: Language, *, quiet: bool
) -> Iterator[Callable[[Progress], None]]:
    """Show the progress that the yielded function is told of.

    Parameters
    ----------
    console
        Where to show it: in place on a terminal, line by line elsewhere.
    quiet
        Show nothing.
    """
    if quiet:
        yield lambda _: None
    elif console.is_terminal:
        line = _Line(language)
        with Live(line, console=console, refresh_per_second=8, transient=True):
            yield line.update
    else:
        yield _Log(console, language).update


class _Line:
    """The latest progress, with a clock that runs on between two of them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.started = time.monotonic()
        self.latest: Progress | None = None

    def update(self, progress: Progress) -> None:
        self.latest = progress

    def __rich__(self) -> Text:
        return Text(_tell(self.latest, time.monotonic() - self.started, self.language))


class _Log:
    """Writes a line at each new stage or better plan, but not too many."""

    def __init__(self, console: Console, language: Language) -> None:
        self.console = console
        self.language = language
        self.told: Progress | None = None

    def update(self, progress: Progress) -> None:
        if self.told is not None and not self._is_news(self.told, progress):
            return
        self.told = progress
        self.console.print(_tell(progress, progress.seconds, self.language), soft_wrap=True)

    @staticmethod
    def _is_news(told: Progress, now: Progress) -> bool:
        first = now.stage != told.stage or (told.best is None and now.best is not None)
        late = now.seconds - told.seconds >= _SECONDS_BETWEEN_LINES
        return first or (late and replace(now, seconds=told.seconds) != told)


def _tell(progress: Progress | None, seconds: float, language: Language) -> str:
    parts = [language.text("cli.progress.seconds", seconds=int(seconds))]
    if progress is not None:
        parts.append(language.text(f"cli.progress.stage.{progress.stage}"))
        if progress.trainees is not None and progress.most is not None:
            told = language.text("cli.progress.trainees", trainees=progress.trainees, most=progress.most)
            parts.append(told)
        if progress.planned is not None:
            planned, classes = progress.planned
            parts.append(language.text("cli.progress.planned", planned=planned, classes=classes))
        if progress.best is not None:
            parts.append(language.text("cli.progress.best", best=progress.best))
        if progress.bound:
            parts.append(language.text("cli.progress.bound", bound=progress.bound))
        if progress.gap is not None:
            parts.append(language.text("cli.progress.gap", gap=describe_gap(progress.gap, language)))
    return " · ".join(parts)
