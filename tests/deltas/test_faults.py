"""Faults of deltas are told all at once, each with its file and place, and nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from classplanner.deltas import KINDS, apply, load_delta, parse_delta, parse_words
from classplanner.errors import InputError
from classplanner.language import LANGUAGES, Language
from classplanner.scenario import parse
from tests.documents import SOUND

_SCENARIO = parse(SOUND)
_SINGLE = "A list is expected here, not a single table; write [[changes]], or put the table in [ ]."
_EVENING = 'There is no session "evening" in the calendar.'
_LIST = 'changes: A list is expected here, not "x".'
_EXPECTED = (
    "A kind of change and its keys are expected here, such as: "
    "close venue=van-phu from=2018-04-09 to=2018-04-13; not"
)
_SHORT: list[tuple[str, list[dict[str, Any]]]] = [
    ("fees percent=20", [{"kind": "fees", "percent": 20}]),
    (
        "fees percent=-5 ; fees lecturer=a fee=600_000",
        [{"kind": "fees", "percent": -5}, {"kind": "fees", "lecturer": "a", "fee": 600_000}],
    ),
    (
        "close venue=van-phu from=2018-04-09 reason='sửa điện'",
        [{"kind": "close", "venue": "van-phu", "from": "2018-04-09", "reason": "sửa điện"}],
    ),
    (
        "away lecturer=2018 sessions=morning,evening",
        [{"kind": "away", "lecturer": "2018", "sessions": ["morning", "evening"]}],
    ),
    (
        """qualify lecturer=a modules='["M 01"]'""",
        [{"kind": "qualify", "lecturer": "a", "modules": ["M 01"]}],
    ),
    (
        "module programme=p module=m off_site=true",
        [{"kind": "module", "programme": "p", "module": "m", "off_site": True}],
    ),
]


def told(*changes: Any, **keys: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        apply(_SCENARIO, parse_delta({"changes": list(changes), **keys}, "d.toml"))
    for fault in caught.value.faults:
        assert all(fault.describe(Language(code)) for code in LANGUAGES)
    return [fault.describe(Language("en")) for fault in caught.value.faults]


def test_faults_of_shape_are_told_together() -> None:
    assert told(
        {"kind": "close", "venue": "van-phu", "form": "2018-04-09"},
        {"kind": "closed"},
        {"venue": "van-phu"},
        7,
        {"kind": "close"},
        {"kind": "window", "cohort": "K2"},
        {"kind": "away", "lecturer": "nguyen-van-a", "from": "2018-04-09", "to": "2018-04-02"},
        {"kind": "lock", "cohort": "K2", "lecturer": "tran-thi-b"},
        nam="x",
    ) == [
        'd.toml: changes[0].form: "form" is not known here. Did you mean "from"?',
        f'd.toml: changes[1].kind: "closed" is not one of: {", ".join(sorted(KINDS))}. Did you mean "close"?',
        'd.toml: changes[2]: "kind" is missing.',
        "d.toml: changes[3]: A table is expected here, not 7.",
        "d.toml: changes[4]: Give exactly one of: venue, room.",
        "d.toml: changes[5]: Nothing is changed; give at least one of: lift, opens, opens_from, finishes_by.",
        'd.toml: changes[6].to: "to" comes before "from".',
        'd.toml: changes[7]: "module" is missing; it is needed to settle: lecturer.',
        'd.toml: nam: "nam" is not known here. Did you mean "name"?',
    ]


@pytest.mark.parametrize(
    ("document", "sentences"),
    [
        ([], ["A table is expected here, not []."]),
        ({}, ['changes: "changes" is missing.']),
        ({"changes": []}, ["changes: At least 1 needed here, 0 given."]),
        ({"changes": {"kind": "fees"}}, [f"changes: {_SINGLE}"]),
        ({"changes": "x", "name": 3}, [_LIST, "name: A text is expected here, not 3."]),
    ],
)
def test_a_document_that_is_no_delta(document: Any, sentences: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        parse_delta(document)
    assert [fault.describe(Language("en")) for fault in caught.value.faults] == sentences


def test_what_the_scenario_lacks_is_told_together() -> None:
    assert told(
        {"kind": "close", "venue": "van-fu"},
        {"kind": "close", "room": "van-phu/hal"},
        {"kind": "leave", "institution": "Bộ"},
        {"kind": "qualify", "lecturer": "x", "modules": ["M01"]},
        {"kind": "qualify", "lecturer": "tran-thi-b", "modules": ["M01", "M9"], "programme": "cap-xa"},
        {"kind": "qualify", "lecturer": "tran-thi-b", "modules": ["M9"]},
        {"kind": "qualify", "lecturer": "tran-thi-b", "like": "y"},
        {"kind": "quota", "audience": "z", "year": 2018, "more": 1},
        {"kind": "quota", "audience": "xa", "year": 2018, "more": -181},
        {"kind": "drop-class", "cohort": "xa-2018-03"},
        {"kind": "module", "programme": "cap-xa", "module": "M9", "sessions": 2},
        {"kind": "unlock", "cohort": "xa-2018-01"},
        {"kind": "disqualify", "lecturer": "nguyen-van-a"},
        {"kind": "disqualify", "lecturer": "tran-thi-b", "modules": ["M01"]},
    ) == [
        'd.toml: changes[0].venue: There is no venue "van-fu". Did you mean "van-phu"?',
        'd.toml: changes[1].room: There is no room "van-phu/hal". Did you mean "van-phu/hall"?',
        'd.toml: changes[2].institution: No lecturer is of the institution "Bộ".',
        'd.toml: changes[3].lecturer: There is no lecturer "x".',
        'd.toml: changes[4].modules[1]: There is no module "M9" in this programme.',
        'd.toml: changes[5].modules[0]: There is no module "M9".',
        'd.toml: changes[6].like: There is no lecturer "y".',
        'd.toml: changes[7].audience: There is no audience "z".',
        "d.toml: changes[8].more: There are only 180 trainees to take away from.",
        'd.toml: changes[9].cohort: There is no class "xa-2018-03". Did you mean "xa-2018-02"?',
        'd.toml: changes[10].module: There is no module "M9" in this programme.',
        "d.toml: changes[11]: Nothing of that kind is settled for class xa-2018-01.",
        "d.toml: changes[13]: Nobody would be left to teach M01.",
    ]


def test_what_is_wrong_afterwards_is_told_at_the_change_it_comes_from() -> None:
    venue = 'venues[0] "van-phu"'
    hall = f'{venue} → rooms[{{}}] "hall" → id'
    assert told(
        {"kind": "fees", "percent": 20},
        {"kind": "add-room", "venue": "van-phu", "id": "hall", "capacity": 9},
        {"kind": "resize", "cohort": "K2", "size": 80},
        {"kind": "window", "cohort": "K2", "finishes_by": "2018-02-01"},
        {"kind": "close", "venue": "van-phu", "sessions": ["evening"]},
    ) == [
        f'd.toml: changes[1] "hall" ⇒ {hall.format(1)}: "hall" is given twice, first here: {hall.format(0)}.',
        'd.toml: changes[3] ⇒ cohorts[0] "K2" → finishes_by: "finishes_by" comes before "opens".',
        f"d.toml: changes[4] ⇒ {venue} → closed[0].sessions[0]: {_EVENING}",
    ]


def test_a_quota_that_shrinks_below_a_lock() -> None:
    settled = apply(_SCENARIO, parse_words("lock cohort=xa-2018-02 room=van-phu/hall"))
    with pytest.raises(InputError, match=r'locks\[1\]\.cohort: There is no class "xa-2018-02"'):
        apply(settled, parse_words("quota audience=xa year=2018 trainees=60"))


def test_files_are_read_like_scenarios(tmp_path: Path) -> None:
    file = tmp_path / "d.toml"
    file.write_text('name = "thử"\n[[changes]]\nkind = "fees"\npercent = 20\n', "utf-8")
    delta = load_delta(file)
    assert (delta.title, delta.file) == ("thử", str(file))
    file.write_text("changes = [", "utf-8")
    with pytest.raises(InputError, match="not TOML"):
        load_delta(file)
    with pytest.raises(InputError, match=r"must end in one of: \.toml, \.json"):
        load_delta(tmp_path / "d.txt")


@pytest.mark.parametrize(("text", "changes"), _SHORT)
def test_changes_in_short(text: str, changes: list[Any]) -> None:
    assert parse_words(text).changes == parse_delta({"changes": changes}).changes
    assert parse_words(text).title == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("close 'x", "A quotation mark is opened and not closed."),
        ("", f'{_EXPECTED} "".'),
        ("fees 20", f'{_EXPECTED} "20".'),
        ("fees percent=much", 'changes[0].percent: A whole number is expected here, not "much".'),
    ],
)
def test_faulty_changes_in_short(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_words(text)
    assert [fault.describe(Language("en")) for fault in caught.value.faults] == [
        f'--set "{text}": {sentence}'
    ]
