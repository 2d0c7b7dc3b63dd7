"""Whatever a pack file holds, loading it gives a pack or a ``PackError`` with places, never another exception."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packs import BASE, head, rule, write

from perflint.errors import PackError
from perflint.pack.examples import to_plain
from perflint.pack.load import load_pack
from perflint.pack.strict_yaml import parse_yaml

COUNTY = (
    head("county", "LK", "./base.yaml")
    + """\
  applies_to: {divisions: ["43"], organizations: [镇], forms: [a]}
  requires: {perflint: ">=1", model: document/1}
override:
  unit-missing: {severity: error, message: {zh: 甲, en: a}, reason: x, exempt: [{table: 甲, reason: 乙}]}
  PT101: {params: {tolerance: "0.01"}, enabled: false, fix: {zh: 甲, en: a}, reason: x}
vocab:
  people_units: {add: [户次], remove: [单]}
  level2: {add: {时效指标: time}}
  own: [甲]
params:
  limit: {type: list, items: integer, default: [3], choices: [1, 2, 3], title: {zh: 上限, en: limit}}
define:
  table: {own_kind: kind}
rules:
- {id: LK900, name: gone, status: removed, replaced_by: LK001, formerly: [LK899]}
"""
    + rule("LK001", "own-rule", "replaces: [unit-missing]", "status: deprecated", 'until: "2030-01-01"')
)
ROOTS = {name: to_plain(parse_yaml(text, path=name).root) for name, text in (("base", BASE), ("county", COUNTY))}
ODD: list[Any] = [
    None,
    True,
    0,
    -1.5,
    "",
    " ",
    "甲",
    "PT101",
    "base",
    "./base.yaml",
    "county",
    [],
    [[]],
    ["a", "a"],
    {},
    {"": {}},
]
ODD += [{"add": [1]}, {"zh": "a"}, {"id": "x"}, "1.0", ">=1", "params.x", "vocab.y", "${", "stated(", "x" * 3000]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield from paths_of(part, (*path, step))


def change(root: Any, path: tuple[Any, ...], how: str, value: Any) -> Any:
    root = deepcopy(root)
    if not path:
        return value
    parent = root
    for step in path[:-1]:
        parent = parent[step]
    if how == "replace":
        parent[path[-1]] = value
    elif how == "drop":
        del parent[path[-1]]
    elif isinstance(parent, dict):
        parent[str(value)] = parent.pop(path[-1])
    return root


def dump(root: Any) -> str:
    return json.dumps(root, ensure_ascii=False, default=lambda number: float(number) if number % 1 else int(number))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_of_a_pack_is_loaded_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    texts = {"base": BASE, "county": COUNTY}
    name = data.draw(st.sampled_from(sorted(texts)))
    root = ROOTS[name]
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(list(paths_of(root))))
        root = change(
            root, path, data.draw(st.sampled_from(["replace", "drop", "rename"])), data.draw(st.sampled_from(ODD))
        )
    paths = write(tmp_path, **texts | {name: dump(root)})
    with suppress(PackError):
        load_pack(paths["county"], thorough=data.draw(st.booleans()))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(COUNTY) - 1), st.text(min_size=0, max_size=3), st.integers(0, 20))
def test_any_slip_of_the_pen_is_loaded_or_refused(tmp_path: Path, at: int, typed: str, deleted: int) -> None:
    text = COUNTY[:at] + typed + COUNTY[at + deleted :]
    paths = write(tmp_path, base=BASE)
    (tmp_path / "county.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert paths
    with suppress(PackError):
        load_pack(tmp_path / "county.yaml")
