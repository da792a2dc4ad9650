"""Rules that an office knowingly does not keep: which, about what, why, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from classplanner.check import Breach
from classplanner.errors import InputError
from classplanner.export.waiver_book import breach_mark, read_waiver_book
from classplanner.rules import RULES
from classplanner.scenario.base import Model
from classplanner.scenario.content import is_workbook
from classplanner.scenario.documents import items, notation, printable
from classplanner.scenario.faults import Finding, faults, shape_findings
from classplanner.scenario.files import normal_document, read_document
from classplanner.scenario.values import Day, Name

__all__ = ["Waiver", "load_waivers", "waiver_of"]

_Said = Annotated[Name, Field(min_length=1)]


class Waiver(Model):
    """A rule that need not hold for an object: the one that has all the keys that are given."""

    rule: str
    """Id of the rule."""
    cohort: str | None = None
    """Only for this class."""
    module: str | None = None
    """Only for this module."""
    lecturer: str | None = None
    """Only for this lecturer."""
    room: str | None = None
    """Only for this room, written venue/room."""
    venue: str | None = None
    """Only for this venue."""
    mark: str | None = None
    """Only for this breach, by the mark that the files of an export give it."""
    reason: _Said
    """Why."""
    author: _Said
    """Who says so."""
    date: Day | None = None
    """When that was said."""

    def covers(self, breach: Breach) -> bool:
        """Whether a breach is one that this waives."""
        facts = dict(breach.instance.facts)
        wanted = {key: getattr(self, key) for key in ("cohort", "module", "lecturer", "room", "venue")}
        return (
            breach.instance.rule == self.rule
            and all(value is None or facts.get(key) == value for key, value in wanted.items())
            and self.mark in (None, breach_mark(breach))
        )


class _File(Model):
    waivers: tuple[Waiver, ...]


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read waivers from a workbook like that of `waiver_book`, or a TOML or JSON file that lists ``waivers``.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    findings: list[Finding] = []
    cells = None
    if is_workbook(path):
        document, cells, findings = read_waiver_book(path)
    else:
        document = normal_document(read_document(path), str(path))
    findings += _unknown_rules(document)
    read = None
    try:
        read = _File.model_validate(document)
    except ValidationError as error:
        told = {finding.location for finding in findings}
        findings += [found for found in shape_findings(error, _File) if found.location not in told]
    if findings or read is None:
        raise InputError(faults(findings, document, str(path), cells))
    return read.waivers


def _unknown_rules(document: Any) -> Iterator[Finding]:
    for where, waiver in items(document, "waivers"):
        rule = waiver.get("rule")
        if isinstance(rule, str) and rule not in RULES:
            values = {"value": notation(printable(rule)), "expected": ", ".join(RULES)}
            yield Finding((*where, "rule"), "not-one-of", values, rule, RULES)


def waiver_of(breach: Breach, waivers: Iterable[Waiver]) -> Waiver | None:
    """Return the first waiver that covers a breach."""
    return next((waiver for waiver in waivers if waiver.covers(breach)), None)
