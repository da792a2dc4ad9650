"""The entry point: speaks the asked-for language, and turns every error into a message and an exit code."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from classplanner._version import __version__
from classplanner.cli.calendar import calendar_command
from classplanner.cli.check import check_command
from classplanner.cli.diff import diff_command
from classplanner.cli.exits import EXIT_BUG, EXIT_FAULTY, EXIT_OK, EXIT_STOPPED
from classplanner.cli.explain import explain_command, repair_command
from classplanner.cli.export import export_command
from classplanner.cli.frontier import frontier_command
from classplanner.cli.options import lang_option
from classplanner.cli.output import accept_any_character, say, telling, writing
from classplanner.cli.plan import plan_command
from classplanner.cli.replan import replan_command
from classplanner.cli.schema import schema_command
from classplanner.cli.stress import stress_command
from classplanner.cli.what_if import what_if_command
from classplanner.cli.why import suggest_command, why_command, why_not_command
from classplanner.cli.words import click_speaks
from classplanner.cli.workbooks import convert_command, template_command
from classplanner.errors import ClassplannerError, ContradictionError
from classplanner.language import LANGUAGES, Language, LanguageCode

__all__ = ["command", "language_of", "main"]


_COMMANDS = (
    plan_command,
    check_command,
    explain_command,
    repair_command,
    why_command,
    why_not_command,
    suggest_command,
    what_if_command,
    diff_command,
    replan_command,
    stress_command,
    frontier_command,
    calendar_command,
    template_command,
    convert_command,
    export_command,
    schema_command,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; never with a traceback.

    Parameters
    ----------
    arguments
        Without the program's name; None for those of the process.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    language = Language(language_of(words, os.environ))
    accept_any_character()
    with click_speaks(language):
        code = _run(words, language)
    sys.exit(code)


def command(language: Language) -> click.Group:
    """Build the commands with their help in one language."""
    group = click.Group(
        "classplanner",
        help=language.text("cli.help"),
        context_settings={"max_content_width": 110},
        options_metavar=language.text("cli.metavar.options"),
        subcommand_metavar=language.text("cli.metavar.command"),
        params=[
            lang_option(language),
            click.Option(
                ["--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_show_version,
                help=language.text("cli.option.version"),
            ),
        ],
    )
    for make in _COMMANDS:
        group.add_command(make(language))
    return group


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> LanguageCode:
    """Choose the language: ``--lang``, else CLASSPLANNER_LANG, else that of the system, else English.

    It is needed before the command line is parsed: the help is in that language, too.
    """
    asked = ""
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word == "--lang" and position + 1 < len(words):
            asked = words[position + 1]
    system = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    for wanted in (asked, environment.get("CLASSPLANNER_LANG", ""), system[:2]):
        for code in LANGUAGES:
            if wanted == code:
                return code
    return "en"


def _run(words: list[str], language: Language) -> int:
    """Run a command and return the exit code."""
    try:
        code = command(language).main(words, prog_name="classplanner", standalone_mode=False)
    except SystemExit:  # click's way out where nobody reads its help, or where a shell asked for completions
        code = EXIT_OK
    except (Exception, KeyboardInterrupt) as failure:
        code = _explain(failure, language)
    return code if isinstance(code, int) else EXIT_OK


def _explain(failure: BaseException, language: Language) -> int:
    """Say what went wrong and return the exit code."""
    match failure:
        case click.ClickException():
            with telling():
                failure.show()
            code = failure.exit_code
        case click.Abort() | KeyboardInterrupt():
            say(language.text("cli.stopped"))
            code = EXIT_STOPPED
        case ContradictionError():
            failure.dump = _keep(failure.case, ".json")
            say(failure.describe(language))
            code = EXIT_BUG
        case ClassplannerError():
            say(failure.describe(language))
            code = EXIT_FAULTY
        case _:
            details = "".join(traceback.format_exception(failure))
            say(language.text("cli.bug", dump=_keep(details, ".txt")))
            code = EXIT_BUG
    return code


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        with writing():
            click.echo(f"classplanner {__version__}")
        context.exit()


def _keep(text: str, suffix: str) -> str:
    """Keep a text for a bug report, here or else in the system's directory for temporary files."""
    for directory in (".", tempfile.gettempdir()):
        try:
            descriptor, name = tempfile.mkstemp(suffix, "classplanner-case-", directory)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return str(Path(name).resolve())
    return "-"
