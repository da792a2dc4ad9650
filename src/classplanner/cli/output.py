"""Writes to standard output and standard error, whoever may be listening there, or no longer."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from typing import IO, Any, cast

import click
from rich.console import Console, RenderableType

from classplanner.errors import OutputError, system_reason

__all__ = [
    "PLAIN_WIDTH",
    "accept_any_character",
    "error_console",
    "say",
    "show",
    "show_json",
    "telling",
    "writing",
]

# Where the output is not a terminal, it has no width; tables then get this many columns.
PLAIN_WIDTH = 120


def accept_any_character() -> None:
    r"""Have characters that the output's encoding lacks written like ``\u1ea1`` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def show(*parts: RenderableType, soft_wrap: bool = False) -> None:
    """Show things on standard output."""
    with writing():
        made = _console(sys.stdout)
        for part in parts:
            made.print(part, soft_wrap=soft_wrap)


def show_json(document: Any) -> None:
    """Write JSON to standard output, in plain ASCII where that does not take UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    with writing():
        click.echo(json.dumps(document, ensure_ascii=encoding != "utf8", indent=1))


def say(text: str) -> None:
    """Tell something on standard error."""
    with telling():
        click.echo(text, err=True)


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Write to standard error; where that is closed, there is nobody to tell."""
    try:
        yield
    except OSError:
        _discard(sys.stderr)


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Write to standard output.

    A reader who closes it early, as ``head`` does, has had enough: that is no failure.

    Raises
    ------
    OutputError
        It cannot be written to for another reason.
    """
    try:
        yield
        if sys.stdout is not None:  # it is where the shell has closed it
            sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise OutputError("stdout", system_reason(error)) from error


def error_console() -> Console:
    """Return a console on standard error; what it cannot write there is lost and does no harm."""
    return _console(cast("IO[str]", _Unfailing(sys.stderr or io.StringIO())))


class _Console(Console):
    """Lets its caller know that the reader has gone; Rich would end the program with exit code 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class _Unfailing:
    """A stream that forgets what it cannot write."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            self._stream.write(text)
        except OSError:
            _discard(self._stream)
        return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            _discard(self._stream)


def _console(stream: IO[str] | None) -> Console:
    """Return a console on a stream that does not guess at markup."""
    made = _Console(file=stream, highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made = _Console(file=stream, highlight=False, markup=False, emoji=False, width=PLAIN_WIDTH)
    return made


def _discard(stream: IO[str]) -> None:
    """Have all that is still written to a stream vanish, what waits in its buffer included."""
    with contextlib.suppress(OSError):  # a stream that is no file has nothing to vanish from
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
