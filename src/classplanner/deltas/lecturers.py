"""Changes of lecturers: when they are free, how much they teach, what they may teach, their fees."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from classplanner.deltas.base import Lecturers, Modules, exactly_one, set_and_lift
from classplanner.deltas.draft import Draft, listed
from classplanner.scenario import Lecturer, Period
from classplanner.scenario.values import Count, Day, Identifier, Money

__all__ = ["AddLecturer", "Away", "ChangeLoad", "Disqualify", "Fees", "Free", "Leave", "Qualify"]

_LOADS = ("max_sessions_per_day", "max_sessions_per_week", "max_sessions", "target_sessions")


class Away(Lecturers, Period):
    """A lecturer is away in a period."""

    kind: Literal["away"] = "away"
    """What the change does."""

    @property
    def restricts(self) -> bool:
        """Plans are only ruled out."""
        return True

    def edit(self, draft: Draft) -> None:
        """Add the period to those of leave."""
        for lecturer in self.concerned(draft):
            listed(lecturer, "unavailable").append(self.part(Period))


class Leave(Lecturers):
    """A lecturer teaches no longer."""

    kind: Literal["leave"] = "leave"
    """What the change does."""
    from_: Day | None = Field(default=None, alias="from", title="From")
    """First day without the lecturer; never there when left out."""

    @property
    def restricts(self) -> bool:
        """Plans are only ruled out."""
        return True

    def edit(self, draft: Draft) -> None:
        """Add leave until the end of the plan."""
        last = draft.calendar["last_day"]
        for lecturer in self.concerned(draft):
            away = {} if self.from_ is None else {"from": self.from_, "to": max(self.from_, last)}
            listed(lecturer, "unavailable").append(away)


class Free(Lecturers, Period):
    """A lecturer is free in a period after all."""

    kind: Literal["free"] = "free"
    """What the change does."""

    def edit(self, draft: Draft) -> None:
        """Take the period out of those of leave; add it to those in which the lecturer is available."""
        period = self.part(Period)
        for lecturer in self.concerned(draft):
            lecturer["unavailable"] = draft.periods_without(listed(lecturer, "unavailable"), period)
            if "available" in lecturer:
                lecturer["available"].append(period)


class ChangeLoad(Lecturers):
    """A lecturer teaches more or less."""

    kind: Literal["load"] = "load"
    """What the change does."""
    max_sessions_per_day: Count | None = None
    """Most sessions a day."""
    max_sessions_per_week: Count | None = None
    """Most sessions a week, Monday to Sunday."""
    max_sessions: Count | None = None
    """Most sessions in the whole plan."""
    target_sessions: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] | None = None
    """A fair share of sessions in the whole plan."""
    lift: tuple[
        Literal["max_sessions_per_day", "max_sessions_per_week", "max_sessions", "target_sessions"], ...
    ] = ()
    """Keys that do not restrict any more."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.needs("lift", *_LOADS)
        return self

    def edit(self, draft: Draft) -> None:
        """Set and lift limits."""
        for lecturer in self.concerned(draft):
            set_and_lift(lecturer, self.given(*_LOADS), self.lift)


class Fees(Lecturers):
    """A lecturer's fee is another one; those of all lecturers where none is named."""

    needs_one: ClassVar[bool] = False

    kind: Literal["fees"] = "fees"
    """What the change does."""
    fee: Money | None = None
    """VND per session."""
    percent: Annotated[int, Field(strict=True, ge=-100, le=10_000)] | None = None
    """So many per cent more (less below 0) than so far, rounded to whole VND."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        exactly_one(self, "fee", "percent")
        return self

    @property
    def restricts(self) -> bool:
        """Plans only become dearer where all fees rise."""
        return self.percent is not None and self.percent >= 0

    def edit(self, draft: Draft) -> None:
        """Set or scale the fees."""
        for lecturer in self.concerned(draft):
            scaled = (lecturer.get("fee", 0) * (100 + (self.percent or 0)) + 50) // 100
            lecturer["fee"] = scaled if self.fee is None else self.fee


class _Like(Modules):
    """Names modules by themselves, or as all that another lecturer may teach."""

    like: Identifier | None = None
    """Id of a lecturer: all modules that he or she may teach."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        exactly_one(self, "modules", "like")
        return self

    def qualify(self, draft: Draft, lecturer: str) -> None:
        """Put a lecturer on the lists of the modules, behind those who are there."""
        modules = self.named_modules(draft)
        if self.like is not None:
            draft.know("lecturer", "like", self.like, [table["id"] for table in draft.tables("lecturers")])
            modules = [module for module in modules if self.like in module.get("lecturers", ())]
        for module in modules:
            if lecturer not in listed(module, "lecturers"):
                module["lecturers"].append(lecturer)


class AddLecturer(_Like, Lecturer):
    """A new lecturer, who may teach some modules."""

    kind: Literal["add-lecturer"] = "add-lecturer"
    """What the change does."""

    def edit(self, draft: Draft) -> None:
        """Add the lecturer, last on the lists of the modules."""
        draft.tables("lecturers").append(self.part(Lecturer))
        self.qualify(draft, self.id)


class Qualify(_Like):
    """A lecturer may teach more modules."""

    kind: Literal["qualify"] = "qualify"
    """What the change does."""
    lecturer: Identifier
    """Id of the lecturer."""

    def edit(self, draft: Draft) -> None:
        """Put the lecturer last on the lists of the modules."""
        for lecturer in draft.find("lecturers", self.lecturer, "lecturer"):
            self.qualify(draft, lecturer["id"])


class Disqualify(Modules):
    """A lecturer may teach some modules no longer; none at all where none are named."""

    kind: Literal["disqualify"] = "disqualify"
    """What the change does."""
    lecturer: Identifier
    """Id of the lecturer."""

    def edit(self, draft: Draft) -> None:
        """Take the lecturer off the lists; a list that would be empty is a fault."""
        modules = self.named_modules(draft)
        for lecturer in draft.find("lecturers", self.lecturer, "lecturer"):
            for module in modules:
                names = [name for name in module.get("lecturers", ()) if name != lecturer["id"]]
                if not names and lecturer["id"] in module.get("lecturers", ()):
                    draft.fault("nobody-left", module=module["id"])
                else:
                    module["lecturers"] = names
