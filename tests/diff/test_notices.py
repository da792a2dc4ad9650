"""Everybody whom a change concerns gets a notice with what was and what is, in both languages."""

from __future__ import annotations

from classplanner.diff import compare, notices
from classplanner.language import Language
from classplanner.report import render_difference
from classplanner.rules import Names
from tests.builders import scenario, timetable

_CHANGES = {
    ("K1", "TALK"): {"lecturers": ["an"]},
    ("K1", "VISIT"): {"sessions": ["18 am"]},
    ("K2", "LAW"): {"sessions": ["20 am", "20 pm"]},
    ("K2", "TALK"): None,
}
_FOUND = compare(timetable(), timetable({"K2": {"room": "west/hall"}}, _CHANGES))


def told(code: str) -> dict[str, str]:
    language = Language("vi" if code == "vi" else "en")
    return {notice.id: notice.text for notice in notices(_FOUND, Names(scenario()), language)}


def test_lecturers_and_classes_concerned_get_one_notice_each() -> None:
    assert list(told("en")) == ["an", "binh", "K1", "K2"]


def test_lecturers_stand_by_given_name() -> None:
    named = scenario(lecturers={"an": {"name": "Lê Yến"}, "binh": {"name": "Võ Đức"}})
    told = [notice.id for notice in notices(_FOUND, Names(named), Language("vi"))]
    assert told[:2] == ["binh", "an"]
    page = render_difference(_FOUND, Names(named), Language("vi"))
    assert page.index("<h3>Võ Đức</h3>") < page.index("<h3>Lê Yến</h3>")


def test_a_lecturer_is_told_what_is_his_no_longer_and_what_is_new_for_him() -> None:
    assert told("en")["an"] == (
        "To Lê An: your teaching schedule changes as follows.\n"
        "- New: class K1, TALK Giao tiếp: Tue 17/04/2018, morning; hall, Văn Phú.\n"
        "- class K2, LAW Luật: so far Thu 19/04/2018, morning–afternoon; "
        "from now on Fri 20/04/2018, morning–afternoon; hall, Văn Phú."
    )
    assert told("en")["binh"].splitlines()[1:] == [
        "- Dropped: class K1, TALK Giao tiếp: Tue 17/04/2018, morning; hall, Văn Phú.",
        "- Dropped: class K2, TALK Giao tiếp: Fri 20/04/2018, morning; hall, Văn Phú.",
    ]


def test_a_class_is_told_its_new_hall_and_who_comes_in_vietnamese() -> None:
    other = "từ nay sáng–chiều thứ Sáu 20/04/2018"
    assert told("vi")["K2"].splitlines() == [
        "Gửi lớp K2: thời khóa biểu có thay đổi như sau.",
        "- Lớp K2: trước đây hall, Văn Phú; từ nay hall, Ba Vì.",
        (f"- LAW Luật: trước đây sáng–chiều thứ Năm 19/04/2018; Lê An; {other}; Lê An; hall, Văn Phú."),
        "- Bỏ: TALK Giao tiếp: sáng thứ Sáu 20/04/2018; Võ Bình; hall, Văn Phú.",
    ]
