"""Tuples with named fields, and texts with names, behave as those of the standard library do."""

from __future__ import annotations

import copy
import importlib.util
import json
import pickle
import sys
from enum import StrEnum
from typing import Any, NamedTuple, cast

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


class Ours(typed.StrEnum):
    """Members."""

    PASS = "pass"  # noqa: S105 - a verdict
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_good(self) -> bool:
        return self is type(self).PASS


class Known(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict
    NOT_APPLICABLE = "not_applicable"


def test_members_are_texts_with_names() -> None:
    ours, known = Ours.NOT_APPLICABLE, Known.NOT_APPLICABLE
    assert [ours, str(ours), f"{ours:>15}", hash(ours)] == [known, str(known), f"{known:>15}", hash(known)]
    assert (ours.name, ours.value) == (known.name, known.value)
    assert repr(ours) == repr(known).replace("Known", "Ours")
    assert json.dumps({ours: [ours]}) == json.dumps({known: [known]})
    assert (isinstance(ours, Ours), type(ours), Ours.PASS.is_good, ours.is_good) == (True, Ours, True, False)


def test_members_are_found_by_value_and_by_name() -> None:
    assert Ours("pass") is Ours["PASS"] is Ours(Ours.PASS) is Ours.PASS
    assert (list(map(str, Ours)), len(Ours), list(Ours.__members__)) == (
        list(map(str, Known)),
        len(Known),
        list(Known.__members__),
    )
    assert "pass" in list(Ours)
    for members in cast("tuple[Any, ...]", (Ours, Known)):
        with pytest.raises(ValueError, match=f"^'no' is not a valid {members.__name__}$"):
            members("no")
        with pytest.raises(ValueError, match="is not a valid"):
            members([])
        with pytest.raises(KeyError, match="NO"):
            members["NO"]


def test_a_member_is_there_but_once() -> None:
    copies = copy.copy(Ours.PASS), copy.deepcopy(Ours.PASS), pickle.loads(pickle.dumps(Ours.PASS))  # noqa: S301
    assert all(one is Ours.PASS for one in copies)
