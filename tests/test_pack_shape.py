from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import BASE, HEAD, RULE, head

from perflint.language import speaking
from perflint.pack.examples import to_plain
from perflint.pack.shape import Fault, check_shape
from perflint.pack.strict_yaml import parse_yaml
from perflint.schema import load_schema
from perflint.schema.model import SCOPES

SCHEMA = load_schema("pack-1")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
COUNTY = (
    head("county", "LK", "base")
    + """\
override:
  unit-missing:
    {severity: error, enabled: false, params: {tolerance: 0}, reason: 通知, exempt: [{table: 甲, reason: 乙}]}
vocab:
  people_units: {add: [户次], remove: [单]}
  level2: {add: {时效指标: time}}
rules:
- {id: LK001, name: gone, status: removed, replaced_by: PT101}
"""
)


def faults_of(text: str) -> list[tuple[str, str, str | None]]:
    with speaking("en"):
        found = check_shape(parse_yaml(text, path="f.yaml").root)
    return [("/".join(map(str, fault.path)), fault.message, fault.hint) for fault in found]


def test_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_property_has_a_title_in_both_languages() -> None:
    untitled = []

    def walk(part: Any, path: str) -> None:
        if isinstance(part, dict):
            for name, sub in part.get("properties", {}).items():
                if "/if/" not in path and "/else/" not in path and not {"title", "x-en"} <= set(sub):
                    untitled.append(f"{path}/{name}")
            for key, sub in part.items():
                walk(sub, f"{path}/{key}/")

    walk({key: part for key, part in SCHEMA.items() if key != "$defs"}, "")
    for name, part in SCHEMA["$defs"].items():
        rest = {key: sub for key, sub in part.items() if key not in ("if", "then", "else")}
        walk(rest, name)
    assert untitled == []


def test_scopes_of_the_schema_are_those_of_the_model() -> None:
    assert set(SCHEMA["$defs"]["rule"]["properties"]["for_each"]["enum"]) == set(SCOPES)


@pytest.mark.parametrize("text", [BASE, COUNTY])
def test_sound_pack_has_no_fault(text: str) -> None:
    root = parse_yaml(text, path="f.yaml").root
    assert check_shape(root) == ()
    assert list(VALIDATOR.iter_errors(to_plain(root))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("severity:", "severty:", ("rules/0/severty", "unknown key 'severty'", "did you mean severity?")),
        (
            "severity: error",
            "severity: eror",
            ("rules/0/severity", "'severity' cannot be 'eror'", "did you mean error?"),
        ),
        (
            "severity: error",
            "severity: 3",
            ("rules/0/severity", "'severity' must be text, not 3", 'quote a text: "3"'),
        ),
        (
            "since: 1.0.0",
            "since: 1.0",
            ("rules/0/since", "'since' must be text, not 1.0", 'quote a text: "1.0"'),
        ),
        (
            "id: PT101",
            "id: pt-1",
            (
                "rules/0/id",
                "'id' cannot be 'pt-1'",
                "the pack's prefix in capitals and three or four digits, such as PT101",
            ),
        ),
        ("tags: [arithmetic]", "tags: [a, b, a]", ("rules/0/tags/2", "'a' is given twice", None)),
        (
            "  assert: abs(gap) <= params.tolerance\n",
            "",
            ("rules/0", "'assert' (assertion) is missing", "an expression that is true where nothing is wrong"),
        ),
        (
            "  at: budget.total\n",
            "  at: true\n",
            ("rules/0/at", "'at' must be text, not true", 'quote a text: "true"'),
        ),
        ("en: A total is the sum of its parts", "en: ' '", ("rules/0/why/en", "'en' must not be blank", None)),
        ("    pass: [{", "    pas: [{", ("rules/0/examples/pas", "unknown key 'pas'", "did you mean pass?")),
        ("perflint: pack/1", "perflint: pack/2", ("perflint", "'perflint' cannot be 'pack/2'", "did you mean pack/1?")),
        (
            "type: decimal",
            "type: decimel",
            ("params/tolerance/type", "'type' cannot be 'decimel'", "did you mean decimal?"),
        ),
        (
            "people_units: [人, 户, 单]",
            "people_units: [人, [户]]",
            ("vocab/people_units/1", "'people_units[1]' must be text, not a list", None),
        ),
        (
            "people_units: [人, 户, 单]",
            "people_units: {add: [人], remov: [户]}",
            ("vocab/people_units/remov", "unknown key 'remov'", "did you mean remove?"),
        ),
        (
            "  indicator:\n    class2",
            "  cell:\n    class2",
            ("define/cell", "'cell' is not allowed here", "did you mean goal?"),
        ),
    ],
)
def test_fault_is_told_once_with_what_to_do(old: str, new: str, expected: tuple[str, str, str | None]) -> None:
    assert old in BASE
    found = faults_of(BASE.replace(old, new, 1))
    if "define/cell" in expected[0]:
        assert found[0][:2] == expected[:2]
    else:
        assert found == [expected]


def test_mistyped_key_is_not_also_reported_as_missing() -> None:
    assert faults_of(BASE.replace("assert:", "asert:", 1)) == [
        ("rules/0/asert", "unknown key 'asert'", "did you mean assert?")
    ]


def test_stable_rule_needs_a_passing_and_a_failing_example() -> None:
    start = RULE.index("  examples:")
    assert faults_of(HEAD + "rules:\n" + RULE[:start]) == [("rules/0", "'examples' (examples) is missing", None)]
    assert faults_of(HEAD + "rules:\n" + RULE[:start] + "  examples: {pass: [{table: {}}]}\n") == [
        ("rules/0/examples", "'fail' (failing) is missing", None)
    ]
    assert faults_of(HEAD + "rules:\n" + RULE[:start] + "  status: preview\n") == []


def test_removed_rule_keeps_id_and_name_only() -> None:
    kept = "- {id: PT101, name: gone, status: removed, severity: error}\n"
    assert faults_of(HEAD + "rules:\n" + kept) == [
        ("rules/0/severity", "'severity' is not allowed here", "a removed rule keeps its id and name only")
    ]


def test_free_keys_start_with_x() -> None:
    assert faults_of(BASE + "x-note: anything\n") == []


def test_every_fault_of_a_file_is_told() -> None:
    text = BASE.replace("severity: error", "severity: bad", 1).replace("name: unit-missing", "nam: unit-missing")
    assert [path for path, _, _ in faults_of(text)] == ["rules/0/severity", "rules/1/nam"]


# --- the law: the checker and jsonschema agree on what is sound


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths_of(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from paths_of(part, (*path, index))


def mutate(root: Any, path: tuple[Any, ...], change: str, value: Any) -> Any:
    root = deepcopy(root)
    if not path:
        return value
    parent = root
    for step in path[:-1]:
        parent = parent[step]
    if change == "replace":
        parent[path[-1]] = value
    elif change == "drop":
        del parent[path[-1]]
    elif isinstance(parent, dict):
        parent[f"{path[-1]}x"] = parent.pop(path[-1])
    return root


ROOTS = [to_plain(parse_yaml(text, path="f.yaml").root) for text in (BASE, COUNTY)]
VALUES = st.sampled_from(
    ["", "text", "PT101", Decimal(1), True, None, [], ["a"], ["a", "a"], {}, {"a": "b"}, {"zh": "a"}]
)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_checker_agrees_with_jsonschema(data: st.DataObject) -> None:
    root = data.draw(st.sampled_from(ROOTS))
    path = data.draw(st.sampled_from(list(paths_of(root))))
    changed = mutate(root, path, data.draw(st.sampled_from(["replace", "drop", "rename"])), data.draw(VALUES))
    errors = list(VALIDATOR.iter_errors(changed))
    faults: tuple[Fault, ...] = check_shape(changed)
    assert bool(faults) == bool(errors), (path, faults, errors)
