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
from classplanner.cli.options import help_option
from classplanner.cli.plan import plan_command
from classplanner.cli.schema import schema_command
from classplanner.errors import ClassplannerError, ContradictionError
from classplanner.language import LANGUAGES, Language, LanguageCode

__all__ = ["EXIT_BUG", "EXIT_FAULTY", "command", "language_of", "main"]

EXIT_FAULTY = 2
EXIT_BUG = 70


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; never with a traceback.

    Parameters
    ----------
    arguments
        Without the program's name; None for those of the process.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    language = Language(language_of(words, os.environ))
    try:
        code = command(language).main(words, prog_name="classplanner", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except ContradictionError as error:
        error.dump = _keep(error.case, ".json")
        _say(error.describe(language))
        code = EXIT_BUG
    except ClassplannerError as error:
        _say(error.describe(language))
        code = EXIT_FAULTY
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_FAULTY
    except Exception:
        _say(language.text("cli.bug", dump=_keep(traceback.format_exc(), ".txt")))
        code = EXIT_BUG
    sys.exit(code if isinstance(code, int) else 0)


def command(language: Language) -> click.Group:
    """Build the commands with their help in one language."""
    group = click.Group(
        "classplanner",
        help=language.text("cli.help"),
        context_settings={"help_option_names": ["--help"], "max_content_width": 110},
        add_help_option=False,
        params=[
            help_option(language),
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
    for make in (plan_command, check_command, calendar_command, schema_command):
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


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        click.echo(f"classplanner {__version__}")
        context.exit()


def _say(text: str) -> None:
    click.echo(text, err=True)


def _keep(text: str, suffix: str) -> str:
    """Keep a text for a bug report, here or else in the system's directory for temporary files."""
    for directory in (".", tempfile.gettempdir()):
        try:
            descriptor, name = tempfile.mkstemp(suffix, "classplanner-case-", directory)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return str(Path(name).resolve())
    return "-"
