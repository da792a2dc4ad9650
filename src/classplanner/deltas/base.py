"""What all changes have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Self

from pydantic import Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from classplanner.deltas.draft import Draft, Table
from classplanner.scenario.base import Model
from classplanner.scenario.documents import normal
from classplanner.scenario.values import Identifier, Name, Year

__all__ = ["CalendarYear", "Change", "Lecturers", "Modules", "exactly_one", "set_and_lift"]


# Scenarios have years as keys of tables only, which are texts.
CalendarYear = Annotated[
    Year, WithJsonSchema({"type": "integer", "minimum": 1990, "maximum": 2100}, mode="validation")
]


class Change(Model):
    """One change of a scenario. Its `kind` says what it does, its other keys to what."""

    @abstractmethod
    def edit(self, draft: Draft) -> None:
        """Make the change in a draft of the scenario; what it names and the draft lacks is recorded there."""

    @property
    def restricts(self) -> bool:
        """Whether each plan of what comes out, new classes left out, is a plan of before that cost no more.

        A bound on what plans of before cost then holds for what comes out, too.
        """
        return False

    def part(self, model: type[Model]) -> Table:
        """Return the keys that this change has in common with a model of the scenario, as a raw table."""
        fields = set(model.model_fields)
        table: Table = normal(self.model_dump(by_alias=True, exclude_defaults=True, include=fields))
        return table

    def given(self, *names: str) -> Table:
        """Return those of some keys that are given, as a raw table."""
        return {name: normal(value) for name in names if (value := getattr(self, name)) is not None}

    def needs(self, *names: str) -> None:
        """Refuse a change that has none of some keys."""
        if not any(getattr(self, name) not in (None, ()) for name in names):
            raise PydanticCustomError("at-least-one", "nothing", {"keys": ", ".join(names)})


def exactly_one(change: Change, *names: str) -> None:
    """Refuse a change that has none or several of some keys."""
    if sum(getattr(change, name) is not None for name in names) != 1:
        raise PydanticCustomError("exactly-one", "exactly one", {"keys": ", ".join(names)})


def set_and_lift(table: Table, values: Table, lift: tuple[str, ...]) -> None:
    """Set keys of a table and take others out of it."""
    for key in lift:
        table.pop(key, None)
    table.update(values)


class Lecturers(Change):
    """A change for one lecturer, or for all of an institution."""

    lecturer: Identifier | None = None
    """Id of the lecturer."""
    institution: Name | None = None
    """All lecturers of this institution."""
    needs_one: ClassVar[bool] = True

    @model_validator(mode="after")
    def _whom(self) -> Self:
        if self.needs_one or (self.lecturer, self.institution) != (None, None):
            exactly_one(self, "lecturer", "institution")
        return self

    def concerned(self, draft: Draft) -> list[Table]:
        """Return the tables of the lecturers concerned: all of them where neither key is given."""
        if self.lecturer is not None:
            return draft.find("lecturers", self.lecturer, "lecturer")
        return draft.lecturers_of(self.institution)


class Modules(Change):
    """Names modules of a programme, or of every programme that has them."""

    modules: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """Ids of the modules."""
    programme: Identifier | None = None
    """Id of their programme; every programme that has such modules when left out."""

    def named_modules(self, draft: Draft) -> list[Table]:
        """Return the tables of the modules named: all of the programmes where `modules` is left out."""
        programmes = draft.tables("programmes")
        if self.programme is not None:
            programmes = draft.find("programmes", self.programme, "programme")
        modules = [module for programme in programmes for module in programme["modules"]]
        if self.modules is None or not programmes:
            return modules
        kind = "module" if self.programme is not None else "module-anywhere"
        draft.know(kind, "modules", self.modules, {module["id"] for module in modules})
        return [module for module in modules if module["id"] in self.modules]
