"""Shows what exceptions say, in both languages, and that they pass from one process to another."""

from __future__ import annotations

import errno
import pickle

import pytest

from classplanner.errors import (
    ClassplannerError,
    ContradictionError,
    Fault,
    InputError,
    OutputError,
    system_reason,
)
from classplanner.language import Language, Phrase

_FAULTS = (
    Fault("lớp.toml", "name", "unknown-key", {"key": "nam"}, "name"),
    Fault("", "", "no-cohorts"),
)
_INPUT = InputError(iter(_FAULTS))
_OUTPUT = OutputError("a.json", Phrase("error.system.disk-full"))
_CONTRADICTION = ContradictionError(iter(["two classes in one hall"]), '{"seed": 1}')
_CONTRADICTION.dump = "case.json"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (
            _INPUT,
            "en",
            (
                'lớp.toml: name: "nam" is not known here. Did you mean "name"?\n'
                'There is nothing to plan: neither "cohorts" nor "audiences" asks for a class.'
            ),
        ),
        (
            _INPUT,
            "vi",
            (
                'lớp.toml: name: Ở đây không có mục "nam". Có phải ý bạn là "name"?\n'
                'Không có gì để lập kế hoạch: cả "cohorts" lẫn "audiences" đều không nêu lớp nào.'
            ),
        ),
        (_OUTPUT, "en", "a.json cannot be written: the disk is full."),
        (_OUTPUT, "vi", "Không ghi được a.json: đĩa đã đầy."),
        (OutputError("a.json", "odd"), "en", "a.json cannot be written: odd."),
        (
            _CONTRADICTION,
            "en",
            (
                "The checker contradicts the solver. "
                "This is a bug in classplanner, not a fault of your scenario.\n"
                "two classes in one hall\n"
                "The case was kept in case.json; please send it with a bug report."
            ),
        ),
        (
            _CONTRADICTION,
            "vi",
            (
                "Bộ kiểm tra không đồng ý với bộ giải. "
                "Đây là lỗi của classplanner, không phải lỗi của dữ liệu.\n"
                "two classes in one hall\n"
                "Trường hợp này được lưu tại case.json; xin gửi kèm báo cáo lỗi."
            ),
        ),
        (ClassplannerError("odd"), "vi", "odd"),
    ],
)
def test_exceptions_say_what_happened(error: ClassplannerError, code: str, told: str) -> None:
    assert error.describe(Language("vi" if code == "vi" else "en")) == told


@pytest.mark.parametrize("error", [_INPUT, _OUTPUT, _CONTRADICTION, ClassplannerError("odd")], ids=repr)
def test_exceptions_speak_english_by_themselves_and_pass_to_another_process(error: ClassplannerError) -> None:
    copied = pickle.loads(pickle.dumps(error))
    assert type(copied) is type(error)
    assert str(copied) == str(error) == error.describe(Language("en"))
    assert vars(copied) == vars(error)


def test_a_contradiction_whose_case_is_not_kept_names_no_file() -> None:
    error = ContradictionError(["two classes in one hall"])
    assert str(error).endswith("not a fault of your scenario.\ntwo classes in one hall")
    assert str(_CONTRADICTION).startswith(f"{error}\nThe case was kept in case.json")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(errno.ENOENT, "?"), Phrase("error.system.no-file")),
        (PermissionError(errno.EPERM, "?"), Phrase("error.system.no-permission")),
        (OSError(errno.EROFS, "?"), Phrase("error.system.no-permission")),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("odd"), "odd"),
        (ValueError("embedded null byte"), Phrase("error.system.bad-name")),
        (UnicodeError("odd"), "odd"),
    ],
    ids=repr,
)
def test_reasons_of_the_system_are_told_in_the_language_of_the_reader(
    error: OSError | ValueError, reason: str | Phrase
) -> None:
    assert system_reason(error) == reason
