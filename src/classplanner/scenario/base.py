"""What all models of files have in common."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationInfo
from pydantic_core import PydanticCustomError

__all__ = ["Model", "not_before"]

_Ordered = TypeVar("_Ordered", dt.date, int, None)


class Model(BaseModel):
    """A frozen table of a file, without unknown keys; the texts below its fields are their descriptions."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


def not_before(last: _Ordered, info: ValidationInfo, *names: str) -> _Ordered:
    """Refuse a value that comes before that of an earlier field, where both are given and sound.

    A validator of the one field, unlike one of the whole model, also runs when other fields are faulty.

    Parameters
    ----------
    last
        The value of the field being validated.
    info
        What pydantic knows of it.
    names
        The earlier fields.
    """
    for name in names:
        first = info.data.get(name)
        if first is not None and last is not None and last < first:
            values = {"first": name.removesuffix("_"), "last": info.field_name}
            raise PydanticCustomError("order", "ends before it begins", values)
    return last
