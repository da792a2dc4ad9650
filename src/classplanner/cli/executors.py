"""Where blocks of a large year, or variants, are planned: in processes of this machine, or by Dask."""

from __future__ import annotations

import contextlib
import importlib
import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import TypedDict

import click

from classplanner.cli.options import workers_option
from classplanner.errors import Fault, InputError
from classplanner.language import Language

__all__ = ["EXECUTORS", "Pool", "executor_options", "opened", "pool_of", "pool_options"]

EXECUTORS = ("processes", "dask")
_SECONDS_TO_CONNECT = 10


class Pool(TypedDict):
    """What plans variants, and how many at a time."""

    workers: int
    executor: Executor | None


def pool_options(language: Language) -> list[click.Option]:
    """Make the options that say what plans variants: --workers, --executor, --scheduler."""
    return [workers_option(language, "what-if"), *executor_options(language, "what-if")]


@contextlib.contextmanager
def pool_of(workers: int | None, kind: str, scheduler: str | None) -> Iterator[Pool]:
    """Open what plans variants; one a core, or one a worker of a cluster, where it is not said how many.

    Raises
    ------
    InputError
        As for `opened`.
    """
    from classplanner.solve import cores  # noqa: PLC0415 - half a second

    with opened(kind, scheduler) as (executor, number):
        yield {"workers": workers or number or cores(), "executor": executor}


def executor_options(language: Language, command: str = "plan") -> list[click.Option]:
    """Make the options --executor and --scheduler of a command."""
    return [
        click.Option(
            ["--executor"],
            type=click.Choice(EXECUTORS),
            default=EXECUTORS[0],
            show_default=True,
            help=language.text(f"cli.{command}.executor"),
        ),
        click.Option(
            ["--scheduler"],
            metavar=language.text("cli.metavar.address"),
            help=language.text("cli.plan.scheduler"),
        ),
    ]


@contextlib.contextmanager
def opened(kind: str, scheduler: str | None) -> Iterator[tuple[Executor | None, int | None]]:
    """Open what plans blocks.

    Yields
    ------
    Executor or None
        None for processes, which are started once they are needed.
    int or None
        How many workers it has; None where the number is for others to say.

    Raises
    ------
    InputError
        The options do not fit together, Dask is not installed, or no cluster answers at the address.
    """
    if (kind == "dask") != (scheduler is not None):
        raise InputError([Fault("", "--scheduler", "scheduler-and-dask")])
    if scheduler is None:
        yield None, None
        return
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise InputError([Fault("", "--executor dask", "no-dask")]) from error
    # What it reports when workers come and go is dealt with here, and not for planners.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        try:
            client = distributed.Client(scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
            stack.callback(client.close, timeout=1)
            workers = len(client.nthreads())
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise InputError([Fault("", "--scheduler", "no-scheduler", {"address": scheduler})]) from error
        if workers == 0:
            raise InputError([Fault("", "--scheduler", "no-workers", {"address": scheduler})])
        yield client.get_executor(pure=False), workers
