"""The exit codes, which scripts rely on."""

from __future__ import annotations

from classplanner.timetable import Status

__all__ = ["EXIT_BUG", "EXIT_FAULTY", "EXIT_NEGATIVE", "EXIT_OF", "EXIT_OK", "EXIT_STOPPED", "EXIT_UNKNOWN"]

EXIT_OK = 0
# No plan exists, or a check found breaches.
EXIT_NEGATIVE = 1
# Bad input, or a result that cannot be written.
EXIT_FAULTY = 2
# Limits were reached with neither a plan nor a proof.
EXIT_UNKNOWN = 3
EXIT_BUG = 70
# Ctrl-C where there is nothing yet to stop with; shells count 128 + 2.
EXIT_STOPPED = 130

EXIT_OF: dict[Status, int] = {
    "optimal": EXIT_OK,
    "feasible": EXIT_OK,
    "infeasible": EXIT_NEGATIVE,
    "unknown": EXIT_UNKNOWN,
}
