"""The scenarios and languages that every report is tried with."""

import pytest

from classplanner.language import LANGUAGES, LanguageCode
from classplanner.scenario import Scenario
from tests.report.samples import MAKERS


@pytest.fixture(params=sorted(MAKERS))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return MAKERS[request.param]()


@pytest.fixture(params=LANGUAGES)
def code(request: pytest.FixtureRequest) -> LanguageCode:
    code: LanguageCode = request.param
    return code
