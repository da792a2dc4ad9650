"""Shows that the command line speaks one language throughout, click's own words included, and which one."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Sequence
from importlib import resources

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from classplanner import __version__, language
from classplanner.cli.main import command, language_of
from classplanner.language import LANGUAGES, Language
from tests.cli.running import run

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

_COMMANDS = [
    *("plan", "check", "explain", "repair", "why", "why-not", "suggest"),
    *("what-if", "diff", "replan", "stress", "frontier", "calendar", "schema"),
    *("template", "convert", "export"),
]
_ENGLISH = re.compile(
    r"\b(Usage|Options?|Commands?|Show|default|Error|Try|help\.|Missing|No such|Did you|Got|requires|Invalid|"
    r"is not|ARGS|SCENARIO|TIMETABLE|DELTA|CLASS|LECTURER|CHANGE|DATE|DIR|"
    r"SECONDS|NUMBER|INTEGER|TEXT|RANGE)\b"
)


def _click(folder: str) -> tuple[Catalog, Catalog]:
    place = resources.files(language).joinpath(folder, "LC_MESSAGES")
    with place.joinpath("classplanner.po").open("rb") as text:
        written = read_po(text)
    with place.joinpath("classplanner.mo").open("rb") as compiled:
        return written, read_mo(compiled)


def _flat(text: str | Sequence[str] | None) -> str:
    return text if isinstance(text, str) else "|".join(text or ())


# --- help


@pytest.mark.parametrize("words", [[], *([name] for name in _COMMANDS)], ids=str)
def test_help_in_vietnamese_has_no_english_word_and_lists_the_same_options(
    words: list[str], capsys: Capture
) -> None:
    english = run(capsys, *words, "--help", "--lang", "en")
    vietnamese = run(capsys, *words, "--help", "--lang", "vi")
    assert (english.code, english.err) == (vietnamese.code, vietnamese.err) == (0, "")
    assert english.out.startswith("Usage: classplanner")
    assert vietnamese.out.startswith("Cách dùng: classplanner")
    assert _ENGLISH.findall(english.out)
    assert _ENGLISH.findall(vietnamese.out) == []
    options = re.compile(r"(?m)^  +(?:-\w, )?(--[\w-]+)")
    assert options.findall(english.out) == options.findall(vietnamese.out) != []


def test_values_are_called_the_same_in_usage_and_explanation(capsys: Capture) -> None:
    for code in LANGUAGES:
        words = Language(code)
        text = run(capsys, "check", "--help", "--lang", code).out
        for name in ("scenario", "timetable"):
            assert text.count(words.text(f"cli.metavar.{name}")) >= 2
        assert run(capsys, "plan", "--help", "--lang", code).out.count(words.text("cli.metavar.output")) >= 2


def test_every_command_is_listed_with_a_line_of_its_own(capsys: Capture) -> None:
    for code in LANGUAGES:
        text = run(capsys, "--help", "--lang", code).out
        assert re.findall(r"(?m)^  (\w[\w-]*)  +\S", text) == sorted(_COMMANDS)


def test_the_version_is_told(capsys: Capture) -> None:
    done = run(capsys, "--version", "--lang", "vi")
    assert (done.code, done.out, done.err) == (0, f"classplanner {__version__}\n", "")


# --- what click finds wrong


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--lang", "vi"], "Lỗi: Thiếu lệnh."),
        (["pla"], "Lỗi: Không có lệnh 'pla'."),
        (["plan"], "Lỗi: Thiếu tham số 'DỮ_LIỆU'."),
        (["check", "x"], "Lỗi: Thiếu tham số 'THỜI_KHÓA_BIỂU'."),
        (["plan", "x", "--sed", "1"], "Có phải ý bạn là"),
        (["plan", "x", "--sed", "1"], "Lỗi: Không có tùy chọn"),
        (["plan", "x", "y"], "Lỗi: Thừa tham số: y"),
        (
            ["plan", "x", "--lang", "fr"],
            "Lỗi: Giá trị của '--lang' không hợp lệ: 'fr' không thuộc các giá trị: 'en', 'vi'.",
        ),
        (
            ["plan", "x", "--seed", "a"],
            "Lỗi: Giá trị của '--seed' không hợp lệ: a không phải là số nguyên từ 0 đến",
        ),
        (
            ["plan", "x", "--time-limit", "0"],
            "'--time-limit' không hợp lệ: 0 không phải là số giây lớn hơn 0.",
        ),
    ],
)
def test_faults_of_the_command_line_are_told_in_vietnamese(
    words: list[str], told: str, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("CLASSPLANNER_LANG", "vi")
    done = run(capsys, *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert _ENGLISH.findall(done.err) == []
    assert done.err.startswith("Cách dùng: classplanner")
    assert "Để xem hướng dẫn, hãy gõ: classplanner" in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seed"], "Lỗi: Tùy chọn '--seed' cần có giá trị đi kèm."),
        (["--quiet=1"], "Lỗi: Tùy chọn '--quiet' không nhận giá trị."),
    ],
)
def test_options_with_a_value_too_few_or_too_many_are_told_in_vietnamese(
    words: list[str], told: str, capsys: Capture
) -> None:
    done = run(capsys, "plan", "x", "--lang", "vi", *words)
    assert (done.code, done.err.splitlines()[-1]) == (2, told)


def test_click_speaks_english_though_the_system_speaks_vietnamese(
    capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("LANGUAGE", "vi")
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "Error: Missing argument 'SCENARIO'." in run(capsys, "plan", "--lang", "en").err


@pytest.mark.parametrize("before", [None, "fr:de"])
@pytest.mark.parametrize("words", [["--help"], ["plan"], ["plan", "none.toml"]], ids=str)
def test_the_process_is_left_as_it_was(
    before: str | None, words: list[str], capsys: Capture, monkeypatch: Patch
) -> None:
    if before is not None:
        monkeypatch.setenv("LANGUAGE", before)
    domain = gettext.textdomain()
    gettext.textdomain("another")
    try:
        assert run(capsys, *words, "--lang", "vi").code in (0, 2)
        assert (gettext.textdomain(), os.environ.get("LANGUAGE")) == ("another", before)
    finally:
        gettext.textdomain(domain)
    with click.Context(click.Command("other")) as context:
        assert context.get_help().startswith("Usage: ")


def test_the_compiled_translation_is_that_of_the_text() -> None:
    written, compiled = _click("vi")
    texts, used = (
        sorted((_flat(message.id), _flat(message.string)) for message in catalogue if message.id)
        for catalogue in (written, compiled)
    )
    assert texts == used, "compile it anew: see cli/words.py"
    assert len(texts) >= 15


def test_every_word_is_translated_with_its_placeholders() -> None:
    for message in _click("vi")[0]:
        if message.id:
            string = _flat(message.string)
            names = re.compile(r"{.+?}")
            assert string
            assert set(names.findall(string)) <= set(names.findall(_flat(message.id)))


def test_nothing_that_click_says_in_a_command_is_left_in_english_by_its_declaration() -> None:
    for made in command(Language("vi")).commands.values():
        for parameter in made.params:
            assert not _ENGLISH.search(parameter.make_metavar(click.Context(made)))


# --- which language


@pytest.mark.parametrize(
    ("words", "environment", "chosen"),
    [
        ("", {}, "en"),
        ("plan x --lang vi", {}, "vi"),
        ("--lang vi plan x", {}, "vi"),
        ("plan x --lang=vi", {}, "vi"),
        ("plan x --lang en --lang vi", {}, "vi"),
        ("plan x --lang en", {"CLASSPLANNER_LANG": "vi", "LANG": "vi_VN.UTF-8"}, "en"),
        ("plan x", {"CLASSPLANNER_LANG": "vi", "LANG": "en_GB.UTF-8"}, "vi"),
        ("plan x", {"CLASSPLANNER_LANG": "en", "LANG": "vi_VN.UTF-8"}, "en"),
        ("plan x", {"CLASSPLANNER_LANG": "", "LANG": "vi_VN.UTF-8"}, "vi"),
        ("plan x", {"CLASSPLANNER_LANG": "fr", "LANG": "vi_VN.UTF-8"}, "vi"),
        ("plan x --lang fr", {"LANG": "vi_VN.UTF-8"}, "vi"),
        ("plan x --lang", {"LANG": "vi_VN.UTF-8"}, "vi"),
        ("plan x", {"LANG": "vi"}, "vi"),
        ("plan x", {"LANG": "C.UTF-8"}, "en"),
        ("plan x", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("plan x", {"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ("plan x", {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "vi_VN.UTF-8"}, "vi"),
        ("plan x", {"LC_MESSAGES": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ("plan x", {"LC_MESSAGES": "C", "LC_ALL": "vi_VN"}, "vi"),
        ("plan x", {"LC_ALL": "", "LANG": "vi_VN"}, "vi"),
    ],
)
def test_the_option_goes_before_the_variable_and_that_before_the_system(
    words: str, environment: dict[str, str], chosen: str
) -> None:
    assert language_of(words.split(), environment) == chosen
