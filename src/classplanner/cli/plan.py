"""``classplanner plan``: plans a scenario, shows the timetable and writes it."""

from __future__ import annotations

import contextlib
import functools
import tempfile
from pathlib import Path

import click

from classplanner.api import Plan, load, plan
from classplanner.cli.executors import executor_options, opened
from classplanner.cli.exits import EXIT_FAULTY, EXIT_OF
from classplanner.cli.options import (
    file_argument,
    lang_option,
    number_option,
    output_option,
    time_limit_option,
    workers_option,
)
from classplanner.cli.output import error_console, say, show
from classplanner.cli.progress import show_progress
from classplanner.cli.reading import read_plan
from classplanner.cli.signals import stop_on_signals
from classplanner.errors import Fault, InputError, OutputError, system_reason
from classplanner.language import Language
from classplanner.report import objective_table, timetable_table
from classplanner.scenario import Scenario
from classplanner.timetable import TIMETABLE_FILE, Timetable

__all__ = ["make_sure_of", "plan_command", "search_options"]


def plan_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "plan",
        callback=functools.partial(_plan, language=language),
        help=language.text("cli.plan.help"),
        short_help=language.text("cli.plan.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            output_option(language, "plan"),
            click.Option(
                ["--resume"],
                type=click.Path(path_type=Path),
                metavar=language.text("cli.metavar.output"),
                help=language.text("cli.plan.resume"),
            ),
            click.Option(["--partial"], is_flag=True, help=language.text("cli.plan.partial")),
            *search_options(language),
            *executor_options(language),
            lang_option(language),
            click.Option(["--quiet"], is_flag=True, help=language.text("cli.plan.quiet")),
        ],
    )


def search_options(language: Language, *, workers: bool = True) -> list[click.Option]:
    """Make the options that every search has: its time, its seed and, where it has any, its workers."""
    options = [
        time_limit_option(language, 60),
        number_option(language, "plan", "seed", (0, 2**31 - 1), default=1, show_default=True),
        workers_option(language, "plan"),
    ]
    return options if workers else options[:-1]


def _plan(
    *,
    language: Language,
    scenario: str,
    output: Path | None,
    resume: Path | None,
    partial: bool,
    time_limit: float,
    seed: int,
    workers: int | None,
    executor: str,
    scheduler: str | None,
    quiet: bool,
) -> int:
    planned = load(scenario)
    start = None if resume is None else _resumed(resume, planned, partial=partial)
    output = output or resume
    if output is not None:
        make_sure_of(output)
    with stop_on_signals() as stop:
        with (
            opened(executor, scheduler) as (planners, number),
            show_progress(error_console(), language, quiet=quiet) as on_progress,
        ):
            result = plan(
                planned,
                time_limit=time_limit,
                seed=seed,
                workers=workers or number,
                executor=planners,
                partial=partial,
                start=start,
                on_progress=on_progress,
                on_plan=None if output is None else functools.partial(_keep_up, output),
                stop=stop,
            )
        # Written before it is shown: whatever happens to the terminal must not cost the plan.
        files, failure = _write(result, output, language)
    lost = failure is not None and not files
    try:
        _show(result, language, quiet=quiet and not lost)
    finally:
        _tell(files, failure, language)
    return EXIT_OF[result.status] if failure is None else EXIT_FAULTY


def _resumed(directory: Path, scenario: Scenario, *, partial: bool) -> Timetable:
    """Read the plan to go on from."""
    path = directory / TIMETABLE_FILE
    timetable = read_plan(path, scenario, partial="resume-partial")
    if partial:
        raise InputError([Fault(str(path), "", "resume-partial")])
    return timetable


def _keep_up(directory: Path, found: Plan) -> None:
    """Write a plan on the way; where that fails, the end of the run says so."""
    with contextlib.suppress(OutputError):
        found.save_data(directory)


def make_sure_of(directory: Path) -> None:
    """See, before any work is done, that a directory can be written to; leave no trace of having looked."""
    missing: list[Path] = []
    try:
        missing += [folder for folder in (directory, *directory.parents) if not folder.exists()]
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except (OSError, ValueError) as error:
        raise OutputError(str(directory), system_reason(error)) from error
    finally:
        for folder in missing:
            with contextlib.suppress(OSError):  # it was not made, or somebody else uses it by now
                folder.rmdir()


def _write(
    result: Plan, output: Path | None, language: Language
) -> tuple[tuple[Path, ...], OutputError | None]:
    """Write the files; where that fails by now, keep them elsewhere rather than lose the plan.

    Returns
    -------
    tuple of Path
        What was written, there or elsewhere.
    OutputError or None
        Why it is elsewhere.
    """
    if output is None:
        return (), None
    try:
        return result.save(output, language.code), None
    except OutputError as failure:
        return _keep(result, language), failure


def _keep(result: Plan, language: Language) -> tuple[Path, ...]:
    """Write as many of the files as possible to the place for temporary files, or else here."""
    for parent in (tempfile.gettempdir(), "."):
        with contextlib.suppress(OSError):
            directory = Path(tempfile.mkdtemp(prefix="classplanner-plan-", dir=parent)).resolve()
            with contextlib.suppress(OutputError):
                result.save(directory, language.code)
            kept = tuple(sorted(directory.iterdir()))
            if kept:
                return kept
            directory.rmdir()
    return ()


def _show(result: Plan, language: Language, *, quiet: bool) -> None:
    """Show the plan, unless nobody wants to see it; where there is none, say so anyway."""
    if result.timetable is None:
        say(language.text(f"cli.plan.{result.status}"))
    elif not quiet:
        show(
            timetable_table(result.scenario, result.timetable, language),
            objective_table(result.timetable, language),
        )


def _tell(files: tuple[Path, ...], failure: OutputError | None, language: Language) -> None:
    """Say what was written where, and why not where it was to be."""
    if failure is not None:
        say(failure.describe(language))
        say(language.text("cli.plan.kept", path=files) if files else language.text("cli.plan.lost"))
    else:
        for file in files:
            say(language.text("cli.written", path=file))
