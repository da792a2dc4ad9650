"""``classplanner plan``: plans a scenario, shows the timetable and writes it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from classplanner.api import Plan, load, plan
from classplanner.cli.options import console, help_option, lang_option, scenario_argument
from classplanner.cli.progress import show_progress
from classplanner.errors import OutputError, system_reason
from classplanner.language import Language
from classplanner.report import objective_table, timetable_table

__all__ = ["plan_command"]

_EXIT = {"optimal": 0, "feasible": 0, "infeasible": 1, "unknown": 3}


def plan_command(language: Language) -> click.Command:
    """Make the command."""

    def run(
        scenario: str,
        output: Path | None,
        time_limit: float,
        seed: int,
        workers: int,
        quiet: bool,  # noqa: FBT001
    ) -> int:
        return _plan(
            scenario, output, language, time_limit=time_limit, seed=seed, workers=workers, quiet=quiet
        )

    return click.Command(
        "plan",
        callback=run,
        help=language.text("cli.plan.help"),
        short_help=language.text("cli.plan.short"),
        add_help_option=False,
        params=[
            scenario_argument(),
            click.Option(
                ["-o", "--output"],
                type=click.Path(file_okay=False, path_type=Path),
                metavar="DIR",
                help=language.text("cli.plan.output"),
            ),
            click.Option(
                ["--time-limit"],
                type=click.FloatRange(min=0, min_open=True),
                default=60.0,
                show_default=True,
                metavar="SECONDS",
                help=language.text("cli.plan.time-limit"),
            ),
            click.Option(
                ["--seed"],
                type=click.IntRange(0, 2**31 - 1),
                default=1,
                show_default=True,
                help=language.text("cli.plan.seed"),
            ),
            click.Option(
                ["--workers"],
                type=click.IntRange(1, 256),
                default=1,
                show_default=True,
                help=language.text("cli.plan.workers"),
            ),
            lang_option(language),
            click.Option(["--quiet"], is_flag=True, help=language.text("cli.plan.quiet")),
            help_option(language),
        ],
    )


def _plan(
    path: str,
    output: Path | None,
    language: Language,
    *,
    time_limit: float,
    seed: int,
    workers: int,
    quiet: bool,
) -> int:
    scenario = load(path)
    if output is not None:
        _make_sure_of(output)
    with show_progress(console(errors=True), language, quiet=quiet) as on_progress:
        result = plan(scenario, time_limit=time_limit, seed=seed, workers=workers, on_progress=on_progress)
    if result.timetable is None:
        click.echo(language.text(f"cli.plan.{result.status}"), err=True)
        return _EXIT[result.status]
    # Written before it is shown: a reader who closes the pipe must not cost the plan.
    written = _save(result, output, language) if output is not None else ()
    if not quiet:
        console().print(timetable_table(scenario, result.timetable, language))
        console().print(objective_table(result.timetable, language))
    for file in written:
        click.echo(language.text("cli.plan.written", path=str(file)), err=True)
    return _EXIT[result.status]


def _make_sure_of(directory: Path) -> None:
    """See, before any work is done, that a directory can be written to."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise OutputError(str(directory), system_reason(error)) from error


def _save(result: Plan, directory: Path, language: Language) -> tuple[Path, ...]:
    """Write the files; where that fails by now, keep them elsewhere rather than lose the plan."""
    try:
        return result.save(directory, language.code)
    except OutputError as error:
        elsewhere = Path(tempfile.gettempdir()) / f"classplanner-{os.getpid()}"
        kept = result.save(elsewhere, language.code)
        click.echo(language.text("cli.plan.kept", path=", ".join(map(str, kept))), err=True)
        raise error from None
