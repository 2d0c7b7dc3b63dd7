"""Data classes of perflint behave as those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from perflint.errors import Problem
from perflint.finding import Cell, Notice
from perflint.record import dataclass, field, list_fields, replace
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
        ((), {"title": "单位"}, "'text'"),
        ((), {"title": "单位", "text": "个", "txet": "个"}, "'txet'"),
        (("单位",), {}, "positional argument"),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    __late__ = (("title",), ("text", "notes"))

    number: int
    title: str
    text: str
    notes: tuple[str, ...] = ()


def test_late_fields_are_the_same_after_pickling_and_copying() -> None:
    book = Book(number=1, title="目标", text="五次", notes=("注",))
    again = pickle.loads(pickle.dumps(book))  # noqa: S301
    assert again.number == 1
    assert copy.copy(again) == pickle.loads(pickle.dumps(again)) == again == book  # noqa: S301
    assert replace(pickle.loads(pickle.dumps(book)), number=2) == replace(book, number=2)  # noqa: S301
    assert replace(again, title="指标") == Book(number=1, title="指标", text="五次", notes=("注",))


def test_a_name_that_is_no_field_is_not_there() -> None:
    book = Book(number=1, title="目标", text="五次")
    for one in (book, pickle.loads(pickle.dumps(book))):  # noqa: S301
        with pytest.raises(AttributeError, match="page"):
            getattr(one, "page")  # noqa: B009


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    name: str
    rank: int = 3
    notes: list[str] = field(default_factory=list)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


def test_the_thousandth_is_made_like_the_first() -> None:
    made = [_Entry(name="甲乙", notes=["a"]) for _ in range(1000)]
    assert made == [made[0]] * 1000
    bare = [_Entry(name="丙") for _ in range(2)]
    assert [dict(list_fields(entry)) for entry in bare] == [{"name": "丙", "rank": 3, "notes": [], "length": 1}] * 2
    assert bare[0].notes is not bare[1].notes
    with pytest.raises(TypeError, match="'name'"):
        _Entry()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'nmae'"):
        _Entry(name="丁", nmae="丁")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional argument"):
        _Entry("丁")  # type: ignore[call-arg]


def test_the_thousandth_of_positional_arguments_too() -> None:
    made = [Type("text", None, None, nullable=True) for _ in range(1000)]
    assert made == [Type("text", nullable=True)] * 1000
