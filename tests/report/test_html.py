"""The page is one file that says what the timetable says, in either language, whatever the names are."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

import pytest

from classplanner.language import LanguageCode
from classplanner.report import render_html
from classplanner.report.entries import COLOURS, roman
from classplanner.scenario import Scenario
from tests.report.pages import LANGUAGE, cells, page, read
from tests.report.samples import plan, two_classes


class TestFile:
    def test_it_is_of_one_piece_and_reaches_for_nothing(self, scenario: Scenario, code: LanguageCode) -> None:
        text = render_html(scenario, plan(scenario), LANGUAGE[code])
        found = re.fullmatch(r"(.*)<script>(.*)</script>\n</body>\n</html>", text, re.DOTALL)
        assert found
        content, script = found.groups()
        assert not re.search(r"https?:|//|@import|url\(|<script|<link|<img|\ssrc=|\son\w+=", content)
        assert not re.search(r"fetch|XMLHttp|import|WebSocket|sendBeacon|innerHTML|eval|https?:", script)
        root = read(text)
        assert text.startswith("<!DOCTYPE html>")
        assert root.one("html")["lang"] == code
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        policy = next(root.every("meta", http_equiv="Content-Security-Policy"))["content"]
        assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"

    def test_every_table_is_a_full_rectangle_with_scoped_headers(
        self, scenario: Scenario, code: LanguageCode
    ) -> None:
        root = page(scenario, plan(scenario), code)
        for table in root.every("table"):
            cells(table)
        assert all(header["scope"] for header in root.every("th"))

    def test_every_anchor_leads_somewhere(self, scenario: Scenario) -> None:
        root = page(scenario, plan(scenario))
        ids = [element["id"] for element in root.every() if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        assert {link["href"].removeprefix("#") for link in root.every("a")} <= set(ids)

    def test_the_same_input_gives_the_same_page(self, scenario: Scenario) -> None:
        assert render_html(scenario, plan(scenario), LANGUAGE["vi"]) == render_html(
            scenario, plan(scenario), LANGUAGE["vi"]
        )

    def test_it_says_which_run_made_it(self) -> None:
        scenario = two_classes()
        footer = next(page(scenario, plan(scenario), "en").one("body").every("footer")).text
        assert footer == f"classplanner 0.1.0 · seed 1 · 1.23 s · workers: 1 scenario {scenario.sha256}"


class TestCosts:
    @pytest.mark.parametrize(
        ("language", "words", "total"),
        [
            ("vi", "Đã chứng minh tối ưu", "34.950.000"),
            ("en", "Proven optimal", "34,950,000"),
        ],
    )
    def test_status_and_total_are_told(self, language: LanguageCode, words: str, total: str) -> None:
        scenario = two_classes()
        box = page(scenario, plan(scenario), language).one("div", kind="costs")
        assert box.one("p", kind="status").text == words
        assert box.one("tr", kind="total").text.endswith(total)
        assert len(list(box.one("tbody").every("tr"))) == 6


NASTY = ["<script>alert(1)</script>", "\"&'", "{{ 7 * 7 }}", "</style><b>", "--> ]]>"]


class TestEscaping:
    @pytest.mark.parametrize("name", NASTY)
    def test_names_stay_text(self, name: str, code: LanguageCode) -> None:
        scenario = _renamed(two_classes(), name)
        text = render_html(scenario, plan(scenario), LANGUAGE[code])
        assert text.count("<script") == 1
        root = read(text)
        assert next(root.every("h1")).text == name
        assert root.one("title").text.endswith(name)
        for kind in ("programme", "module", "lecturer", "facts", "sums"):
            assert name in next(root.every(kind=kind)).text
        assert len(list(root.every("b"))) == 0
        figure = next(root.every("div", kind="meeting")).one(kind="figure")
        assert figure["title"] == name

    def test_ids_stay_text(self) -> None:
        document = two_classes().model_dump_json(by_alias=True, exclude_defaults=True)
        scenario = Scenario.model_validate_json(document.replace("MC-1", "<b>&amp;'"))
        root = page(scenario, plan(scenario))
        assert next(root.one("article", id="class-1").every("h3")).text.startswith("Lớp <b>&amp;' ")


class TestStyle:
    CSS = resources.files("classplanner.report").joinpath("templates/report.css").read_text("utf-8")

    def test_text_contrasts_with_every_ground(self) -> None:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", self.CSS))
        grounds = ["paper", "faint", *(f"c{number}" for number in range(COLOURS + 1))]
        for ground in grounds:
            assert _contrast(colours["ink"], colours[ground]) >= 7
            assert _contrast(colours["soft"], colours[ground]) >= 4.5
        assert _contrast("#ffffff", colours["ink"]) >= 7
        assert _contrast(colours["accent"], colours["paper"]) >= 4.5
        assert _contrast("#8f1d1d", colours["paper"]) >= 4.5

    def test_every_colour_has_its_class(self) -> None:
        assert {f"c{number}" for number in range(COLOURS + 1)} <= set(re.findall(r"\.(c\d)\b", self.CSS))

    def test_it_is_made_for_a4_landscape(self) -> None:
        assert "size: A4 landscape" in self.CSS
        assert "@media print" in self.CSS


@pytest.mark.parametrize(
    ("number", "figures"), [(1, "I"), (4, "IV"), (6, "VI"), (9, "IX"), (14, "XIV"), (40, "XXXX")]
)
def test_roman_figures(number: int, figures: str) -> None:
    assert roman(number) == figures


def _renamed(scenario: Scenario, name: str) -> Scenario:
    def rename(value: object) -> object:
        if isinstance(value, dict):
            return {key: name if key == "name" else rename(child) for key, child in value.items()}
        return [rename(child) for child in value] if isinstance(value, list) else value

    return Scenario.model_validate(
        rename(scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    )


def _contrast(one: str, other: str) -> float:
    """WCAG 2: the ratio of the relative luminances of two colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
