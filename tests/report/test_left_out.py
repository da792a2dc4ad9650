"""Terminal and page say how many trainees a partial plan has, which classes it leaves out, and why."""

from __future__ import annotations

from typing import get_args

import pytest

from classplanner.language import LANGUAGES, LanguageCode
from classplanner.report import objective_table, timetable_table
from classplanner.scenario import Scenario
from classplanner.timetable import LeftOut, PartialRecord, Reason, Timetable
from tests.report.pages import LANGUAGE, cells, page
from tests.report.samples import plan, two_classes, year
from tests.report.test_terminal import show, squeezed

REASONS: tuple[Reason, ...] = get_args(Reason)


def part(scenario: Scenario, planned: int = 1, most: int | None = None, **entry: object) -> Timetable:
    """Plan the first classes only, and say of the others that they are left out."""
    whole = plan(scenario)
    kept = {entry.id for entry in whole.cohorts[:planned]}
    left_out = tuple(
        LeftOut.model_validate({"cohort": cohort.id} | entry)
        for cohort in scenario.all_cohorts
        if cohort.id not in kept
    )
    return whole.model_copy(
        update={
            "partial": PartialRecord(most=most, left_out=left_out),
            "cohorts": whole.cohorts[:planned],
            "meetings": tuple(meeting for meeting in whole.meetings if meeting.cohorts[0] in kept),
        }
    )


def told(scenario: Scenario, timetable: Timetable, code: LanguageCode = "en", width: int = 140) -> str:
    return squeezed(show(timetable_table(scenario, timetable, LANGUAGE[code]), width))


def overview(scenario: Scenario, timetable: Timetable, code: LanguageCode = "en") -> str:
    return page(scenario, timetable, code).one("section", id="overview").text


@pytest.mark.parametrize(
    ("most", "english", "vietnamese"),
    [
        (90, "90 of 174 trainees are planned; no plan has more.", "Đã xếp lịch cho 90/174 học viên; không"),
        (
            120,
            "90 of 174 trainees are planned; no plan has more than 120.",
            "không phương án nào xếp được hơn 120 học viên.",
        ),
        (None, "90 of 174 trainees are planned.", "Đã xếp lịch cho 90/174 học viên."),
    ],
)
def test_how_many_trainees_are_planned(most: int | None, english: str, vietnamese: str) -> None:
    scenario = two_classes()
    timetable = part(scenario, most=most)
    for code, sentence in (("en", english), ("vi", vietnamese)):
        assert sentence in told(scenario, timetable, code)  # type: ignore[arg-type]
        assert sentence in overview(scenario, timetable, code)  # type: ignore[arg-type]


def test_that_all_are_planned_is_told_in_one_line() -> None:
    scenario = two_classes()
    timetable = part(scenario, planned=2, most=174)
    for text in (told(scenario, timetable), overview(scenario, timetable)):
        assert "All 174 trainees are planned." in text
        assert "Left out" not in text


def test_an_ordinary_plan_says_nothing_of_it() -> None:
    scenario = two_classes()
    for text in (told(scenario, plan(scenario)), overview(scenario, plan(scenario))):
        assert "Left out" not in text
        assert "trainees are planned" not in text


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_told_in_both_languages(reason: Reason, code: LanguageCode) -> None:
    scenario = two_classes()
    module = scenario.programmes[0].modules[1]
    timetable = part(scenario, reason=reason, modules=[module.id])
    sentence = LANGUAGE[code].text(
        f"left-out.{reason}", days=5, size=84, modules=f"{module.id} {module.name}", cohort="MC-2"
    )
    (table,) = page(scenario, timetable, code).every("table", kind="left-out")
    assert [cell.text for cell in cells(table)[-1]] == ["MC-2", "84", sentence]
    assert f"MC-2 84 {sentence}" in told(scenario, timetable, code, width=250)


def test_a_class_left_out_by_hand_needs_no_reason() -> None:
    scenario = two_classes()
    text = told(scenario, part(scenario))
    assert "MC-2 84" in text
    assert "Reason" not in text


def test_no_class_at_all() -> None:
    scenario = two_classes()
    timetable = part(scenario, planned=0, most=0, reason="impossible")
    text = told(scenario, timetable)
    assert text.startswith("No class is planned. 0 of 174 trainees are planned; no plan has more.")
    assert "MC-1 90 It cannot be planned even as the only class." in text
    assert "MC-1 90 It cannot be planned even as the only class." in overview(scenario, timetable)


def test_classes_left_out_without_a_word_are_told_apart() -> None:
    scenario = year(4)
    timetable = part(scenario, planned=2)
    assert timetable.partial is not None
    one = PartialRecord(left_out=timetable.partial.left_out[:1])
    timetable = timetable.model_copy(update={"partial": one})
    for text in (told(scenario, timetable), overview(scenario, timetable)):
        assert f"Not planned: {scenario.all_cohorts[3].id}." in text
        assert text.count(scenario.all_cohorts[2].id) == 1


def test_names_are_escaped_on_the_page() -> None:
    text = two_classes().model_dump_json(by_alias=True, exclude_defaults=True)
    scenario = Scenario.model_validate_json(text.replace("MC-2", "<b>"))
    assert "<b> 84 It cannot be planned" in overview(scenario, part(scenario, reason="impossible"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_bound_is_of_plans_for_as_many_trainees(code: LanguageCode) -> None:
    scenario, words = two_classes(), LANGUAGE[code]
    ordinary, partial = (words.text(f"report.cost.{key}") for key in ("bound", "bound-partial"))
    assert ordinary not in partial
    for timetable, label, other in (
        (plan(scenario), ordinary, partial),
        (part(scenario), partial, ordinary),
        (part(scenario, planned=2), ordinary, partial),
    ):
        shown = squeezed(show(objective_table(timetable, words), 140))
        assert label in shown
        assert other not in shown
        assert label in overview(scenario, timetable, code)
        assert other not in overview(scenario, timetable, code)
