"""What the timetable says can be read back from the page: by class, by lecturer, by hall."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from classplanner.language import Language, LanguageCode
from classplanner.language.sorting import name_key
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable
from tests.report.pages import LANGUAGE, Element, cells, page
from tests.report.samples import edited, hanoi, moved, plan, two_classes, year


class TestClasses:
    def test_a_grid_holds_each_session_of_each_meeting_once(
        self, scenario: Scenario, code: LanguageCode
    ) -> None:
        timetable = plan(scenario)
        root = page(scenario, timetable, code)
        found: Counter[tuple[str, int, dt.date, str]] = Counter()
        for article in root.every("article", kind="class"):
            found.update(_sessions_of_grid(article, LANGUAGE[code], scenario))
        assert found == {
            (cohort, index, date, session): 1
            for index, meeting in enumerate(timetable.meetings)
            for cohort in meeting.cohorts
            for date, session in meeting.sessions
        }

    def test_a_cell_names_module_lecturer_and_component(self) -> None:
        scenario = hanoi()
        cell = _meeting(page(scenario, plan(scenario)), 1)
        assert (
            cell.text
            == "II M01 Tư tưởng, đạo đức, phong cách Hồ Chí Minh phần 1/2 Giảng viên HVCTQG Hồ Chí Minh 1"
        )
        assert cell.one(kind="figure")["title"] == "Lý luận - chính trị"

    def test_field_study_and_days_off_are_named(self) -> None:
        scenario = hanoi()
        root = page(scenario, plan(scenario))
        away = [cell.text for cell in root.every("td", kind="away")]
        assert len(away) == 2
        assert all("đi thực tế, ngoài hội trường" in text for text in away)
        assert [cell.text for cell in root.one("table", kind="grid").every("td", kind="off")] == [
            "Nghỉ lễ Ngày Giỗ Tổ Hùng Vương",
            "Nghỉ lễ Ngày Chiến thắng",
            "Nghỉ lễ Ngày Quốc tế Lao động",
        ]

    def test_a_week_without_class_day_is_one_row(self) -> None:
        scenario = edited(hanoi(), closed=[{"from": "2018-04-02", "to": "2018-04-06", "reason": "hội nghị"}])
        rows = [row.text for row in page(scenario, plan(scenario)).every("tr", kind="dates")]
        assert rows[3] == "Tuần 4 02/04–06/04: nghỉ theo lịch (hội nghị)"

    def test_a_make_up_saturday_has_its_column_and_its_note(self) -> None:
        scenario = edited(hanoi(), open=[{"date": "2018-03-17", "reason": "làm bù"}])
        grid = page(scenario, plan(scenario), "en").one("table", kind="grid")
        assert [header.text for header in next(grid.every("thead")).every("th")][-1] == "Sat"
        day = [cell for cell in grid.every("td", kind="slot") if "make-up working day" in cell.text]
        assert len(day) == 2

    def test_the_legend_numbers_the_components(self) -> None:
        scenario = two_classes()
        article = next(page(scenario, plan(scenario)).every("article", kind="class"))
        assert [entry.text for entry in article.one("ul", kind="legend").every("li")] == [
            "I Tổ chức lớp, kiểm tra",
            "II Hành chính nhà nước",
            "III Kỹ năng",
            "IV Nghiên cứu thực tế",
        ]


class TestFaultyPlans:
    def test_meetings_at_the_same_time_share_a_cell(self) -> None:
        scenario = two_classes()
        timetable = moved(plan(scenario), 1, (dt.date(2018, 4, 16), "morning"))
        root = page(scenario, timetable)
        (cell,) = root.every("td", kind="clash")
        assert [int(part["data-meeting"]) for part in cell.every("div", kind="meeting")] == [0, 1]

    def test_a_meeting_on_a_day_off_or_outside_the_course_is_shown(self) -> None:
        scenario = two_classes()
        timetable = moved(
            plan(scenario), 2, (dt.date(2018, 4, 25), "morning"), (dt.date(2018, 4, 29), "afternoon")
        )
        root = page(scenario, timetable, "en")
        for table in root.every("table"):
            cells(table)
        assert [part["data-part"] for part in root.every("div", data_meeting="2")] == ["1", "2"]
        assert (
            root.one("article", id="class-1")
            .one("p", kind="facts")
            .text.startswith("Opens Mon 16/04/2018 Closes Fri 20/04/2018 5 class days")
        )

    def test_a_joint_meeting_stands_in_both_classes_and_is_paid_once(self) -> None:
        scenario = two_classes()
        timetable = plan(scenario)
        meetings = list(timetable.meetings)
        meetings[1] = meetings[1].model_copy(update={"cohorts": ("MC-1", "MC-2")})
        root = page(scenario, timetable.model_copy(update={"meetings": tuple(meetings)}), "en")
        shown = [part.text for part in root.every("div", data_meeting="1")]
        assert ["with class MC-2" in text for text in shown] == [True, False]
        assert ["with class MC-1" in text for text in shown] == [False, True]
        assert _sums(root)["Lãnh đạo Sở Nội vụ"] == ("2", "1,200,000")

    def test_classes_left_out_and_a_changed_scenario_are_told(self) -> None:
        scenario = two_classes()
        timetable = plan(scenario)
        part = timetable.model_copy(
            update={
                "cohorts": timetable.cohorts[:1],
                "meetings": tuple(meeting for meeting in timetable.meetings if meeting.cohorts == ("MC-1",)),
            }
        )
        notices = [
            p.text for p in page(edited(scenario, weekdays=["mon"]), part, "en").every("p", kind="notice")
        ]
        assert notices[0].startswith("The scenario has changed")
        assert notices[1] == "Not planned: MC-2."

    def test_no_plan_at_all_is_still_a_page(self, code: LanguageCode) -> None:
        scenario = two_classes()
        root = page(scenario, Timetable(status="infeasible", cohorts=(), meetings=()), code)
        assert LANGUAGE[code].text("report.nothing-planned") in root.one("section", id="overview").text
        assert LANGUAGE[code].text("report.cost.none") in root.one("section", id="overview").text


class TestLecturers:
    def test_each_card_holds_what_its_lecturer_teaches_and_the_sums_are_right(
        self, scenario: Scenario, code: LanguageCode
    ) -> None:
        timetable, language = plan(scenario), LANGUAGE[code]
        root = page(scenario, timetable, code)
        sums = _sums(root)
        fees = 0
        for number, lecturer in enumerate(scenario.lecturers, start=1):
            taught = [i for i, meeting in enumerate(timetable.meetings) if lecturer.id in meeting.lecturers]
            sessions = sum(len(timetable.meetings[index].sessions) for index in taught)
            fees += sessions * lecturer.fee
            assert sums[lecturer.name] == (
                language.number(sessions),
                language.number(sessions * lecturer.fee),
            )
            cards = list(root.every("article", id=f"lecturer-{number}"))
            assert len(cards) == bool(taught)
            assert {
                int(row["data-meeting"]) for card in cards for row in card.every("tr", data_part="1")
            } == set(taught)
        assert timetable.objective is not None
        assert fees == timetable.objective.terms.fees
        total = next(root.one("section", id="lecturers").every("tr", kind="total"))
        assert total.text.endswith(language.number(fees))

    def test_they_stand_in_vietnamese_order(self) -> None:
        names = ["Trần Văn Đức", "Lê Thị Ân", "Phạm Văn An", "Nguyễn Dung", "Giảng viên 1"]
        scenario = two_classes()
        lecturers = [
            lecturer.model_copy(update={"name": name})
            for lecturer, name in zip(scenario.lecturers, names, strict=True)
        ]
        scenario = scenario.model_copy(update={"lecturers": tuple(lecturers)})
        shown = list(_sums(page(scenario, plan(scenario))))
        assert shown == sorted(names, key=name_key)
        assert [name for name in shown if name != "Giảng viên 1"] == [
            "Phạm Văn An",
            "Lê Thị Ân",
            "Nguyễn Dung",
            "Trần Văn Đức",
        ]

    def test_more_than_the_fair_share_is_told(self) -> None:
        scenario = hanoi()
        row = next(
            row
            for row in page(scenario, plan(scenario)).one("section", id="lecturers").every("tr")
            if row.text.startswith("Giảng viên HVHCQG 2 ")
        )
        assert "4, vượt 2" in row.text

    def test_who_teaches_in_several_halls_is_told_each_time_where(self) -> None:
        scenario = year(12)
        timetable = plan(scenario)
        several = 0
        for card in page(scenario, timetable).one("section", id="lecturers").every("article"):
            rows = [row for row in card.every("tr") if "data-meeting" in row.attributes]
            halls = {timetable.meetings[int(row["data-meeting"])].room for row in rows}
            told = [place.text for row in rows for place in row.every("p", kind="place")]
            assert len(told) == (len(rows) if len(halls) > 1 else 0)
            assert not told or len(set(told)) == len(halls)
            several += len(halls) > 1
        assert several


def test_the_money_to_be_spent_is_told_apart_from_what_weighs_inconvenience(
    scenario: Scenario, code: LanguageCode
) -> None:
    timetable, language = plan(scenario), LANGUAGE[code]
    assert timetable.objective is not None
    terms = timetable.objective.terms
    (row,) = (
        row
        for row in page(scenario, timetable, code).one("section", id="overview").every("tr")
        if row.text.startswith(language.text("report.cost.money"))
    )
    assert row.text.endswith(" " + language.number(terms.fees + terms.rooms))


class TestHalls:
    def test_bars_last_from_opening_to_closing_and_costs_add_up(
        self, scenario: Scenario, code: LanguageCode
    ) -> None:
        timetable = plan(scenario)
        halls = page(scenario, timetable, code).one("section", id="halls")
        days: Counter[str] = Counter()
        for bar in halls.every("td", kind="class"):
            days[next(bar.every("a")).text] += int(bar["colspan"])
        assert days == {cohort.id: (cohort.closes - cohort.opens).days + 1 for cohort in timetable.cohorts}
        assert timetable.objective is not None
        total = LANGUAGE[code].number(timetable.objective.terms.rooms)
        assert next(halls.every("tr", kind="total")).text.endswith(total)

    def test_long_plans_are_cut_into_blocks_of_twelve_weeks_at_most(self) -> None:
        scenario = year(40)
        tables = list(page(scenario, plan(scenario)).every("table", kind="lanes"))
        weeks = [len(list(table.every("th", scope="colgroup"))) for table in tables]
        assert len(tables) > 1
        assert max(weeks) <= 12
        assert max(weeks) - min(weeks) <= len(weeks)

    def test_closures_are_drawn_on_working_days(self) -> None:
        scenario = two_classes()
        halls = page(scenario, plan(scenario)).one("section", id="halls")
        assert [bar["colspan"] for bar in halls.every("td", kind="closed")] == ["1"]


def _sessions_of_grid(
    article: Element, language: Language, scenario: Scenario
) -> list[tuple[str, int, dt.date, str]]:
    """Read each session back from where its cell stands: the date above it, the session beside it."""
    heading = next(article.every("h3"))
    cohort = next(
        cohort.id
        for cohort in scenario.all_cohorts
        if heading.text.startswith(language.text("report.class", cohort=cohort.id) + " ")
    )
    names = {language.session(session).capitalize(): session for session in scenario.calendar.sessions}
    found = []
    dates: list[Element] = []
    for row in cells(article.one("table", kind="grid"))[1:]:
        if row[1].text not in names:
            dates = row
            continue
        for x, cell in enumerate(row[2:], start=2):
            for part in cell.every("div", kind="meeting"):
                date = dt.date.fromisoformat(dates[x].one("time")["datetime"])
                found.append((cohort, int(part["data-meeting"]), date, names[row[1].text]))
    return found


def _meeting(root: Element, index: int) -> Element:
    return next(root.every("div", data_meeting=str(index)))


def _sums(root: Element) -> dict[str, tuple[str, str]]:
    """Sessions and fees by lecturer, in the order of the page."""
    table = root.one("section", id="lecturers").one("table", kind="sums")
    return {row[0].text: (row[2].text, row[-1].text) for row in cells(table)[1:-1]}
