"""The one big CP-SAT model: an interval for each lesson, an optional one for each who may teach it.

This is the textbook formulation (no-overlap and cumulative constraints over optional intervals), openings and
rooms included, run as CP-SAT is meant to be run: with eight workers.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from benchmarks.peers.drafts import Course, timetable_of
from benchmarks.peers.found import Found, Openings
from benchmarks.peers.limits import Limits, limits_of, module_starts
from classplanner.compile import Problem, compile_scenario
from classplanner.scenario import Scenario

__all__ = ["run"]

_WORKERS = 8
_LAST_WORDS = 0.5  # seconds that CP-SAT may need to end


def run(scenario: Scenario, seconds: float, seed: int = 1, openings: Openings | None = None) -> list[Found]:
    """Plan with the interval model; see `Peer`."""
    began = time.monotonic()
    problem = compile_scenario(scenario)
    intervals = _Intervals(problem, limits_of(problem, openings))
    intervals.state()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = _WORKERS
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.0, seconds - _LAST_WORDS - (time.monotonic() - began))
    kept = _Kept(intervals, began)
    solver.solve(intervals.model, kept)
    return kept.found


@dataclass
class _Lesson:
    """A module taught to a class: its variables."""

    module: int
    start: cp_model.IntVar  # slot of the class
    first: cp_model.IntVar  # slot of the calendar
    given: dict[int, cp_model.IntVar] = field(default_factory=dict)  # by lecturer


@dataclass
class _Class:
    opens: cp_model.IntVar
    in_room: dict[int, cp_model.IntVar]
    venue: cp_model.IntVar
    lessons: list[_Lesson]


class _Intervals:
    """The model, filled family by family."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem = problem
        self.limits = limits
        self.model = cp_model.CpModel()
        self.classes: list[_Class] = []
        self.costs: list[cp_model.LinearExprT] = []
        self._per_day = problem.sessions_per_day
        self._slots = len(problem.days) * self._per_day
        self._in_week: defaultdict[int, list[tuple[cp_model.IntervalVar, int]]] = defaultdict(list)
        self._on_day: defaultdict[int, list[tuple[cp_model.IntervalVar, int]]] = defaultdict(list)
        self._visits: defaultdict[int, list[tuple[cp_model.IntVar, cp_model.IntVar, int]]] = defaultdict(list)
        self._spent: defaultdict[int, list[cp_model.LinearExprT]] = defaultdict(list)

    def state(self) -> None:
        """State all rules and the objective."""
        for cohort in range(len(self.problem.cohorts)):
            self._class(cohort)
        self._rooms()
        self._lecturers()
        self._one_venue()
        for year, amount in self.problem.scenario.budget.items():
            self.model.add(sum(self._spent[year]) <= amount)
        self.model.minimize(sum(self.costs))

    def _number(self, values: Iterable[int]) -> cp_model.IntVar:
        return self.model.new_int_var_from_domain(cp_model.Domain.from_values(list(values)), "")

    def _class(self, cohort: int) -> None:
        problem, model, data = self.problem, self.model, self.problem.cohorts[cohort]
        opens = self._number(range(self.limits.first[cohort], self.limits.last[cohort] + 1))
        in_room = {room: model.new_bool_var("") for room in self.limits.rooms[cohort]}
        model.add_exactly_one(in_room.values())
        venue = self._number({int(problem.room_venue[room]) for room in in_room})
        model.add(venue == sum(int(problem.room_venue[room]) * chosen for room, chosen in in_room.items()))
        days, objective = data.programme.days, problem.scenario.objective
        self.costs.append(objective.delay * (opens - data.earliest))
        for room, chosen in in_room.items():
            self.costs.append(objective.rooms * int(problem.room_cost[room]) * days * chosen)
            self._pay_room(chosen, opens, days, int(problem.room_cost[room]))
        held = _Class(opens, in_room, venue, [])
        for module in data.programme.modules.tolist():
            held.lessons.append(self._lesson(held, module, days))
        self.classes.append(held)
        lengths = [int(problem.module_sessions[lesson.module]) for lesson in held.lessons]
        model.add_no_overlap(
            model.new_fixed_size_interval_var(lesson.start, length, "")
            for lesson, length in zip(held.lessons, lengths, strict=True)
        )
        first = held.lessons[0].module
        for lesson in held.lessons:
            for after in problem.modules[lesson.module].after:
                before = held.lessons[after - first]
                model.add(lesson.start >= before.start + int(problem.module_sessions[after]))
        self._settle(cohort, held)

    def _settle(self, cohort: int, held: _Class) -> None:
        """Hold what is settled for single modules."""
        for lock in self.limits.locks:
            if lock.cohort != cohort:
                continue
            lesson = held.lessons[lock.place]
            if lock.lecturer is not None:
                self.model.add(lesson.given[lock.lecturer] == 1)
            if lock.day is not None:
                first = lock.day * self._per_day
                self.model.add_linear_constraint(lesson.first, first, first + self._per_day - 1)
            if lock.session is not None:
                starts = list(range(lock.session, self._slots, self._per_day))
                self.model.add_linear_expression_in_domain(lesson.first, cp_model.Domain.from_values(starts))

    def _lesson(self, held: _Class, module: int, days: int) -> _Lesson:
        problem, model, data = self.problem, self.model, self.problem.modules[module]
        start = self._number(module_starts(problem, module, days))
        first = model.new_int_var(0, self._slots - data.module.sessions, "")
        model.add(first == self._per_day * held.opens + start)
        lesson = _Lesson(module, start, first)
        day = model.new_int_var(0, days - 1, "")  # of the class
        model.add_division_equality(day, start, self._per_day)
        away = model.new_int_var(0, days, "")
        model.add_abs_equality(away, day - data.nominal_day)
        objective = problem.scenario.objective
        self.costs.append(objective.order * away)
        for rank, lecturer in enumerate(data.lecturers.tolist()):
            given = lesson.given[lecturer] = model.new_bool_var("")
            fee = problem.scenario.lecturers[lecturer].fee
            self.costs.append(
                (objective.fees * fee * data.module.sessions + objective.preference * rank) * given
            )
        if lesson.given:
            model.add_exactly_one(lesson.given.values())
            self._parts(held, lesson, day)
        return lesson

    def _parts(self, held: _Class, lesson: _Lesson, day: cp_model.IntVar) -> None:
        """Note day by day how many sessions a lesson puts on whom."""
        problem, model, data = self.problem, self.model, self.problem.modules[lesson.module]
        last = len(problem.days) - 1
        for part in range(-(-data.module.sessions // self._per_day)):
            sessions = min(self._per_day, data.module.sessions - part * self._per_day)
            date = model.new_int_var(0, last, "")
            model.add(date == held.opens + day + part)
            week = self._looked_up(problem.week.tolist(), date)
            for lecturer, given in lesson.given.items():
                limits = problem.scenario.lecturers[lecturer]
                if limits.max_sessions_per_week is not None:
                    interval = model.new_optional_fixed_size_interval_var(week, 1, given, "")
                    self._in_week[lecturer].append((interval, sessions))
                if limits.max_sessions_per_day is not None:
                    interval = model.new_optional_fixed_size_interval_var(date, 1, given, "")
                    self._on_day[lecturer].append((interval, sessions))
                if not data.module.off_site:
                    self._visits[lecturer].append((given, date, len(self.classes)))
                self._pay_fee(given, date, sessions * limits.fee)

    def _looked_up(self, values: list[int], index: cp_model.IntVar) -> cp_model.IntVar:
        found = self._number(set(values))
        self.model.add_element(index, values, found)
        return found

    def _rooms(self) -> None:
        """Give a room to one class at a time, and to none while it is closed."""
        for room in range(len(self.problem.room_names)):
            stays = [
                self.model.new_optional_fixed_size_interval_var(
                    held.opens, int(self.problem.cohort_days[cohort]), held.in_room[room], ""
                )
                for cohort, held in enumerate(self.classes)
                if room in held.in_room
            ]
            closed: list[int] = self.limits.closed[room].nonzero()[0].tolist()
            stays += [self.model.new_fixed_size_interval_var(day, 1, "") for day in closed]
            self.model.add_no_overlap(stays)

    def _lecturers(self) -> None:
        problem, model, lessons = self.problem, self.model, defaultdict(list)
        for held in self.classes:
            for lesson in held.lessons:
                for lecturer, given in lesson.given.items():
                    lessons[lecturer].append((lesson, int(problem.module_sessions[lesson.module]), given))
        for lecturer, taught in lessons.items():
            limits = problem.scenario.lecturers[lecturer]
            busy = [
                model.new_optional_fixed_size_interval_var(lesson.first, length, given, "")
                for lesson, length, given in taught
            ]
            busy += [model.new_fixed_size_interval_var(slot, 1, "") for slot in self.limits.absent[lecturer]]
            model.add_no_overlap(busy)
            for noted, limit in (
                (self._on_day[lecturer], limits.max_sessions_per_day),
                (self._in_week[lecturer], limits.max_sessions_per_week),
            ):
                if limit is not None:
                    model.add_cumulative([one for one, _ in noted], [demand for _, demand in noted], limit)
            load = sum(length * given for _, length, given in taught)
            if limits.max_sessions is not None:
                model.add(load <= limits.max_sessions)
            if limits.target_sessions is not None:
                over = model.new_int_var(0, self._slots, "")
                model.add(over >= load - limits.target_sessions)
                self.costs.append(problem.scenario.objective.overload * over)

    def _one_venue(self) -> None:
        """Have each lecturer be at one venue a day, where the classes taught then are."""
        venues = len(self.problem.scenario.venues)
        if venues < 2 or len(self.classes) < 2:
            return
        for visits in self._visits.values():
            place = [self.model.new_int_var(0, venues - 1, "") for _ in self.problem.days]
            for given, date, cohort in visits:
                there = self.model.new_int_var(0, venues - 1, "")
                self.model.add_element(date, place, there)
                self.model.add(there == self.classes[cohort].venue).only_enforce_if(given)

    def _pay_room(self, chosen: cp_model.IntVar, opens: cp_model.IntVar, days: int, price: int) -> None:
        years = self.problem.year
        for year in self.problem.scenario.budget:
            last = len(years) - days
            in_year = [int((years[day : day + days] == year).sum()) for day in range(last + 1)]
            number = self._looked_up(in_year, opens)
            paid = self.model.new_int_var(0, price * days, "")
            self.model.add(paid == price * number).only_enforce_if(chosen)
            self._spent[year].append(paid)

    def _pay_fee(self, given: cp_model.IntVar, date: cp_model.IntVar, amount: int) -> None:
        for year in self.problem.scenario.budget:
            in_year = self._looked_up((self.problem.year == year).astype(int).tolist(), date)
            paid = self.model.new_int_var(0, amount, "")
            self.model.add(paid >= amount * (in_year + given - 1))
            self._spent[year].append(paid)


class _Kept(cp_model.CpSolverSolutionCallback):
    """Keeps each plan as it comes."""

    def __init__(self, intervals: _Intervals, began: float) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._intervals = intervals
        self._began = began

    def on_solution_callback(self) -> None:
        """Read the plan off the variables."""
        courses = [self._course(held) for held in self._intervals.classes]
        timetable = timetable_of(self._intervals.problem, courses)
        self.found.append(Found(time.monotonic() - self._began, round(self.objective_value), timetable))

    def _course(self, held: _Class) -> Course:
        return Course(
            self.value(held.opens),
            next(room for room, chosen in held.in_room.items() if self.boolean_value(chosen)),
            tuple(self.value(lesson.start) for lesson in held.lessons),
            tuple(
                next((one for one, given in lesson.given.items() if self.boolean_value(given)), -1)
                for lesson in held.lessons
            ),
        )
