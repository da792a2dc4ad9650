"""Tells why a plan is so and what anything else would cost, in sentences and as documents for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from classplanner.diff import MeetingChange, tell_class_change, tell_meeting, tell_meeting_change
from classplanner.explaining.asking import Why
from classplanner.explaining.records import AnswerRecord, SuggestionRecord, SuggestionsRecord, WhyRecord
from classplanner.explaining.suggestions import Suggestion
from classplanner.explaining.telling import members, record_conflict
from classplanner.explaining.wishes import Answer
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Lock
from classplanner.timetable import Meeting

__all__ = [
    "record_answer",
    "record_suggestions",
    "record_why",
    "tell_answer",
    "tell_suggestions",
    "tell_why",
]

_MOST_CHANGES = 6
_MOST_WAYS = 10
_KEYS = ("lecturer", "session", "room", "venue")


def tell_why(why: Why, names: Names, language: Language) -> str:
    """Tell what anything else would cost than the meeting as planned."""
    what, when = _what(why.meeting, names, language), tell_meeting(why.meeting, names, language)
    lines = [language.text("why.meeting", what=_capital(what), when=when)]
    prices = [answer.price for answer in why.answers if answer.price is not None]
    for answer in why.answers:
        lines += ["", *_answer(answer, names, language, changes=False)]
    if prices:
        lines += ["", language.text("why.better" if min(prices) < 0 else "why.best")]
    return "\n".join(lines)


def tell_answer(answer: Answer, names: Names, language: Language) -> str:
    """Tell what a wish would cost, and what else would change; or which facts forbid it."""
    return "\n".join(_answer(answer, names, language, changes=True))


def _answer(answer: Answer, names: Names, language: Language, *, changes: bool) -> Iterator[str]:
    wish = _wish(answer.wish, names, language)
    yield language.text("why.answer.asked", wishes=wish)
    if answer.price is not None:
        yield f"  {_price(answer, language)}"
        if answer.terms and any(answer.terms.values()):
            yield f"  {_terms(answer.terms, language)}"
        if changes:
            yield from _changes(answer, names, language)
    elif answer.conflict is not None:
        key = "impossible" if answer.conflict.minimal else "impossible-open"
        yield f"  {language.text(f'why.answer.{key}')}"
        yield from (f"    - {line}" for line in members(answer.conflict, names, language))
    else:
        key = "unknown-alone" if answer.alone else "unknown"
        yield f"  {language.text(f'why.answer.{key}', cohort=answer.wish[0].cohort)}"


def _wish(wish: Sequence[Lock], names: Names, language: Language) -> str:
    """Tell what was asked for, without the class and module that it is about."""
    lock = wish[0]
    parts = []
    if lock.date is not None:
        key = "date" if len(wish) == 1 else "dates"
        parts.append(language.text(f"why.wish.{key}", date=lock.date, first=lock.date, last=wish[-1].date))
    if lock.opens is not None:
        parts.append(language.text("why.wish.opens", date=lock.opens))
    told = names.tell({key: getattr(lock, key) for key in _KEYS if getattr(lock, key) is not None}, language)
    parts += [language.text(f"why.wish.{key}", **{key: value}) for key, value in told.items()]
    return ", ".join(parts)


def _price(answer: Answer, language: Language) -> str:
    price, least = answer.price, answer.least
    assert price is not None
    key = "less" if price < 0 else ""
    if answer.alone or least is None:
        key = f"local-{key}" if key else ("local" if price else "local-none")
    elif not key:
        key = "between" if price > least else ("exact" if price else "none")
    values = {"price": price, "saving": -price, "least": max(least or 0, 0), "cohort": answer.wish[0].cohort}
    return language.text(f"why.answer.{key}", **values)


def _terms(terms: Mapping[str, int], language: Language) -> str:
    told = [
        language.text(
            "why.answer.term",
            term=language.text(f"report.term.{term}"),
            amount=("+" if amount > 0 else "−") + language.number(abs(amount)),
        )
        for term, amount in terms.items()
        if amount
    ]
    return language.text("why.answer.terms", terms=told)


def _changes(answer: Answer, names: Names, language: Language) -> Iterator[str]:
    """Tell how the meeting asked about would be, and what else would change."""
    assert answer.difference is not None
    cohort, module = answer.wish[0].cohort, answer.wish[0].module
    lines = [tell_class_change(change, names, language) for change in answer.difference.cohorts]
    for change in answer.difference.meetings:
        meeting = change.meeting
        if cohort in meeting.cohorts and meeting.module == module:
            then = tell_meeting(meeting, names, language, room=False)
            yield f"  {language.text('why.answer.then', when=then)}"
        else:
            lines.append(_change(change, names, language))
    yield f"  {language.text('why.answer.moves' if lines else 'why.answer.nothing', number=len(lines))}"
    yield from (f"    - {line}" for line in lines[:_MOST_CHANGES])
    if len(lines) > _MOST_CHANGES:
        yield f"    {language.text('why.answer.more', number=len(lines) - _MOST_CHANGES)}"


def _change(change: MeetingChange, names: Names, language: Language) -> str:
    """Tell what of a meeting changes: when it is, who teaches it; where it is, only if nothing else."""
    before, after = change.before, change.after
    if before is None or after is None:
        return tell_meeting_change(change, names, language)
    parts = []
    if before.sessions != after.sessions:
        times = [tell_meeting(one, names, language, lecturers=False, room=False) for one in (before, after)]
        parts.append(language.text("why.change.moved", before=times[0], after=times[1]))
    if before.lecturers != after.lecturers:
        people = [[names.lecturer(name) for name in one.lecturers] for one in (before, after)]
        parts.append(language.text("why.change.given", before=people[0], after=people[1]))
    if not parts:
        return tell_meeting_change(change, names, language)
    return language.text("why.change.line", what=_what(after, names, language), changes="; ".join(parts))


def tell_suggestions(
    meeting: Meeting, suggestions: Sequence[Suggestion], names: Names, language: Language
) -> str:
    """Tell other ways to hold a meeting, one line each, and what else each changes."""
    if not suggestions:
        return language.text("why.suggest.none")
    what, when = _what(meeting, names, language), tell_meeting(meeting, names, language)
    lines = [language.text("why.suggest.title", what=what, when=when)]
    for number, one in enumerate(suggestions[:_MOST_WAYS], 1):
        kind = "dearer" if one.price > 0 else "cheaper" if one.price else "same"
        changes = len(one.difference.meetings) + len(one.difference.cohorts)
        lines.append(
            language.text(
                "why.suggest.line",
                number=number,
                when=tell_meeting(one.meeting, names, language, room=False),
                price=language.text(f"why.suggest.{kind}", price=abs(one.price)),
                changes=changes,
            )
        )
        others = [change for change in one.difference.meetings if change.after != one.meeting]
        lines += [f"     - {_change(change, names, language)}" for change in others[:_MOST_CHANGES]]
        if len(others) > _MOST_CHANGES:
            lines.append(f"     {language.text('why.answer.more', number=len(others) - _MOST_CHANGES)}")
    if len(suggestions) > _MOST_WAYS:
        lines.append(language.text("why.suggest.more", number=len(suggestions) - _MOST_WAYS))
    return "\n".join(lines)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _what(meeting: Meeting, names: Names, language: Language) -> str:
    module = names.module_of_cohort(meeting.cohorts[0], meeting.module)
    return language.text("diff.what", cohorts=meeting.cohorts, module=module)


def record_answer(answer: Answer, names: Names, language: Language) -> AnswerRecord:
    """Return what a wish would cost for programs; sentences are in the language."""
    conflict = answer.conflict
    return AnswerRecord(
        wish=answer.wish,
        status=answer.status,
        price=answer.price,
        least=answer.least,
        exact=answer.exact,
        terms=answer.terms,
        changes=answer.difference,
        conflict=None if conflict is None else record_conflict(conflict, names, language),
        sentences=tuple(tell_answer(answer, names, language).split("\n")),
    )


def record_why(why: Why, names: Names, language: Language) -> WhyRecord:
    """Return why a meeting is as it is for programs; sentences are in the language."""
    answers = tuple(record_answer(answer, names, language) for answer in why.answers)
    return WhyRecord(meeting=why.meeting, answers=answers)


def record_suggestions(
    meeting: Meeting, suggestions: Sequence[Suggestion], names: Names, language: Language
) -> SuggestionsRecord:
    """Return other ways to hold a meeting for programs; sentences are in the language."""
    found = (
        SuggestionRecord(
            kind=one.kind,
            meeting=one.meeting,
            sentence=tell_meeting(one.meeting, names, language),
            price=one.price,
            terms=one.terms,
            changes=one.difference,
        )
        for one in suggestions
    )
    return SuggestionsRecord(meeting=meeting, suggestions=tuple(found))
