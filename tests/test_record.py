"""Data classes of perflint behave as those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from perflint.errors import Problem
from perflint.finding import Cell, Notice
from perflint.record import list_fields, replace
from perflint.schema.model import Type


def test_what_is_not_given_has_its_default() -> None:
    assert list(list_fields(Cell(title="单位", text="个"))) == [
        ("title", "单位"),
        ("text", "个"),
        ("marked", False),
        ("field", ""),
    ]


def test_values_with_the_same_fields_are_equal_and_hash_alike() -> None:
    left, right = Type("text", nullable=True), Type("text", None, None, True)
    assert left == right
    assert len({left, right, Type("text")}) == 2


def test_another_class_is_never_equal() -> None:
    assert Problem(message="m") != Notice(message="m", code="c")


def test_it_is_shown_with_its_fields() -> None:
    assert repr(Cell(title="单位", text="个")) == "Cell(title='单位', text='个', marked=False, field='')"


def test_nothing_can_be_assigned() -> None:
    cell = Cell(title="单位", text="个")
    with pytest.raises(dataclasses.FrozenInstanceError, match="'text'"):
        cell.text = "项"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="'text'"):
        del cell.text


@pytest.mark.parametrize(
    ("arguments", "named", "message"),
    [
        ((), {"title": "单位"}, "lacks the argument 'text'"),
        ((), {"title": "单位", "text": "个", "txet": "个"}, "has no argument 'txet'"),
        ((), {"title": "单位", "txet": "个"}, "lacks the argument 'text'"),
        (("单位",), {}, "takes 0 positional arguments"),
    ],
)
def test_wrong_arguments_are_refused_by_name(arguments: tuple[str, ...], named: dict[str, str], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Cell(*arguments, **named)  # type: ignore[arg-type]


def test_a_value_survives_copying_and_pickling() -> None:
    notice = Notice(message="m", code="c", line=3)
    assert [copy.copy(notice), copy.deepcopy(notice), pickle.loads(pickle.dumps(notice))] == [notice] * 3  # noqa: S301


def test_the_standard_library_takes_it_for_a_data_class() -> None:
    notice = Notice(message="m", code="c")
    assert dataclasses.is_dataclass(notice)
    assert dataclasses.replace(notice, line=3) == replace(notice, line=3) == Notice(message="m", code="c", line=3)
    assert dataclasses.asdict(notice) == dict(list_fields(notice))
