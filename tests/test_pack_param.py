from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.language import speaking
from perflint.pack.model import Param, Place
from perflint.pack.param import declare_param, read_value
from perflint.pack.requirement import meets_requirement, version_key
from perflint.pack.shape import Fault
from perflint.pack.strict_yaml import parse_yaml

PLACE = Place(file="f.yaml", line=1, column=1, pack="base")


def declare(text: str) -> tuple[Param | None, list[tuple[tuple[Any, ...], str]]]:
    faults: list[Fault] = []
    written = parse_yaml("{title: {zh: 甲, en: a}, " + text + "}", path="f.yaml").root
    with speaking("en"):
        param = declare_param("p", written, PLACE, faults)
    return param, [(fault.path, fault.message) for fault in faults]


@pytest.mark.parametrize(
    ("text", "kind", "items", "value"),
    [
        ('type: decimal, default: "0.005"', "decimal", None, Decimal("0.005")),
        ("type: decimal, default: 0.10", "decimal", None, Decimal("0.10")),
        ("type: integer, default: 3", "integer", None, Decimal(3)),
        ("type: text, default: 万元", "text", None, "万元"),
        ("type: bool, default: false", "bool", None, False),
        ("type: list, default: [100, 90]", "list", "decimal", (Decimal(100), Decimal(90))),
        ("type: list, default: [甲, 乙]", "list", "text", ("甲", "乙")),
        ("type: list, items: integer, default: []", "list", "integer", ()),
    ],
)
def test_parameter_has_the_declared_type(text: str, kind: str, items: str | None, value: Any) -> None:
    param, faults = declare(text)
    assert faults == []
    assert param is not None
    assert (param.type, param.items, param.value, param.default) == (kind, items, value, value)
    assert str(param.value) == str(value)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("type: decimal, default: 甲", [(("default",), "must be a number, not '甲'")]),
        ("type: decimal, default: true", [(("default",), "must be a number, not 'true'")]),
        ("type: integer, default: 1.5", [(("default",), "must be a whole number, not '1.5'")]),
        ("type: text, default: 1", [(("default",), "must be text, not '1'")]),
        ("type: bool, default: 'true'", [(("default",), "must be true or false, not 'true'")]),
        ("type: list, default: 甲", [(("default",), "an empty list needs its element type in 'items'")]),
        ("type: list, default: []", [(("default",), "an empty list needs its element type in 'items'")]),
        ("type: list, default: [1, 甲]", [(("default", 1), "must be a number, not '甲'")]),
        ("type: decimal, default: 2, max: 1", [(("default",), "parameter p cannot be 2")]),
        ("type: decimal, default: 0, min: 1, max: 2", [(("default",), "parameter p cannot be 0")]),
        ("type: decimal, default: 1, min: 2, max: 0", [(("max",), "max is less than min")]),
        ("type: text, default: 甲, min: 1", [(("min",), "only a number has 'min'")]),
        ("type: text, default: 甲, items: text", [(("items",), "only a list has an element type")]),
        ("type: text, default: 丙, choices: [甲, 乙]", [(("default",), "parameter p cannot be 丙")]),
        ("type: decimal, default: 1, choices: [1, 甲]", [(("choices", 1), "must be a number, not '甲'")]),
    ],
)
def test_contradictory_declaration_is_refused(text: str, faults: list[tuple[Any, str]]) -> None:
    assert declare(text) == (None, faults)


@pytest.mark.parametrize(
    ("written", "value", "hint"),
    [
        ("[80, 100]", (Decimal(80), Decimal(100)), None),
        ("[100, 70]", None, "legal: 100, 90, 80"),
        ("['90']", (Decimal(90),), None),
    ],
)
def test_new_value_keeps_to_the_choices(written: str, value: Any, hint: str | None) -> None:
    param, _ = declare("type: list, default: [100, 90], choices: [100, 90, 80]")
    assert param is not None
    faults: list[Fault] = []
    with speaking("en"):
        found = read_value(param, parse_yaml(written, path="f.yaml").root, ("x",), faults)
    assert (found, [fault.hint for fault in faults]) == (value, [hint] if hint else [])


@pytest.mark.parametrize(
    ("version", "requirement", "met"),
    [
        ("1.0.0", ">=1", True),
        ("1", ">=1.0.0", True),
        ("1.9.9", ">=1,<2", True),
        ("2.0", ">=1,<2", False),
        ("1.10", ">1.9", True),
        ("1.2.0", "==1.2", True),
        ("1.2.1", "!=1.2.1", False),
        ("2026.1.0", " >= 2026 , <= 2026.1 ", True),
    ],
)
def test_requirement(version: str, requirement: str, met: bool) -> None:
    assert meets_requirement(version, requirement) is met


def test_broken_requirement_is_an_error() -> None:
    with pytest.raises(ValueError, match="about 1"):
        meets_requirement("1.0", ">=1,about 1")


VERSIONS = st.lists(st.integers(0, 99), min_size=1, max_size=4)


@given(VERSIONS, VERSIONS)
def test_versions_sort_by_their_numbers(first: list[int], second: list[int]) -> None:
    one, other = (".".join(map(str, numbers)) for numbers in (first, second))
    padded = [numbers + [0] * (4 - len(numbers)) for numbers in (first, second)]
    assert (version_key(one) < version_key(other)) is (padded[0] < padded[1])
    assert meets_requirement(one, f">={other}") is not meets_requirement(one, f"<{other}")
