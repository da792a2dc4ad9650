"""Shows the sentences of every rule, word for word in both languages, with names in place of ids."""

from __future__ import annotations

import datetime as dt
import inspect
import typing
from pathlib import Path
from typing import Literal, get_args

import pytest

from classplanner.language import LANGUAGES, Language, LanguageCode
from classplanner.language import catalogue as texts
from classplanner.rules import FAMILIES, RULES, Names, RuleInstance, catalogue
from classplanner.scenario import Module, Period, parse

_SCENARIO = parse(
    {
        "calendar": {"first_day": "2018-03-01", "last_day": "2018-12-31"},
        "lecturers": [{"id": "an", "name": "Bà An"}, {"id": "binh"}],
        "venues": [
            {
                "id": "east",
                "name": "Văn Phú",
                "rooms": [{"id": "hall", "name": "Hội trường", "capacity": 90}],
            },
            {"id": "west", "rooms": [{"id": "a", "capacity": 40}]},
        ],
        "programmes": [
            {"id": "P", "name": "Cấp xã", "modules": [{"id": "M1", "name": "Luật"}, {"id": "M2"}]},
            {"id": "Q", "modules": [{"id": "M1", "name": "Kỹ năng"}]},
        ],
        "cohorts": [{"id": "K2", "programme": "P", "size": 90}, {"id": "K3", "programme": "Q", "size": 40}],
    }
)
_NAMES = Names(_SCENARIO)
_DAY = dt.date(2018, 4, 25)
_PERIOD = Period(from_=_DAY)
_CONTRACT = {
    *("working-days", "consecutive-days", "cohort-window", "cohort-clash", "quota"),
    *("programme-complete", "module-shape", "module-window", "precedence"),
    *("lecturer-clash", "lecturer-qualified", "lecturer-available", "lecturer-load", "lecturer-one-venue"),
    *("room-clash", "home-room", "room-capacity", "venue-open"),
    *("budget", "lock"),
}
_TABLE: list[tuple[RuleInstance, str, str]] = [
    (
        catalogue.holiday(_DAY, "?"),
        "Wed 25/04/2018 is a public holiday (Hung Kings' Commemoration Day); classes do not meet.",
        "Lớp không học vào thứ Tư 25/04/2018: ngày nghỉ lễ (Ngày Giỗ Tổ Hùng Vương).",
    ),
    (
        catalogue.closed_day(_DAY, "bão"),
        "Wed 25/04/2018 is closed in the calendar (bão); classes do not meet.",
        "Lớp không học vào thứ Tư 25/04/2018: nghỉ theo lịch (bão).",
    ),
    (
        catalogue.closed_day(_DAY, ""),
        "Wed 25/04/2018 is closed in the calendar; classes do not meet.",
        "Lớp không học vào thứ Tư 25/04/2018: nghỉ theo lịch.",
    ),
    (
        catalogue.closed_period(Period(from_=_DAY, to=dt.date(2018, 4, 27), reason="bão")),
        "No class meets from Wed 25/04/2018 to Fri 27/04/2018 (bão): closed in the calendar.",
        "Các lớp nghỉ theo lịch từ thứ Tư 25/04/2018 đến thứ Sáu 27/04/2018 (bão).",
    ),
    (
        catalogue.weekend(dt.date(2018, 4, 28), ["fri", "mon"]),
        "Sat 28/04/2018 is no working day: classes meet on Mon, Fri only.",
        "Lớp không học vào thứ Bảy 28/04/2018: các lớp chỉ học vào thứ Hai, thứ Sáu.",
    ),
    (
        catalogue.outside_calendar(_DAY, dt.date(2018, 1, 1), dt.date(2018, 2, 28)),
        "Wed 25/04/2018 lies outside the calendar, Mon 01/01/2018 to Wed 28/02/2018.",
        "Lịch từ thứ Hai 01/01/2018 đến thứ Tư 28/02/2018 không có thứ Tư 25/04/2018.",
    ),
    (
        catalogue.consecutive_days("K2", 32),
        "Class K2 runs on 32 consecutive working days.",
        "Lớp K2 học 32 ngày làm việc liên tục.",
    ),
    (
        catalogue.cohort_window("K2", "opens", _DAY),
        "Class K2 opens on Wed 25/04/2018.",
        "Lớp K2 khai giảng vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.cohort_window("K2", "opens_from", _DAY),
        "Class K2 opens on Wed 25/04/2018 or later.",
        "Lớp K2 khai giảng từ thứ Tư 25/04/2018 trở đi.",
    ),
    (
        catalogue.cohort_window("K2", "finishes_by", _DAY),
        "Class K2 finishes on Wed 25/04/2018 or earlier.",
        "Lớp K2 bế giảng chậm nhất vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.cohort_clash("K2"),
        "Class K2 has one module at a time.",
        "Lớp K2 mỗi buổi chỉ học một chuyên đề.",
    ),
    (
        catalogue.quota("K2", 1432),
        "Class K2 (1,432 trainees) is planned.",
        "Lớp K2 (1.432 học viên) được xếp lịch.",
    ),
    (
        catalogue.left_out("K2"),
        "Class K2 is left out: nothing is planned for it.",
        "Lớp K2 thuộc diện chưa xếp, nên không có lịch học.",
    ),
    (catalogue.foreign_cohort("K9"), "The scenario has no class K9.", "Dữ liệu không có lớp K9."),
    (
        catalogue.programme_complete("K2", "M1"),
        "Class K2 is taught M1 Luật exactly once, whole, by one lecturer where it needs one.",
        "Lớp K2 học M1 Luật đúng một lần, trọn vẹn, do một giảng viên dạy nếu cần giảng viên.",
    ),
    (
        catalogue.programme_complete("K3", "M1"),
        "Class K3 is taught M1 Kỹ năng exactly once, whole, by one lecturer where it needs one.",
        "Lớp K3 học M1 Kỹ năng đúng một lần, trọn vẹn, do một giảng viên dạy nếu cần giảng viên.",
    ),
    (
        catalogue.foreign_module("K2", "M9"),
        "M9 is not in the programme of class K2.",
        "M9 không thuộc chương trình của lớp K2.",
    ),
    (
        catalogue.module_shape("K2", Module(id="M1", sessions=2), 2),
        "Class K2 is taught the 2 sessions of M1 Luật one after another on one day.",
        "Lớp K2 học 2 buổi của M1 Luật liền nhau trong một ngày.",
    ),
    (
        catalogue.module_shape("K2", Module(id="M1", sessions=3), 2),
        (
            "Class K2 is taught the 3 sessions of M1 Luật one after another, "
            "starting with the first session of a day."
        ),
        "Lớp K2 học 3 buổi của M1 Luật liền nhau, bắt đầu từ buổi đầu của một ngày.",
    ),
    (
        catalogue.earliest_day("K2", "M1", 3),
        "Class K2 is taught M1 Luật from class day 3 on.",
        "Lớp K2 học M1 Luật từ ngày học thứ 3 trở đi.",
    ),
    (
        catalogue.latest_day("K2", "M1", 30),
        "Class K2 has finished M1 Luật by class day 30.",
        "Lớp K2 học xong M1 Luật chậm nhất trong ngày học thứ 30.",
    ),
    (
        catalogue.start_sessions("K2", "M1", ["morning", "noon"]),
        "Class K2 starts M1 Luật only in these sessions: morning, noon.",
        "Lớp K2 chỉ bắt đầu M1 Luật vào buổi: sáng, noon.",
    ),
    (
        catalogue.module_window("P", "M1", "earliest_day", 3),
        "M1 Luật (Cấp xã) is taught from class day 3 on.",
        "M1 Luật (Cấp xã) được dạy từ ngày học thứ 3 trở đi.",
    ),
    (
        catalogue.module_window("P", "M1", "latest_day", 30),
        "M1 Luật (Cấp xã) is over by the end of class day 30.",
        "M1 Luật (Cấp xã) phải dạy xong chậm nhất trong ngày học thứ 30.",
    ),
    (
        catalogue.module_window("P", "M1", "start_sessions", ["morning"]),
        "M1 Luật (Cấp xã) starts only in these sessions: morning.",
        "M1 Luật (Cấp xã) chỉ bắt đầu vào buổi: sáng.",
    ),
    (
        catalogue.precedence("K2", "M2", "M1"),
        "Class K2 starts M2 only when M1 Luật is over.",
        "Lớp K2 chỉ học M2 khi đã xong M1 Luật.",
    ),
    (
        catalogue.programme_precedence("P", "M2", "M1"),
        "M2 (Cấp xã) starts only when M1 Luật is over.",
        "M2 (Cấp xã) chỉ được dạy khi đã xong M1 Luật.",
    ),
    (catalogue.lecturer_clash("an"), "Bà An teaches one class at a time.", "Bà An mỗi buổi chỉ dạy một lớp."),
    (
        catalogue.lecturer_qualified("P", "M1", ["an", "binh"]),
        "M1 Luật (Cấp xã) is taught by one of: Bà An, binh.",
        "M1 Luật (Cấp xã) do một trong các giảng viên sau dạy: Bà An, binh.",
    ),
    (
        catalogue.lecturer_qualified("Q", "M1", []),
        "M1 Kỹ năng (Q) has no lecturer.",
        "M1 Kỹ năng (Q) không có giảng viên.",
    ),
    (
        catalogue.lecturer_unavailable("an", _PERIOD),
        "Bà An is away on Wed 25/04/2018.",
        "Bà An bận vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.lecturer_only_available("an"),
        "Bà An teaches only in the periods named as available.",
        "Bà An chỉ dạy trong các khoảng thời gian đã đăng ký.",
    ),
    (
        catalogue.lecturer_load("an", "day", 2),
        "Bà An teaches at most 2 sessions a day.",
        "Bà An dạy nhiều nhất 2 buổi một ngày.",
    ),
    (
        catalogue.lecturer_load("an", "week", 4),
        "Bà An teaches at most 4 sessions a week.",
        "Bà An dạy nhiều nhất 4 buổi một tuần.",
    ),
    (
        catalogue.lecturer_load("binh", "scenario", 40),
        "binh teaches at most 40 sessions in all.",
        "binh dạy tất cả nhiều nhất 40 buổi.",
    ),
    (
        catalogue.lecturer_one_venue("an"),
        "Bà An is sent to one venue a day at most.",
        "Bà An mỗi ngày chỉ đến một địa điểm.",
    ),
    (
        catalogue.room_clash("east/hall"),
        "Hội trường, Văn Phú belongs to one class on all its class days.",
        "Hội trường, Văn Phú chỉ dành cho một lớp trong suốt các ngày học của lớp.",
    ),
    (
        catalogue.home_room("K2"),
        "Class K2 has one room for the whole course; field study takes none.",
        "Lớp K2 có một phòng học suốt khóa; đi thực tế thì không dùng phòng.",
    ),
    (
        catalogue.room_capacity("K2", 90, "west/a", 40),
        "Class K2 has 90 trainees, a, west seats 40.",
        "Lớp K2 có 90 học viên, a, west có 40 chỗ.",
    ),
    (catalogue.room_seats("west/a", 40), "a, west seats 40.", "a, west có 40 chỗ."),
    (
        catalogue.venue_open("east", _PERIOD),
        "Văn Phú is closed on Wed 25/04/2018.",
        "Văn Phú đóng cửa vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.room_open("east/hall", _PERIOD),
        f"{_NAMES.room('east/hall')} is closed on Wed 25/04/2018.",
        f"{_NAMES.room('east/hall')} đóng cửa vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.budget(2018, 2_000_000_000),
        "Fees and rooms of 2018 cost at most 2,000,000,000 VND.",
        "Thù lao và hội trường năm 2018 nhiều nhất 2.000.000.000 đồng.",
    ),
    (
        catalogue.lock("K2", "lecturer", "an", "M1"),
        "Settled: class K2 is taught M1 Luật by Bà An.",
        "Đã chốt: Bà An dạy M1 Luật cho lớp K2.",
    ),
    (
        catalogue.lock("K2", "date", _DAY, "M1"),
        "Settled: class K2 starts M1 Luật on Wed 25/04/2018.",
        "Đã chốt: lớp K2 bắt đầu học M1 Luật vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.lock("K2", "session", "afternoon", "M1"),
        "Settled: class K2 starts M1 Luật in the afternoon.",
        "Đã chốt: lớp K2 bắt đầu học M1 Luật vào buổi chiều.",
    ),
    (
        catalogue.lock("K2", "opens", _DAY),
        "Settled: class K2 opens on Wed 25/04/2018.",
        "Đã chốt: lớp K2 khai giảng vào thứ Tư 25/04/2018.",
    ),
    (
        catalogue.lock("K2", "room", "east/hall"),
        "Settled: class K2 is in Hội trường, Văn Phú.",
        "Đã chốt: lớp K2 học tại Hội trường, Văn Phú.",
    ),
    (
        catalogue.lock("K2", "venue", "east"),
        "Settled: class K2 is at Văn Phú.",
        "Đã chốt: lớp K2 học tại Văn Phú.",
    ),
    (
        catalogue.lock("K2", "venues", ("east", "west")),
        "Settled: class K2 is at one of these venues: Văn Phú, west.",
        "Đã chốt: lớp K2 học tại một trong các địa điểm: Văn Phú, west.",
    ),
]


@pytest.mark.parametrize(("instance", "english", "vietnamese"), _TABLE)
def test_each_rule_says_in_both_languages_what_it_asks(
    instance: RuleInstance, english: str, vietnamese: str
) -> None:
    assert instance.describe(_NAMES, Language("en")) == english
    assert instance.describe(_NAMES, Language("vi")) == vietnamese


def test_every_sentence_of_the_catalogue_is_shown() -> None:
    sentences = {key for key in texts("en") if key.startswith("rule.") and not key.endswith(".title")}
    assert {instance.key for instance, _, _ in _TABLE} == sentences


def test_every_constructor_and_every_form_it_takes_is_shown() -> None:
    shown = Path(__file__).read_text("utf-8")
    for name, constructor in vars(catalogue).items():
        if inspect.isfunction(constructor) and not name.startswith("_"):
            assert f"catalogue.{name}(" in shown, name
            for annotation in typing.get_type_hints(constructor).values():
                for form in get_args(annotation) if typing.get_origin(annotation) is Literal else ():
                    assert f'"{form}"' in shown, (name, form)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_has_a_title(code: LanguageCode) -> None:
    titles = {key for key in texts(code) if key.startswith("rule.") and key.endswith(".title")}
    assert titles == {f"rule.{rule}.title" for rule in RULES}


def test_rules_are_those_of_the_contract() -> None:
    assert set(RULES) == _CONTRACT
    assert len(RULES) == len(set(RULES)) == sum(map(len, FAMILIES.values()))
    assert {instance.rule for instance, _, _ in _TABLE} == _CONTRACT


def test_instances_are_equal_when_they_say_the_same() -> None:
    assert len({instance for instance, _, _ in _TABLE}) == len(_TABLE)
    assert catalogue.venue_open("east", Period(from_=_DAY)) == catalogue.venue_open("east", _PERIOD)
    assert catalogue.venue_open("east", Period(from_=_DAY))["venue"] == "east"
    with pytest.raises(KeyError):
        catalogue.venue_open("east", _PERIOD)["room"]


def test_ids_without_a_name_and_unknown_ids_stay_as_they_are() -> None:
    names = [_NAMES.lecturer("binh"), _NAMES.lecturer("x"), _NAMES.venue("west"), _NAMES.venue("x")]
    assert names == ["binh", "x", "west", "x"]
    assert [_NAMES.room("west/a"), _NAMES.room("x/y")] == ["a, west", "x/y"]
    assert [_NAMES.programme("Q"), _NAMES.programme("x")] == ["Q", "x"]
    assert [_NAMES.module("P", "M2"), _NAMES.module("P", "x"), _NAMES.module("x", "M1")] == ["M2", "x", "M1"]
    assert [_NAMES.module_of_cohort("K3", "M1"), _NAMES.module_of_cohort("x", "M1")] == ["M1 Kỹ năng", "M1"]


def test_a_holiday_that_the_country_does_not_know_keeps_its_name() -> None:
    told = catalogue.holiday(dt.date(2018, 4, 24), "Ngày lạ").describe(_NAMES, Language("en"))
    assert told == "Tue 24/04/2018 is a public holiday (Ngày lạ); classes do not meet."
