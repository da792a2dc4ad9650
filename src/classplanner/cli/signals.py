"""Lets a signal end the search, not the program: what has been found is still to be written."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["stop_on_signals"]

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextlib.contextmanager
def stop_on_signals() -> Iterator[Callable[[], bool]]:
    """Take Ctrl-C, SIGTERM and the loss of the terminal as a wish to come to an end.

    The yielded function says whether there was one. The search listens to the first two itself, but only
    while it runs; this goes on while the plan is checked and written: a second Ctrl-C does not lose it.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set  # only the main thread may decide about signals
        return

    def ask(_number: int, _frame: Any) -> None:
        asked.set()

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    # What is ignored stays ignored: that is how `nohup` works.
    before = {
        number: signal.signal(number, ask)
        for number in numbers
        if signal.getsignal(number) not in (signal.SIG_IGN, None)
    }
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
