"""The tables of a model: no row that always holds, none twice, no column that decides nothing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from classplanner.compile import compile_scenario
from classplanner.encode import (
    ENCODERS,
    NO_LIMIT,
    Courses,
    Model,
    Openings,
    decode,
    encode,
    encode_openings,
    possible_openings,
    program_of,
)
from classplanner.encode.model import Entries
from classplanner.encode.registry import encodes
from classplanner.rules import RULES, RuleInstance, catalogue
from classplanner.scenario import Scenario
from tests.builders import april, scenario
from tests.oracle.edges import edge_scenarios
from tests.oracle.scenarios import random_scenario

EDGES = edge_scenarios()
QUOTA = catalogue.quota("K1", 50)


def _model(of: Scenario, *, objective: bool = True) -> Model:
    return encode(compile_scenario(of), objective=objective)


def _named(_: int) -> RuleInstance:
    return QUOTA


@pytest.mark.parametrize("name", [*EDGES, *range(40)])
def test_rows_are_in_order_and_can_be_breached(name: str | int) -> None:
    model = _model(EDGES[name] if isinstance(name, str) else random_scenario(name))
    for rows in model.rows:
        assert np.all(np.diff(rows.key) > 0)
        assert len(rows.key) == len(rows.lower) == len(rows.upper)
        assert len(rows.row) == len(rows.column) == len(rows.weight)
        assert np.all(np.diff(rows.row * len(model.upper) + rows.column) > 0)
        most = np.bincount(
            rows.row, np.maximum(rows.weight, 0) * model.upper[rows.column], minlength=len(rows.key)
        )
        assert np.all((most > rows.upper) | (rows.lower > -NO_LIMIT))


def _rows(of: Scenario) -> Counter[str]:
    counts: Counter[str] = Counter()
    for rows in _model(of, objective=False).rows:
        counts[rows.rule] += len(rows.key)
    return +counts


def test_counts_rows_as_counted_by_hand() -> None:
    """A class of two class days opens on one of three days: in all, it can be on four days in two rooms."""
    assert _rows(EDGES["plain"]) == {
        "quota": 1,
        # Only on the second and the third day can two openings meet in a room.
        "room-clash": 2 * 2,
        # Each half day of each course.
        "cohort-clash": 3 * 4,
        # Each module of each course; then each start: four of the short one, two of the long one.
        "programme-complete": 3 * 2 + 3 * (4 + 2),
        # L1 gives the short module only, in slots where two courses overlap; L2 gives either in all slots.
        "lecturer-clash": 4 + 8,
    }


class TestOneVenue:
    LOCKED = (
        {"cohort": "K1", "room": "east/hall", "opens": "2018-04-16"},
        {"cohort": "K2", "room": "west/hall", "opens": "2018-04-17"},
    )

    def test_a_column_for_each_venue_where_two_classes_can_meet_a_lecturer(self) -> None:
        """The classes share Tuesday and Wednesday; each of two lecturers can go to two venues."""
        model = _model(scenario(locks=self.LOCKED))
        assert model.extra_upper == [1] * (2 * 2 * 2)
        assert _rows(scenario(locks=self.LOCKED))["lecturer-one-venue"] == 2 * 2 * (2 * 2) + 2 * 2

    @pytest.mark.parametrize("guarded", [False, True])
    def test_a_session_where_its_lecturer_does_not_go_is_that_lecturer_s(self, guarded: bool) -> None:
        model = encode(compile_scenario(scenario(locks=self.LOCKED)), guarded=guarded)
        named = 0
        for rows in model.rows:
            for row in np.unique(rows.row) if rows.rule == "lecturer-one-venue" else ():
                columns = rows.column[rows.row == row]
                lectures = columns[(columns >= model.first_lecture) & (columns < model.first_extra)]
                lecturers = np.unique(model.lectures.lecturer[lectures - model.first_lecture])
                if len(lecturers):
                    (lecturer,) = (model.problem.scenario.lecturers[index].id for index in lecturers)
                    assert rows.name(int(rows.key[row])) == catalogue.lecturer_one_venue(lecturer)
                    named += 1
        assert named >= 2 * 2 * (2 * 2)

    def test_none_for_a_day_with_one_class(self) -> None:
        apart = [self.LOCKED[0], self.LOCKED[1] | {"opens": "2018-04-19"}]
        assert _model(scenario(locks=apart)).extra_upper == []

    def test_none_for_a_day_with_one_venue(self) -> None:
        together = [self.LOCKED[0], self.LOCKED[1] | {"room": "east/hall"}]
        assert _model(scenario(locks=together)).extra_upper == []

    def test_none_for_a_class_alone(self) -> None:
        problem = compile_scenario(scenario())
        model = encode(problem, cohorts=np.array([1]))
        assert "lecturer-one-venue" not in {rows.rule for rows in model.rows}

    def test_no_rows_where_there_is_one_venue(self) -> None:
        model = _model(scenario(venues={"west": None}))
        assert "lecturer-one-venue" not in {rows.rule for rows in model.rows}


class TestPrecedence:
    def test_no_rows_for_a_module_that_cannot_start(self) -> None:
        late = scenario(modules={"TALK": {"after": ["LAW"], "earliest_day": 4}})
        assert "precedence" not in {rows.rule for rows in _model(late).rows}


class TestRows:
    def test_limits_are_those_asked_for(self) -> None:
        model = _model(EDGES["plain"])
        keys, columns = np.array([5, 3, 5]), np.array([2, 0, 1])
        model.add_rows("quota", [Entries(keys, columns)], _named, upper=lambda keys: keys - 4)
        rows = model.rows[-1]
        assert rows.key.tolist() == [3, 5]
        assert rows.upper.tolist() == [-1, 1]
        assert rows.lower.tolist() == [-NO_LIMIT] * 2
        assert rows.row.tolist() == [0, 1, 1]
        assert rows.column.tolist() == [0, 1, 2]

    def test_entries_that_meet_add_up(self) -> None:
        model = _model(EDGES["plain"])
        keys, columns = np.array([7, 7, 7]), np.array([1, 1, 4])
        model.add_rows("quota", [Entries(keys, columns, 3), Entries(keys, columns, -1)], _named, lower=1)
        rows = model.rows[-1]
        assert rows.column.tolist() == [1, 4]
        assert rows.weight.tolist() == [4, 2]
        assert rows.upper.tolist() == [NO_LIMIT]

    def test_a_row_that_always_holds_is_left_out_and_the_others_count_on(self) -> None:
        model = _model(EDGES["plain"])
        keys, columns = np.array([1, 2, 2, 3, 4, 4]), np.array([0, 0, 1, 0, 2, 3])
        model.add_rows("quota", [Entries(keys, columns)], _named, upper=1)
        rows = model.rows[-1]
        assert rows.key.tolist() == [2, 4]
        assert rows.row.tolist() == [0, 0, 1, 1]

    def test_a_key_without_entries_has_a_row_if_it_must_reach_something(self) -> None:
        model = _model(EDGES["plain"])
        model.add_rows(
            "quota",
            [Entries(np.array([2]), np.array([0]))],
            _named,
            keys=np.array([1, 2]),
            lower=1,
        )
        assert model.rows[-1].key.tolist() == [1, 2]
        assert model.rows[-1].row.tolist() == [1]

    def test_added_columns_stand_behind_all_others(self) -> None:
        model = _model(EDGES["plain"], objective=False)
        first = len(model.upper)
        assert model.add_columns([3, 1]).tolist() == [first, first + 1]
        assert model.add_columns([2]).tolist() == [first + 2]
        assert model.upper[first:].tolist() == [3, 1, 2]


class TestEncoding:
    def test_by_default_nothing_is_kept_that_a_rule_bans(self) -> None:
        model = _model(scenario(cohorts={"K1": {"opens": april(16)}}))
        assert model.bans == []
        assert not model.guarded
        assert len(model.cost) == len(model.upper)

    def test_plans_the_classes_asked_for(self) -> None:
        problem = compile_scenario(scenario())
        model = encode(problem, cohorts=np.array([1]))
        (quota,) = (rows for rows in model.rows if rows.rule == "quota")
        assert quota.key.tolist() == [1]

    def test_considers_the_openings_asked_for(self) -> None:
        problem = compile_scenario(EDGES["plain"])
        model = encode(problem, Openings(np.array([0]), np.array([1]), np.array([1])))
        assert model.first_start == 1
        assert model.courses == Courses(np.array([0]), np.array([1]))

    def test_halls_alone_have_no_sessions(self) -> None:
        model = encode_openings(compile_scenario(EDGES["plain"]))
        assert [rows.rule for rows in model.rows] == ["quota", "room-clash"]
        assert len(model.upper) == len(model.openings.day) == 3 * 2
        # Two days for 100 or for 250, and 5 for each working day later.
        assert model.cost.tolist() == [200, 500, 205, 505, 210, 510]
        assert not model.guarded

    def test_halls_are_banned_as_in_the_whole(self) -> None:
        of = scenario(cohorts={"K1": {"opens": april(16)}, "K2": {"size": 70}})
        whole, halls = _model(of), encode_openings(compile_scenario(of))
        assert vars(halls.openings).keys() == vars(whole.openings).keys()
        for name, column in vars(whole.openings).items():
            assert np.array_equal(getattr(halls.openings, name), column)

    def test_openings_end_within_the_calendar(self) -> None:
        openings = possible_openings(compile_scenario(EDGES["plain"]))
        assert openings.day.tolist() == [0, 0, 1, 1, 2, 2]
        assert openings.room.tolist() == [0, 1] * 3
        assert openings.cohort.tolist() == [0] * 6

    def test_a_function_states_its_rule_when_its_stage_comes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stated: list[Model] = []
        monkeypatch.setitem(ENCODERS, "quota", [])

        def quota(model: Model) -> None:
            stated.append(model)

        assert encodes("quota", "rows")(quota) is quota
        assert ENCODERS["quota"] == [("rows", quota)]
        model = _model(EDGES["plain"])
        assert stated == [model]
        assert sorted(ENCODERS) == sorted(RULES)


class TestProgram:
    def test_holds_the_rows_of_all_rules_one_after_the_other(self) -> None:
        model = _model(EDGES["plain"])
        program = program_of(model)
        assert program.row.tolist() == sorted(program.row.tolist())
        assert len(program.row_lower) == len(program.row_upper) == sum(len(rows.key) for rows in model.rows)
        assert program.first[0] == 0
        assert program.first[-1] == len(program.column) == len(program.weight)
        before = entry = 0
        for rows in model.rows:
            end = entry + len(rows.row)
            assert program.row[entry:end].tolist() == (rows.row + before).tolist()
            assert program.column[entry:end].tolist() == rows.column.tolist()
            assert program.weight[entry:end].tolist() == rows.weight.tolist()
            before, entry = before + len(rows.key), end

    @pytest.mark.parametrize("name", ["plain", "nobody-teaches", "no-rooms", "no-working-days"])
    @pytest.mark.parametrize("budget", [{}, {2018: 1}, {2017: 1}])
    def test_is_of_whole_numbers_even_where_there_is_nothing(self, name: str, budget: dict[int, int]) -> None:
        problem = compile_scenario(EDGES[name].model_copy(update={"budget": budget}))
        for model in (encode(problem), encode(problem, guarded=True), encode_openings(problem)):
            program = program_of(model)
            assert {array.dtype for array in vars(program).values()} == {np.dtype(np.int64)}
            assert {column.dtype for rows in model.rows for column in (rows.key, rows.row)} == {
                np.dtype(np.int64)
            }

    def test_an_empty_row_takes_its_place(self) -> None:
        """No opening is left for the class: its row has no entries, and must reach 1."""
        program = program_of(_model(EDGES["calendar-shorter-than-the-programme"]))
        assert program.first.tolist() == [0, 0]
        assert program.row_lower.tolist() == program.row_upper.tolist() == [1]
        assert program.row.tolist() == []

    def test_without_an_objective_all_is_free(self) -> None:
        program = program_of(_model(EDGES["plain"], objective=False))
        assert program.cost.tolist() == [0] * len(program.upper)

    def test_costs_what_its_columns_cost(self) -> None:
        program = program_of(_model(EDGES["plain"]))
        values = np.arange(len(program.upper))
        total = program.total(values)
        assert type(total) is int
        assert total == sum(value * cost for value, cost in enumerate(program.cost.tolist()))

    def test_columns_held_at_0_keep_their_positions(self) -> None:
        program = program_of(_model(EDGES["two-classes-one-room"]))
        held = np.zeros(len(program.upper), dtype=bool)
        held[::3] = True
        less = program.without(held)
        assert less.upper.tolist() == np.where(held, 0, program.upper).tolist()
        for values in np.eye(len(held), dtype=np.int64)[~held]:
            sums = [
                np.bincount(each.row, each.weight * values[each.column], len(each.row_lower))
                for each in (program, less)
            ]
            assert sums[0].tolist() == sums[1].tolist()
        assert not held[less.column].any()
        assert less.row_lower is program.row_lower
        assert less.cost is program.cost


class TestDecode:
    def test_lists_classes_as_the_scenario_does_and_meetings_as_they_come(self) -> None:
        """The second class first in the tables, its last module first."""
        model = _model(scenario(), objective=False)
        values = np.zeros(len(model.upper), dtype=np.int64)
        for cohort, day in ((0, 6), (1, 2)):
            opening = np.flatnonzero((model.openings.cohort == cohort) & (model.openings.day == day))[0]
            values[opening] = 1
            mine = model.starts.course == model.course_of_opening[opening]
            for module, slot in ((0, 2), (1, 1), (2, 0)):
                start = np.flatnonzero(mine & (model.starts.module == module) & (model.starts.slot == slot))
                values[model.first_start + start] = 1
                values[model.first_lecture + np.flatnonzero(model.lectures.start == start)[:1]] = 1
        cohorts, meetings = decode(model, values)
        assert [(cohort.id, cohort.opens, cohort.closes) for cohort in cohorts] == [
            ("K1", april(17), april(19)),
            ("K2", april(11), april(13)),
        ]
        assert [
            (meeting.cohorts, meeting.module, meeting.lecturers, meeting.room) for meeting in meetings
        ] == [
            (("K1",), "VISIT", (), None),
            (("K1",), "TALK", ("binh",), "east/hall"),
            (("K1",), "LAW", ("an",), "east/hall"),
            (("K2",), "VISIT", (), None),
            (("K2",), "TALK", ("binh",), "east/hall"),
            (("K2",), "LAW", ("an",), "east/hall"),
        ]
        assert meetings[2].sessions == ((april(18), "morning"), (april(18), "afternoon"))
