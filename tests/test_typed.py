"""Tuples with named fields behave as those of the standard library do."""

from __future__ import annotations

import copy
import importlib.util
import pickle
import sys
from typing import NamedTuple

import pytest

from perflint import typed


class Mine(typed.NamedTuple):
    title: str
    text: str = "五次"
    marked: bool = False

    @property
    def length(self) -> int:
        return len(self.text)


class Theirs(NamedTuple):
    title: str
    text: str = "五次"
    marked: bool = False


def test_it_is_a_tuple_with_names() -> None:
    mine, theirs = Mine("值", marked=True), Theirs("值", marked=True)
    assert [tuple(mine), hash(mine), len(mine)] == [tuple(theirs), hash(theirs), 3]
    assert (mine.title, mine.text, mine.marked, mine.length) == ("值", "五次", True, 2)
    assert repr(mine) == repr(theirs).replace("Theirs", "Mine")
    assert (mine._fields, mine._field_defaults) == (theirs._fields, theirs._field_defaults)
    assert mine._asdict() == theirs._asdict()


def test_it_is_copied_changed_and_pickled() -> None:
    mine = Mine(title="值")
    assert [copy.copy(mine), copy.deepcopy(mine), pickle.loads(pickle.dumps(mine))] == [mine] * 3  # noqa: S301
    assert type(copy.copy(mine)) is Mine
    assert mine._replace(text="六次") == Mine._make(["值", "六次", False])


def test_it_can_be_matched() -> None:
    match Mine("值", "六次"):
        case Mine(title, text):
            assert (title, text) == ("值", "六次")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [((), {}), (("值", "次", True, 1), {}), (("值",), {"title": "值"}), (("值",), {"txet": "次"})],
)
def test_wrong_arguments_are_refused(arguments: tuple[object, ...], named: dict[str, object]) -> None:
    for cls in (Mine, Theirs):
        with pytest.raises(TypeError):
            cls(*arguments, **named)  # type: ignore[arg-type]


def test_a_python_without_the_private_getter_reads_the_fields_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_collections", None)
    spec = importlib.util.spec_from_file_location("typed_without_getter", typed.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    class Pair(module.NamedTuple):  # type: ignore[misc, name-defined]
        left: int
        right: int = 2

    assert (Pair(1).left, Pair(1).right, Pair(1)) == (1, 2, (1, 2))
