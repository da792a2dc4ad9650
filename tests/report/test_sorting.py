"""Names stand in the order a Vietnamese reader looks for them: by given name, letters before tones."""

import itertools
import unicodedata

import pytest

from classplanner.language.sorting import name_key, text_key


@pytest.mark.parametrize(
    "words",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ"],
        ["p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mài", "măng", "mân"],
        ["ê", "ề", "ể", "ễ", "ế", "ệ", "êm"],
        ["dao", "đao", "đào", "ê"],
        ["bà Xuân", "bá An"],
        ["Lớp 2", "Lớp 10", "Lớp A"],
        ["", "a", "a b", "ab"],
    ],
)
def test_dictionary_order(words: list[str]) -> None:
    for permuted in itertools.islice(itertools.permutations(words), 500):
        assert sorted(permuted, key=text_key) == words


def test_people_stand_by_given_name_then_family_name_then_middle_name() -> None:
    ordered = [
        "Trần Văn An",
        "Lê Thị Ân",
        "Phạm Bình",
        "Đỗ Thị Dung",
        "Nguyễn Đào",
        "Nguyễn Văn Đức",
        "Bùi Thị Hòa",
        "Nguyễn Thị Hoa Huệ",
        "Đặng Văn Minh",
        "Nguyễn Quang Minh",
        "Nguyễn Văn Minh",
        "Vũ Minh",
        "Hoàng Thị Yến",
    ]
    mixed = sorted(ordered, key=len)
    assert sorted(mixed, key=name_key) == ordered != mixed


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn Ân (Sở Nội vụ)",
        "Nguyễn Văn Ân, Phó Giám đốc",
        "Nguyễn Văn Ân - Sở Nội vụ",
        "NGUYỄN VĂN ÂN",
    ],
)
def test_what_follows_the_name_does_not_count(name: str) -> None:
    assert sorted(["Lê Bằng", name, "Lê An"], key=name_key) == ["Lê An", name, "Lê Bằng"]


def test_roles_keep_the_order_of_their_words() -> None:
    ordered = [
        "Giảng viên HVHCQG 2",
        "Giảng viên HVHCQG 10",
        "Lãnh đạo Bộ Nội vụ",
        "Lãnh đạo Sở Nội vụ",
        "Sĩ quan Bộ Tư lệnh",
    ]
    mixed = sorted(ordered, key=len)
    assert sorted(mixed, key=name_key) == ordered != mixed


def test_both_ways_to_write_unicode_and_both_places_of_the_tone_are_one_order() -> None:
    assert name_key(unicodedata.normalize("NFD", "Bùi Thị Hòa")) == name_key("Bùi Thị Hòa")
    assert sorted(["Lê Hoàng", "Lê Hoà", "Lê Hòa", "Lê Hoa"], key=name_key)[0] == "Lê Hoa"
    assert sorted(["Lê Hoàng", "Lê Hoà", "Lê Hòa", "Lê Hoa"], key=name_key)[3] == "Lê Hoàng"


@pytest.mark.parametrize("name", ["", " ", "(", "1", "?!", "李 小龙", "Ωμέγα", "𝒜", "Ünal", "ß", "1²"])
def test_any_text_has_a_place(name: str) -> None:
    assert sorted([name, "Lê An"], key=name_key)
    assert sorted([name, "Lê An"], key=text_key)
