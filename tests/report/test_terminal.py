"""What the terminal shows is whole, fits its width, and takes no name for markup."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from classplanner.language import LanguageCode
from classplanner.report import calendar_view, objective_table, timetable_table
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable
from tests.report.pages import LANGUAGE
from tests.report.samples import edited, hanoi, moved, plan, two_classes, year


def show(renderable: RenderableType, width: int = 80, *, colour: bool = False) -> str:
    console = Console(width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def squeezed(text: str) -> str:
    """The text without borders and line breaks, as a reader takes it in."""
    return " ".join(re.sub(r"[│─┼]", " ", text).split())


@pytest.mark.parametrize("width", [40, 80, 120, 140, 200])
def test_everything_fits_its_width(scenario: Scenario, code: LanguageCode, width: int) -> None:
    timetable, language = plan(scenario), LANGUAGE[code]
    for view in (
        timetable_table(scenario, timetable, language),
        objective_table(timetable, language),
        calendar_view(scenario, language),
    ):
        assert max(cell_len(line) for line in show(view, width).splitlines()) <= width


class TestTimetable:
    @pytest.mark.parametrize("width", [80, 140])
    def test_every_module_stands_once_on_its_day(self, code: LanguageCode, width: int) -> None:
        scenario = hanoi()
        timetable = plan(scenario)
        text = show(timetable_table(scenario, timetable, LANGUAGE[code]), width)
        days = _days(text)
        for meeting in timetable.meetings:
            for date in {date for date, _ in meeting.sessions}:
                starts = re.findall(rf"(?<!↳ )\b{meeting.module} \w", days[f"{date:%d/%m}"])
                assert len(starts) == 1, (meeting, days[f"{date:%d/%m}"])

    def test_a_class_is_introduced(self) -> None:
        scenario = two_classes()
        text = show(timetable_table(scenario, plan(scenario), LANGUAGE["vi"]))
        assert text.startswith(
            "Lớp MC-1  Bồi dưỡng cán bộ tiếp công dân và bộ phận một cửa\n"
            "16/04/2018 đến 20/04/2018 · 5 ngày học · 90 học viên\n"
            "Hội trường, Trung tâm bồi dưỡng, số 9 Văn Phú, Hà Đông\n"
        )

    def test_days_off_inside_the_course_are_thin_lines(self) -> None:
        scenario = hanoi()
        text = show(timetable_table(scenario, plan(scenario), LANGUAGE["vi"]), 140)
        assert "── 25/04: nghỉ lễ (Ngày Giỗ Tổ Hùng Vương) ──" in text
        line = next(line for line in text.splitlines() if "30/04–01/05" in line)
        assert "── 28/04–29/04: nghỉ hằng tuần · 30/04–01/05: nghỉ lễ (" in line
        assert line.endswith("──")
        narrow = show(timetable_table(scenario, plan(scenario), LANGUAGE["vi"]), 80)
        assert "── 28/04–29/04: nghỉ hằng tuần ──" in narrow

    def test_modules_that_go_on_off_site_or_on_another_day_are_told(self) -> None:
        scenario = hanoi()
        text = squeezed(show(timetable_table(scenario, plan(scenario), LANGUAGE["en"]), 140))
        assert "↳ M03 (continued)" in text
        assert "part 1 of 2" in text
        assert text.count("off site") == 2

    def test_more_than_four_classes_are_one_line_each(self) -> None:
        scenario = year(5)
        timetable = plan(scenario)
        lines = show(timetable_table(scenario, timetable, LANGUAGE["en"])).splitlines()
        for cohort in timetable.cohorts:
            (line,) = [line for line in lines if cohort.id in line]
            assert f"{cohort.opens:%d/%m/%Y}" in line
            assert f"{cohort.closes:%d/%m/%Y}" in line
            assert cohort.room in line
        assert not any("M01" in line for line in lines)
        assert lines[-4].startswith("van-phu/phong-2: Phòng 2, ")
        assert lines[-3:] == ["", LANGUAGE["en"].text("report.day-by-day"), ""]

    @pytest.mark.parametrize("width", [80, 140])
    def test_many_sessions_a_day_are_listed_below_each_other(self, width: int) -> None:
        names = ["morning", *(f"P{number}" for number in range(2, 7))]
        text = two_classes().model_dump_json(by_alias=True, exclude_defaults=True)
        scenario = edited(Scenario.model_validate_json(text.replace("afternoon", "P2")), sessions=names)
        text = squeezed(show(timetable_table(scenario, plan(scenario), LANGUAGE["en"]), width))
        assert "Morning: KG Khai giảng 16/04 P2: TQ Tổng quan" in text

    def test_a_clash_shows_both_modules(self) -> None:
        scenario = two_classes()
        timetable = moved(plan(scenario), 1, (dt.date(2018, 4, 16), "morning"))
        day = _days(show(timetable_table(scenario, timetable, LANGUAGE["en"]), 140))["16/04"]
        assert day.startswith("Mon KG Khai giảng – 16/04 TQ Tổng quan")

    def test_no_plan_and_classes_left_out_and_a_changed_scenario_are_told(self) -> None:
        scenario = two_classes()
        nothing = Timetable(status="infeasible", cohorts=(), meetings=())
        assert show(timetable_table(scenario, nothing, LANGUAGE["en"])) == "No class is planned.\n"
        timetable = plan(scenario)
        part = timetable.model_copy(
            update={"cohorts": timetable.cohorts[:1], "meetings": timetable.meetings[:8]}
        )
        text = show(timetable_table(edited(scenario, weekdays=["mon"]), part, LANGUAGE["en"]), 140)
        assert "Not planned: MC-2." in text
        assert "The scenario has changed" in text

    @pytest.mark.parametrize("name", ["[red]x[/red]", "[/]", "[link=x]", ":smile:", "a\\[b]"])
    def test_names_are_no_markup(self, name: str) -> None:
        scenario = two_classes()
        text = scenario.model_dump_json(by_alias=True, exclude_defaults=True)
        scenario = Scenario.model_validate_json(
            text.replace("Lãnh đạo Sở Nội vụ", name.replace("\\", "\\\\")).replace("MC-1", "[b]")
        )
        shown = show(timetable_table(scenario, plan(scenario), LANGUAGE["en"]), 140, colour=True)
        assert name in shown
        assert "Class [b]" in shown


class TestObjective:
    def test_terms_total_bound_gap_and_status(self) -> None:
        text = show(objective_table(plan(two_classes()), LANGUAGE["vi"]))
        assert re.search(r"Thù lao giảng viên +8\.400\.000\n", text)
        assert re.search(r"Tổng cộng +34\.950\.000\n", text)
        assert re.search(r"Không phương án nào dưới mức +34\.950\.000\n", text)
        assert re.search(r"Cách mức tối ưu nhiều nhất +0 %\n", text)
        assert "Đã chứng minh tối ưu" in text

    @pytest.mark.parametrize(
        ("gap", "words"), [(0.0, " 0 %"), (0.00004, "< 0.01 %"), (0.0123, " 1.23 %"), (1.0, " 100 %")]
    )
    def test_a_gap_is_never_rounded_to_nothing(self, gap: float, words: str) -> None:
        timetable = plan(two_classes())
        assert timetable.objective is not None
        objective = timetable.objective.model_copy(update={"gap": gap})
        text = show(objective_table(timetable.model_copy(update={"objective": objective}), LANGUAGE["en"]))
        assert words in text

    @pytest.mark.parametrize("status", ["optimal", "feasible", "infeasible", "unknown"])
    def test_every_status_has_its_words(self, status: str, code: LanguageCode) -> None:
        timetable = Timetable.model_validate({"status": status, "cohorts": [], "meetings": []})
        words = LANGUAGE[code].text(f"report.status.{status}")
        assert show(objective_table(timetable, LANGUAGE[code]), 140).lower().startswith(words)


class TestCalendar:
    def test_hanoi_counts_its_working_days(self) -> None:
        text = show(calendar_view(hanoi(), LANGUAGE["vi"]))
        assert "Tổng cộng: 84 ngày làm việc, 168 buổi." in text
        assert re.findall(r"(\d+) ngày làm việc {2,}", text) == ["22", "19", "22", "21", "25"]
        assert "23 24 25*26 27 28·29·" in text
        assert re.search(r"Thứ Tư 25/04/2018 +\* nghỉ lễ +Ngày Giỗ Tổ Hùng Vương", text)

    def test_closures_and_opened_days_are_marked_and_runs_are_joined(self) -> None:
        scenario = edited(
            two_classes(),
            closed=[{"from": "2018-04-23", "to": "2018-04-24", "reason": "đại hội"}],
            open=[{"date": "2018-04-21", "reason": "học bù"}],
        )
        text = show(calendar_view(scenario, LANGUAGE["en"]), 120)
        assert "16 17 18 19 20 21+22·" in text
        assert "23x24x25*26 27 28·29·" in text
        assert re.search(r"Mon 23/04/2018 to Tue 24/04/2018 +x closed +đại hội", text)
        assert re.search(r"Sat 21/04/2018 +\+ make-up working day +học bù", text)

    def test_official_make_up_days_that_are_not_opened_are_a_note(self) -> None:
        days = {"first_day": "2025-04-01", "last_day": "2025-05-30"}
        scenario = edited(two_classes(), **days).model_copy(update={"cohorts": ()})
        assert "not opened in this calendar: Sat 26/04/2025." in squeezed(
            show(calendar_view(scenario, LANGUAGE["en"]))
        )
        opened = edited(two_classes(), **days, open=[{"date": "2025-04-26"}])
        assert "not opened" not in show(calendar_view(opened, LANGUAGE["en"]))

    def test_a_country_without_holidays_says_so(self) -> None:
        scenario = edited(two_classes(), country="")
        assert "No public holidays, closures or make-up days." in show(
            calendar_view(scenario, LANGUAGE["en"])
        )

    def test_a_single_day_is_counted_as_one(self) -> None:
        scenario = two_classes()
        calendar = scenario.calendar.model_copy(
            update={"last_day": scenario.calendar.first_day, "sessions": ("morning",)}
        )
        scenario = scenario.model_copy(update={"calendar": calendar})
        assert "In all: 1 working day, 1 session." in show(calendar_view(scenario, LANGUAGE["en"]))


def _days(text: str) -> dict[str, str]:
    """Cut a class table at its days: what stands beside each date, on all its lines."""
    days: dict[str, list[str]] = {}
    block: list[str] = []
    for line in [*text.splitlines(), "──"]:
        if line.lstrip().startswith("──") or "┼" in line:
            date = next((found[0] for row in block if (found := re.findall(r"^ (\d\d/\d\d) ", row))), None)
            if date:
                days.setdefault(date, []).extend(block)
            block = []
        else:
            block.append(line)
    return {date: squeezed(" ".join(lines)) for date, lines in days.items()}
