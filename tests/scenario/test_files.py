"""Shows that a scenario is read from TOML and JSON alike, and how files that cannot be read are told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from classplanner.errors import InputError
from classplanner.language import Language
from classplanner.scenario import content, load
from tests.documents import SOUND, as_json, as_toml

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Return a way to write a file, by its name and content."""

    def write(content: str | bytes, name: str = "lớp.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _told(path: Path) -> list[str]:
    """Return the faults of a file, without its name."""
    with pytest.raises(InputError) as caught:
        load(path)
    for fault in caught.value.faults:
        assert fault.describe(Language("vi")).startswith(f"{path}: ")
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]


def test_toml_and_json_of_the_same_content_are_the_same_scenario(save: Save) -> None:
    toml, json = save(as_toml(SOUND)), save(as_json(SOUND), "lớp.json")
    assert load(toml) == load(json)
    assert load(toml).sha256 == load(json).sha256
    assert load(str(toml)) == load(toml)


@pytest.mark.parametrize(("name", "classes"), [("hanoi-2018", ["K2"]), ("two-classes", ["MC-1", "MC-2"])])
def test_the_shipped_scenarios_are_sound(name: str, classes: list[str]) -> None:
    scenario = load(Path(__file__).parents[2] / "scenarios" / f"{name}.toml")
    assert [cohort.id for cohort in scenario.all_cohorts] == classes


@pytest.mark.parametrize(("name", "write"), [("A.TOML", as_toml), ("a.Json", as_json)])
def test_a_byte_order_mark_and_capitals_in_the_suffix_do_no_harm(
    save: Save, name: str, write: Callable[[object], str]
) -> None:
    assert load(save(b"\xef\xbb\xbf" + write(SOUND).encode(), name)).name == "thử"


def test_windows_line_ends_do_no_harm(save: Save) -> None:
    assert load(save(as_toml(SOUND).replace("\n", "\r\n"))).name == "thử"


def test_decomposed_vietnamese_is_read_as_composed(save: Save) -> None:
    text = as_toml(SOUND | {"name": "Lớp bồi dưỡng"})
    assert load(save(unicodedata.normalize("NFD", text))).name == "Lớp bồi dưỡng"


# --- files that cannot be read


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lớp.toml"
    assert _told(path) == ["The file cannot be read: there is no such file or folder."]
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.describe(Language("vi")) == (
        f"{path}: Không đọc được tệp: không có tệp hoặc thư mục này."
    )


def test_a_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lớp.toml"
    path.mkdir()
    assert _told(path) == ["The file cannot be read: this is a folder."]


def test_a_file_as_folder_is_told(save: Save) -> None:
    path = save("") / "lớp.toml"
    assert _told(path) == ["The file cannot be read: a part of the path is a file, not a folder."]


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    assert _told(tmp_path / "a\0.toml") == ["The file cannot be read: no file can have this name."]


@pytest.mark.parametrize("name", ["lớp.yaml", "lớp", "lớp.toml.bak", ".toml"])
def test_an_unknown_suffix_is_told_before_the_file_is_read(tmp_path: Path, name: str) -> None:
    assert _told(tmp_path / name) == ["The name of the file must end in one of: .toml, .json, .xlsx."]


def test_a_file_that_is_far_too_large_is_not_read(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_LARGEST_FILE", 2**20)
    assert _told(save(b"#" * (2**20 + 1))) == ["The file is too large: 1 MB at most."]
    assert _told(save(b"#" * 2**20))[0].startswith("There is nothing to plan")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "latin-1"])
def test_another_encoding_is_told_with_the_line(save: Save, encoding: str) -> None:
    line = 1 if encoding == "utf-16" else 2
    content = '# UTF-8?\nname = "là"\n'.encode(encoding)
    assert _told(save(content)) == [f"Line {line} is not UTF-8 text; save the file as UTF-8."]


# --- broken TOML


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = 'a'\nname = 'b'\n", "Line 2 is not TOML: Cannot overwrite a value."),
        ("\n[calendar\n", "Line 2 is not TOML: Expected ']' at the end of a table declaration."),
        ("a = 1\nb = ", "Line 2 is not TOML: Invalid value (at end of document)."),
        ('name = "a', "Line 1 is not TOML: Unterminated string (at end of document)."),
        ("first_day = 2018-02-30\n", "Line 1 is not TOML: Invalid date or datetime."),
        ("a = 1\x00", "Line 1 is not TOML: Expected newline or end of document after a statement."),
        ("a = " + "9" * 5_000, "A number in this file is far too long."),
        ("a = " + "[" * 60 + "]" * 60, "Tables and lists stand inside one another too deeply."),
        ("a = " + "[" * 100_000, "Tables and lists stand inside one another too deeply."),
    ],
)
def test_broken_toml_is_told_with_the_line(save: Save, text: str, told: str) -> None:
    assert _told(save(text)) == [told]


def test_a_number_that_python_reads_but_does_not_write_is_told(save: Save) -> None:
    text = as_toml(SOUND | {"objective": {"order": 777}}).replace("777", "0x" + "f" * 5_000)
    assert _told(save(text)) == ["objective.order: … is too large: 1,000,000,000 at most."]


def test_an_empty_file_lacks_everything(save: Save) -> None:
    assert len(_told(save(""))) == 2


# --- broken JSON


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Line 1 is not JSON: Expecting value."),
        ('{"name": "a",\n"calendar" {}}', "Line 2 is not JSON: Expecting ':' delimiter."),
        ("{} {}", "Line 1 is not JSON: Extra data."),
        ('{"budget": {"2018": NaN}}', "NaN is not a number in JSON."),
        ('{"budget": {"2018": -Infinity}}', "-Infinity is not a number in JSON."),
        ("[" + "9" * 5_000 + "]", "A number in this file is far too long."),
        ("[" * 60 + "]" * 60, "Tables and lists stand inside one another too deeply."),
        ("[" * 100_000, "Tables and lists stand inside one another too deeply."),
        ('{"a":' * 60 + "1" + "}" * 60, "Tables and lists stand inside one another too deeply."),
    ],
)
def test_broken_json_is_told_with_the_line(save: Save, text: str, told: str) -> None:
    assert _told(save(text, "lớp.json")) == [told]


def test_each_key_given_twice_is_told_with_its_place(save: Save) -> None:
    text = """{
        "name": "a", "name": "b",
        "lecturers": [{"id": "an", "fee": 1, "fee": 2, "fee": 3}],
        "venues": [{"id": "east", "rooms": [{"capacity": 1, "capacity": 1}]}]
    }"""
    assert _told(save(text, "lớp.json")) == [
        'name: "name" is given twice in the same table.',
        'lecturers[0] "an" → fee: "fee" is given twice in the same table.',
        'venues[0] "east" → rooms[0].capacity: "capacity" is given twice in the same table.',
    ]
