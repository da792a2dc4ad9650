"""What lecturers, rooms and modules are called in office files, so that each name stands for one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from classplanner.language import LANGUAGES, catalogue
from classplanner.scenario import Module, Scenario
from classplanner.scenario.faults import folded

__all__ = ["Labels"]


class Labels:
    """Names that are written into cells, and what is meant by a text in a cell.

    Parameters
    ----------
    scenario
        Whose lecturers, rooms and modules these are.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def lecturers(self) -> Mapping[str, str]:
        """Each lecturer's name by id; with the id behind it where others are called the same."""
        return _unique((lecturer.id, lecturer.name or lecturer.id) for lecturer in self.scenario.lecturers)

    @cached_property
    def rooms(self) -> Mapping[str, str]:
        """Each room's name and that of its venue by ``venue/room``."""
        return _unique(
            (f"{venue.id}/{room.id}", f"{room.name or room.id}, {venue.name or venue.id}")
            for venue in self.scenario.venues
            for room in venue.rooms
        )

    def module(self, module: Module) -> str:
        """Return the id and name of a module."""
        return f"{module.id} {module.name}".strip()

    def find_lecturers(self, text: str) -> list[str] | None:
        """Return the ids of the lecturers that a cell names; None where one of them is unknown."""
        found = self._lecturers.get(folded(text))
        if found is not None:
            return [found]
        ids = [
            self._lecturers.get(folded(part.strip()))
            for part in text.replace("\n", ";").split(";")
            if part.strip()
        ]
        return None if None in ids else [one for one in ids if one is not None]

    def find_room(self, text: str) -> str | None:
        """Return the room ``venue/room`` that a cell names; None where it is unknown."""
        return self._rooms.get(folded(text))

    @staticmethod
    def is_off_site(text: str) -> bool:
        """Whether a cell says that a module is taught nowhere in particular."""
        words = ("office.place-off-site", "office.no-place")
        return folded(text) in {folded(catalogue(code)[word]) for code in LANGUAGES for word in words}

    def find_module(self, programme: str, text: str) -> str | None:
        """Return the id of the module that a cell names: by its id, with or without its name, or by name."""
        modules = self.scenario.programme_by_id[programme].modules
        for module in sorted(modules, key=lambda module: -len(module.id)):
            rest = text[len(module.id) :]
            if text.casefold().startswith(module.id.casefold()) and not rest[:1].isalnum():
                return module.id
        named = {folded(module.name): module.id for module in modules if module.name}
        return named.get(folded(text))

    @cached_property
    def _lecturers(self) -> Mapping[str, str]:
        return _meant(self.lecturers)

    @cached_property
    def _rooms(self) -> Mapping[str, str]:
        return _meant(self.rooms)


def _unique(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    pairs = list(names)
    times = Counter(folded(name) for _, name in pairs)
    return {key: name if times[folded(name)] == 1 else f"{name} ({key})" for key, name in pairs}


def _meant(labels: Mapping[str, str]) -> dict[str, str]:
    """Return what each label stands for, folded; ids stand for themselves."""
    return {folded(key): key for key in labels} | {folded(label): key for key, label in labels.items()}
