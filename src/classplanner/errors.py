"""All exceptions that classplanner raises on purpose.

::

    ClassplannerError
     ├─ InputError             faults in a scenario, a timetable or an option: every one of them (exit 2)
     ├─ OutputError            a result could not be written (exit 2)
     └─ ContradictionError     the checker contradicts the solver: a bug in classplanner (exit 70)
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from classplanner.language import Language, Phrase

__all__ = ["ClassplannerError", "ContradictionError", "Fault", "InputError", "OutputError", "system_reason"]


_SYSTEM_REASONS = {
    errno.ENOENT: "no-file",
    errno.EISDIR: "is-folder",
    errno.ENOTDIR: "not-folder",
    errno.EEXIST: "not-folder",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.EROFS: "no-permission",
    errno.ENOSPC: "disk-full",
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    Attributes
    ----------
    file
        The file as the user named it.
    place
        Where in the file, e.g. ``lecturers[3] "nguyen-van-a" → unavailable[0].to``; empty for the file as a
        whole.
    key
        The sentence in the language catalogues, below ``fault.``.
    values
        What stands in the sentence's placeholders.
    guess
        What was probably meant, if one can guess.
    """

    file: str
    place: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    guess: str | None = None

    def describe(self, language: Language) -> str:
        """Say the fault in one line: file, place, what is wrong, what was meant."""
        sentence = language.text(f"fault.{self.key}", **self.values)
        if self.guess is not None:
            sentence += " " + language.text("fault.did-you-mean", guess=self.guess)
        return ": ".join(part for part in (self.file, self.place, sentence) if part)


class ClassplannerError(Exception):
    """The root of all exceptions that classplanner raises on purpose.

    The arguments of each constructor are those of `Exception`, so that the exceptions can be pickled and pass
    from one process to another.
    """

    def __str__(self) -> str:
        return self.describe(Language("en"))

    def describe(self, language: Language) -> str:
        """Say what happened, for a planner."""
        return super().__str__()


class InputError(ClassplannerError):
    """An input is faulty.

    Attributes
    ----------
    faults
        Every fault found, in the order of the file; never empty.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def describe(self, language: Language) -> str:
        """List the faults, one a line."""
        return "\n".join(fault.describe(language) for fault in self.faults)


class OutputError(ClassplannerError):
    """A result could not be written.

    Attributes
    ----------
    path
        What was to be written.
    reason
        Why not, e.g. as `system_reason` returns it.
    """

    def __init__(self, path: str, reason: str | Phrase) -> None:
        self.path = path
        self.reason = reason
        super().__init__(path, reason)

    def describe(self, language: Language) -> str:
        """Say what could not be written and why."""
        return language.text("error.output", path=self.path, reason=self.reason)


class ContradictionError(ClassplannerError):
    """The checker contradicts the solver: a bug in classplanner, never the planner's fault.

    Attributes
    ----------
    findings
        What the checker says, in English.
    case
        All that is needed to look into it, as JSON.
    dump
        The file that holds the case, once it is written.
    """

    def __init__(self, findings: Iterable[str], case: str = "") -> None:
        self.findings = tuple(findings)
        self.case = case
        self.dump: str | None = None
        super().__init__(self.findings, case)

    def describe(self, language: Language) -> str:
        """Say that this is a bug, and where the case was kept, if it was."""
        said = language.text("error.contradiction", findings="\n".join(self.findings))
        return said if self.dump is None else f"{said}\n{language.text('error.case-kept', dump=self.dump)}"


def system_reason(error: OSError | ValueError) -> str | Phrase:
    """Say why a file could not be read or written: in the reader's language where there are words for it.

    Parameters
    ----------
    error
        What the operating system, or Python on the way to it, raised.
    """
    if isinstance(error, OSError):
        name = _SYSTEM_REASONS.get(error.errno or 0)
        words = error.strerror or str(error)
    else:
        name = None if isinstance(error, UnicodeError) else "bad-name"
        words = str(error)
    return Phrase(f"error.system.{name}") if name is not None else words
