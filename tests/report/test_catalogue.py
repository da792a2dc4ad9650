"""The sentences of the reports: the same in both languages, and none that nobody says."""

import re
from importlib import resources
from pathlib import Path

from classplanner.language import LanguageCode, catalogue

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _sentences(code: LanguageCode) -> dict[str, str]:
    return {key: text for key, text in catalogue(code).items() if key.startswith("report.")}


def test_both_languages_say_the_same() -> None:
    english, vietnamese = _sentences("en"), _sentences("vi")
    assert english.keys() == vietnamese.keys()
    for key, text in english.items():
        assert set(_PLACEHOLDER.findall(text)) == set(_PLACEHOLDER.findall(vietnamese[key])), key


def test_every_sentence_is_said_somewhere() -> None:
    with resources.as_file(resources.files("classplanner.report")) as folder:
        files = [*Path(folder).rglob("*.py"), *Path(folder).rglob("*.j2")]
        sources = "\n".join(file.read_text("utf-8") for file in files)
    composed = (
        "report.status.",
        "report.day.",
        "report.term.",
        "report.count.",
        "report.weekday.",
    )
    for key in _sentences("en"):
        column = key.removeprefix("report.column.")
        names = {f"'{key}'", f'"{key}"', f"'{column}'", f'"{column}"'}
        assert key.startswith(composed) or any(name in sources for name in names), key
