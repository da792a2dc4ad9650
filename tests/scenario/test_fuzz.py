"""Shows that no file, however broken, does more to the reader than raise an `InputError`.

The shipped scenarios are changed at random, as a tired planner, a broken disk or a hostile program might, and
read. What is still accepted must come back the same through JSON. The environment variable
``CLASSPLANNER_FUZZ`` says how many files to try.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import os
import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from classplanner.errors import InputError
from classplanner.language import LANGUAGES, Language
from classplanner.scenario import load
from tests.documents import as_toml

_NUMBER = int(os.environ.get("CLASSPLANNER_FUZZ", "300"))
_BATCHES = 10
_DOCUMENTS = [
    tomllib.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
]
_LANGUAGES = [Language(code) for code in LANGUAGES]

Way = tuple[Any, Any]
"""A table or list, and a key or position in it."""


def _ways(node: Any) -> list[Way]:
    """List the way to every value in a document."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [way for key in keys for way in [(node, key), *_ways(node[key])]]


def _odd_value(rng: random.Random) -> Any:
    return rng.choice(
        [
            *(None, True, 0, -1, 1.5, 10**18, 10**400, float("nan"), float("inf")),
            *(
                "",
                " ",
                "x",
                "7",
                "a/b",
                "a/b/c",
                "\x00",
                "\u200b",
                "Hà\u0323",
                "\ud800",
                "a" * 1_000,
                "{value}",
            ),
            *("2018-03-16", "16/03/2018", "2018-02-30", "0001-01-01", "9999-12-31", "mon", "van-phu/hall"),
            *([], {}, [[]], [{}], [None], {"id": "x"}, {"id": {}}, {"from": 1}, {"2018": 1}, {"": ""}),
            *(dt.date(1, 1, 1), dt.date(2018, 3, 16), dt.datetime(2018, 3, 16, tzinfo=dt.UTC), dt.time(8)),
        ]
    )


def _replace(way: Way, rng: random.Random, document: Any) -> None:
    parent, key = way
    parent[key] = copy.deepcopy(_odd_value(rng))


def _delete(way: Way, rng: random.Random, document: Any) -> None:
    parent, key = way
    del parent[key]


def _empty(way: Way, rng: random.Random, document: Any) -> None:
    parent, key = way
    parent[key] = type(parent[key])() if isinstance(parent[key], str | list | dict) else 0


def _duplicate(way: Way, rng: random.Random, document: Any) -> None:
    parent, key = way
    if isinstance(parent, list):
        parent.insert(rng.randrange(len(parent) + 1), copy.deepcopy(parent[key]))
    else:
        parent[f"{key}{key}"] = copy.deepcopy(parent[key])


def _swap(way: Way, rng: random.Random, document: Any) -> None:
    """Exchange two values that do not contain one another, such as two sections."""
    (parent, key), (other, name) = way, rng.choice(_ways(document))
    parent[key], other[name] = copy.deepcopy(other[name]), copy.deepcopy(parent[key])


def _add(way: Way, rng: random.Random, document: Any) -> None:
    parent, _ = way
    if isinstance(parent, dict):
        parent[rng.choice(["unknown", "id", "from", "from_", "[key]", "a.b", "", "\x1b[0m", "2018"])] = (
            _odd_value(rng)
        )


def _nudge(way: Way, rng: random.Random, document: Any) -> None:
    """Change a value a little: a letter, a day, a few."""
    parent, key = way
    value = parent[key]
    if isinstance(value, str) and value:
        place = rng.randrange(len(value))
        parent[key] = value[:place] + rng.choice(["", "x", " ", value]) + value[place + 1 :]
    elif isinstance(value, dt.date):
        parent[key] = value + dt.timedelta(days=rng.choice([-9_000, -30, -1, 1, 30, 9_000]))
    elif isinstance(value, int):
        parent[key] = value + rng.choice([-1, 1, 10**6])


def _bury(way: Way, rng: random.Random, document: Any) -> None:
    parent, key = way
    for _ in range(rng.choice([1, 10, 100])):
        parent[key] = rng.choice([[parent[key]], {"id": parent[key]}])


_MUTATIONS: list[Callable[[Way, random.Random, Any], None]] = [
    _replace,
    _delete,
    _empty,
    _duplicate,
    _swap,
    _add,
    _nudge,
    _bury,
]


def _mutant(rng: random.Random) -> Any:
    document = copy.deepcopy(rng.choice(_DOCUMENTS))
    for _ in range(rng.randint(1, 3)):
        if ways := _ways(document):
            rng.choice(_MUTATIONS)(rng.choice(ways), rng, document)
    return document


def _damaged(content: bytes, rng: random.Random) -> bytes:
    """Break the bytes of a file."""
    start = rng.randrange(len(content) + 1)
    end = min(len(content), start + rng.choice([0, 1, 1, 50]))
    damage = rng.choice(["truncate", "cut", "noise", "encode", "mark"])
    match damage:
        case "truncate":
            return content[:start]
        case "cut":
            return content[:start] + content[end:]
        case "noise":
            return content[:start] + rng.randbytes(end - start) + content[end:]
        case "encode":
            return content.decode("utf-8", "replace").encode(
                rng.choice(["utf-16", "cp1258", "latin-1"]), "replace"
            )
        case _:
            return b"\xef\xbb\xbf" + content


def _write(document: Any, folder: Path, rng: random.Random) -> Path:
    """Write a mutant as TOML, or as JSON where TOML has no words for it; now and then, damage the file."""
    try:
        content, name = as_toml(document).encode(), "lớp.toml"
    except (TypeError, AttributeError, UnicodeError):
        content, name = b"", "lớp.json"
    if not content or rng.random() < 0.5:
        content, name = json.dumps(document, default=str).encode(), "lớp.json"
    path = folder / name
    path.write_bytes(_damaged(content, rng) if rng.random() < 0.15 else content)
    return path


def _tell(error: InputError, path: Path) -> None:
    assert error.faults
    for fault in error.faults:
        for language in _LANGUAGES:
            assert fault.describe(language).encode().startswith(str(path).encode())


def _read(path: Path) -> str:
    """Read a file, and show that its faults can be told or that it comes back the same through JSON."""
    try:
        scenario = load(path)
    except InputError as error:
        _tell(error, path)
        return "refused"
    copied = path.with_name("bản sao.json")
    copied.write_text(scenario.model_dump_json(by_alias=True), "utf-8")
    again = load(copied)
    assert again == scenario
    assert again.sha256 == scenario.sha256
    assert again.all_cohorts == scenario.all_cohorts
    return "accepted"


def _try(number: int, folder: Path) -> str:
    rng = random.Random(number)
    path = _write(_mutant(rng), folder, rng)
    try:
        return _read(path)
    except Exception as error:
        pytest.fail(f"mutant {number}: {error!r}")


@pytest.mark.parametrize("batch", range(_BATCHES))
def test_a_broken_file_is_refused_or_accepted_and_nothing_else(batch: int, tmp_path: Path) -> None:
    for number in range(batch, _NUMBER, _BATCHES):
        assert _try(number, tmp_path)


def test_some_mutants_are_refused_and_some_accepted(tmp_path: Path) -> None:
    assert {_try(number, tmp_path) for number in range(30)} == {"refused", "accepted"}
