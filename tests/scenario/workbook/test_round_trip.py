"""Shows that a scenario comes back the same from a workbook and from TOML, whatever its texts look like.

The environment variable ``CLASSPLANNER_WORKBOOKS`` says how many random scenarios to try, and how many
damaged workbooks.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest

from classplanner.errors import InputError
from classplanner.language import LANGUAGES, Language, LanguageCode, catalogue
from classplanner.scenario import Scenario, load, parse
from classplanner.scenario.dumping import dump_scenario
from classplanner.scenario.faults import folded
from classplanner.scenario.workbook.layout import SHEETS
from tests import builders
from tests.oracle.scenarios import random_scenario
from tests.scenario.workbook.books import cells, write

_NUMBER = int(os.environ.get("CLASSPLANNER_WORKBOOKS", "10"))
_SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios").glob("*.toml"))
_ODD = [
    *("=1+1", "+84", "-x", "@a", "a;b", "a,b", 'q"x', '"', "sáng", "Sáng", "morning", "VD", "001", "1.5"),
    *(
        "2018-03-16",
        "16/03/2018".replace("/", "."),
        "TRUE",
        "Không",
        "No",
        "x",
        "#REF!",
        "a  b",
        "ư" * 90,
    ),
    *(
        "_x0041_",
        "'a",
        "{}",
        "<b>",
        "&amp;",
        "\u4e2d",
        "Nguyễn Thị Ánh",
        "*",
        "None",
        "T2",
        "=",
        "\U0001f600",
    ),
]


def _there_and_back(scenario: Scenario, folder: Path, code: LanguageCode) -> None:
    language = Language(code)
    book, text = folder / "a.xlsx", folder / "b.toml"
    book.write_bytes(dump_scenario(scenario, ".xlsx", language))
    back = load(book)
    assert back == scenario
    assert back.sha256 == scenario.sha256
    text.write_bytes(dump_scenario(back, ".toml", language))
    assert load(text) == scenario
    assert dump_scenario(load(text), ".toml", language) == dump_scenario(scenario, ".toml", language)
    assert dump_scenario(back, ".xlsx", language) == book.read_bytes()


@pytest.mark.parametrize("path", _SCENARIOS, ids=lambda path: path.stem)
def test_shipped_scenarios(path: Path, tmp_path: Path) -> None:
    _there_and_back(load(path), tmp_path, "vi")


def test_what_no_cell_can_hold_is_said_with_its_cell() -> None:
    many = [f"{number:0>100}" for number in range(400)]
    taught = builders.scenario(
        lecturers={one: {"name": one} for one in many}, modules={"TALK": {"lecturers": many}}
    )
    with pytest.raises(InputError) as caught:
        dump_scenario(taught, ".xlsx", Language("en"))
    (fault,) = caught.value.faults
    assert re.match(r"Modules!G3: \"0+…\" is too long for a cell of Excel\.", fault.describe(Language("en")))


def _odd(node: Any, names: dict[str, str], key: str = "") -> Any:
    """Rename all ids of a document, wherever they are named."""
    if isinstance(node, dict):
        return {name: _odd(child, names, name) for name, child in node.items()}
    if isinstance(node, list):
        return [_odd(child, names, key) for child in node]
    if isinstance(node, str) and key not in {"country", "weekdays"}:
        return (
            "/".join(names.get(part, part) for part in node.split("/"))
            if key == "room"
            else names.get(node, node)
        )
    return node


def _ids(node: Any) -> set[str]:
    found = {node["id"]} if isinstance(node, dict) and "id" in node else set()
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return found.union(*(_ids(child) for child in children))


def random_odd_scenario(seed: int) -> Scenario:
    """Draw a scenario and call everything in it by odd names."""
    rng = random.Random(seed)
    document = random_scenario(seed).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    taken = sorted(_ids(document) - {audience["id"] for audience in document.get("audiences", ())})
    odd = rng.sample(_ODD, min(len(_ODD), len(taken)))
    names = dict(zip(taken, odd, strict=False))
    sessions = document["calendar"].get("sessions", ["morning", "afternoon"])
    if rng.random() < 0.5:
        names |= dict(zip(sessions, rng.sample(_ODD, len(sessions)), strict=True))
        document["calendar"]["sessions"] = sessions
    locks = {lock["cohort"] for lock in document.get("locks", ())}
    names = {name: new for name, new in names.items() if name not in locks or name in taken}
    document = _odd(document, names)
    for lecturer in document.get("lecturers", ()):
        lecturer |= {"name": rng.choice(_ODD), "institution": rng.choice(_ODD)}
    document["calendar"]["country"] = rng.choice(["", "VN", "NO"])
    return parse(document)


@pytest.mark.parametrize("seed", range(_NUMBER))
def test_random_scenarios(seed: int, tmp_path: Path) -> None:
    _there_and_back(random_odd_scenario(seed), tmp_path, LANGUAGES[seed % 2])


def _damage(book: dict[str, dict[str, Any]], rng: random.Random) -> str:
    """Do something to the cells that a tired planner may do; return what was merged, if anything."""
    title = rng.choice([title for title, page in book.items() if page])
    page = book[title]
    name = rng.choice(sorted(page))
    match rng.choice(["odd", "odd", "odd", "delete", "copy", "swap", "rename", "merge", "far"]):
        case "odd":
            page[name] = rng.choice(
                [*_ODD, None, True, -1, 1.5, 10**20, 43175, "=A1", "31/02/2018", "a/b/c", "\x07"[:0]]
            )
        case "delete":
            del page[name]
        case "copy":
            page[rng.choice(sorted(page))] = page[name]
        case "swap":
            other = rng.choice(sorted(book))
            book[title], book[other] = book[other], book[title]
        case "rename":
            book[rng.choice(["Lịch", "Lecturers", "x", "Giảng viên "])] = book.pop(title)
        case "merge":
            return f"{title}|{name}:{rng.choice('BCDEF')}{rng.randint(1, 9)}"
        case "far":
            page[rng.choice(["XFD1048576", "A1048576", "XFD1"])] = rng.choice(_ODD)
    return ""


def _merge(area: str) -> dict[str, str]:
    """Write an area from its upper left to its lower right corner."""
    title, _, names = area.partition("|")
    corners = [re.fullmatch(r"([A-Z]+)(\d+)", name) for name in names.split(":")]
    columns = sorted((match[1] for match in corners if match), key=lambda column: (len(column), column))
    rows = sorted(int(match[2]) for match in corners if match)
    return {title: f"{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"} if columns != [] else {}


def _tear(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    return rng.choice([content[:start], content[:start] + rng.randbytes(40) + content[start + 40 :]])


@pytest.mark.parametrize("seed", range(_NUMBER))
def test_damaged_workbooks_are_told_cell_by_cell(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    book = cells(load(next(path for path in _SCENARIOS if path.stem == "two-classes")), LANGUAGES[seed % 2])
    merges: dict[str, str] = {}
    for _ in range(rng.randint(1, 4)):
        area = _damage(book, rng)
        merges |= _merge(area) if area else {}
    path = write(book, tmp_path / "x.xlsx", merges)
    if rng.random() < 0.2:
        path.write_bytes(_tear(path.read_bytes(), rng))
    titles = "|".join(map(re.escape, book))
    try:
        load(path)
    except InputError as error:
        for fault in error.faults:
            assert fault.place == "" or re.fullmatch(rf"({titles})(![A-Z]*\d+)?", fault.place), fault
            for code in LANGUAGES:
                assert fault.describe(Language(code))


def test_titles_of_sheets_and_columns_are_told_apart_in_both_languages() -> None:
    for code in LANGUAGES:
        texts = catalogue(code)
        titles = [folded(texts[f"sheet.{sheet.key}.title"]) for sheet in SHEETS]
        assert len(set(titles)) == len(titles)
    for sheet in SHEETS:
        meant: dict[str, str] = {}
        for column in sheet.columns:
            for code in LANGUAGES:
                title = folded(catalogue(code)[f"sheet.{sheet.key}.column.{column.key}"])
                assert meant.setdefault(title, column.key) == column.key, (sheet.key, title)
                assert len(catalogue(code)[f"sheet.{sheet.key}.hint.{column.key}"]) <= 255
