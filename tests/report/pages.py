"""Reads a page back: a small tree of its elements, and its tables as full grids of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from classplanner.language import LANGUAGES, Language, LanguageCode
from classplanner.report import render_html
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable

LANGUAGE = {code: Language(code) for code in LANGUAGES}

_VOID = {"meta", "col", "br", "input"}


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(parts).split())

    def every(self, tag: str = "", **attributes: str) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                if tag in ("", child.tag) and all(child._has(*pair) for pair in attributes.items()):
                    yield child
                yield from child.every(tag, **attributes)

    def one(self, tag: str = "", **attributes: str) -> Element:
        (found,) = self.every(tag, **attributes)
        return found

    def _has(self, name: str, value: str) -> bool:
        if name == "kind":
            return value in self.classes
        return self.attributes.get(name.replace("_", "-")) == value


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read(page: str) -> Element:
    """Parse a page strictly: whatever is opened is closed, in order."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert parser._open == [parser.root]
    return parser.root


def page(scenario: Scenario, timetable: Timetable, code: LanguageCode = "vi") -> Element:
    """Render a page and read it."""
    return read(render_html(scenario, timetable, LANGUAGE[code]))


def cells(table: Element) -> list[list[Element]]:
    """Return the cell that covers each place of a table; no place may be covered twice or left out."""
    rows: list[list[Element]] = []
    for group in table.every():
        if group.tag in ("thead", "tbody", "tfoot"):
            rows += _group(list(group.every("tr")))
    assert len({len(row) for row in rows}) == 1, [len(row) for row in rows]
    return rows


def _group(rows: list[Element]) -> list[list[Element]]:
    places: dict[tuple[int, int], Element] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.children:
            if isinstance(cell, str):
                assert not cell.strip()
                continue
            while (y, x) in places:
                x += 1
            height, width = int(cell.attributes.get("rowspan", 1)), int(cell.attributes.get("colspan", 1))
            assert y + height <= len(rows)
            for place in ((y + dy, x + dx) for dy in range(height) for dx in range(width)):
                assert place not in places
                places[place] = cell
    width = max(x for _, x in places) + 1
    return [[places[y, x] for x in range(width)] for y in range(len(rows))]
