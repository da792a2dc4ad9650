"""Shows that both languages say the same things, and how they write dates, numbers and lists."""

from __future__ import annotations

import datetime as dt
import re
import string
from importlib import resources

import pytest

from classplanner import language as package
from classplanner.language import LANGUAGES, Language, LanguageCode, Phrase, catalogue

_MARKED = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
_MONDAY = dt.date(2018, 4, 9)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _literal(text: str) -> str:
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text))


def test_both_languages_have_the_same_files() -> None:
    folder = resources.files(package)
    english, vietnamese = (
        {file.name for file in folder.joinpath(code).iterdir() if file.name.endswith(".toml")}
        for code in LANGUAGES
    )
    assert english == vietnamese
    assert english >= {"error.toml", "fault.toml", "period.toml", "rule.toml", "session.toml"}


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("en")) == set(catalogue("vi"))


def test_texts_of_a_key_have_the_same_placeholders() -> None:
    english, vietnamese = catalogue("en"), catalogue("vi")
    different = {
        key for key in english if _placeholders(english[key]) != _placeholders(vietnamese.get(key, ""))
    }
    assert different == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_says_something(code: LanguageCode) -> None:
    assert [key for key, text in catalogue(code).items() if not text.strip()] == []
    assert [key for key, text in catalogue(code).items() if text.rstrip("\n") != text.strip()] == []


def test_vietnamese_is_written_with_its_marks() -> None:
    plain = {
        key: text
        for key, text in catalogue("vi").items()
        if len(_literal(text)) > 15 and not _MARKED.search(_literal(text))
    }
    assert plain == {}


def test_english_is_written_without_vietnamese_marks() -> None:
    assert {key: text for key, text in catalogue("en").items() if _MARKED.search(text)} == {}


# --- dates


@pytest.mark.parametrize(
    ("days", "english", "vietnamese"),
    [
        (0, "Mon 09/04/2018", "thứ Hai 09/04/2018"),
        (1, "Tue 10/04/2018", "thứ Ba 10/04/2018"),
        (2, "Wed 11/04/2018", "thứ Tư 11/04/2018"),
        (3, "Thu 12/04/2018", "thứ Năm 12/04/2018"),
        (4, "Fri 13/04/2018", "thứ Sáu 13/04/2018"),
        (5, "Sat 14/04/2018", "thứ Bảy 14/04/2018"),
        (6, "Sun 15/04/2018", "Chủ Nhật 15/04/2018"),
    ],
)
def test_dates_are_written_with_their_weekday(days: int, english: str, vietnamese: str) -> None:
    day = _MONDAY + dt.timedelta(days=days)
    assert (Language("en").date(day), Language("vi").date(day)) == (english, vietnamese)


def test_months_are_written_with_their_year() -> None:
    assert Language("en").month(_MONDAY) == "April 2018"
    assert Language("vi").month(_MONDAY) == "Tháng 4 2018"
    assert [Language(code).short_month(_MONDAY) for code in LANGUAGES] == ["Apr", "Tháng 4"]


# --- other values


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (1_234_567, "1,234,567", "1.234.567"),
        (-1_000, "-1,000", "-1.000"),
        (999, "999", "999"),
        (True, "true", "true"),
        ("1234567", "1234567", "1234567"),
        (2.5, "2.5", "2.5"),
        (None, "None", "None"),
        ((), "", ""),
        ([1_000, _MONDAY, "x"], "1,000, Mon 09/04/2018, x", "1.000, thứ Hai 09/04/2018, x"),
        (Phrase("session.morning"), "morning", "sáng"),
        ((Phrase("session.morning"),), "morning", "sáng"),
    ],
)
def test_values_are_written_the_way_of_the_language(value: object, english: str, vietnamese: str) -> None:
    assert (Language("en").value(value), Language("vi").value(value)) == (english, vietnamese)


def test_fractions_are_written_the_way_of_the_language() -> None:
    assert (Language("en").number(1234.5), Language("vi").number(1234.5)) == ("1,234.5", "1.234,5")


def test_sessions_without_a_word_stay_as_they_are() -> None:
    assert [Language("vi").session(name) for name in ("morning", "afternoon", "evening", "S1")] == [
        "sáng",
        "chiều",
        "tối",
        "S1",
    ]


# --- texts


def test_texts_take_values_and_lack_none() -> None:
    language = Language("en")
    assert language.text("period.on", date=_MONDAY, unused=1) == "on Mon 09/04/2018"
    with pytest.raises(KeyError, match="date"):
        language.text("period.on")
    with pytest.raises(KeyError, match=r"period\.never"):
        language.text("period.never")
    assert language.has("period.on")
    assert not language.has("period.never")
