"""Packs for tests: a small sound one, and ways to change it."""

from __future__ import annotations

from pathlib import Path

RULE = """\
- id: PT101
  name: ari-expenditure-sum
  since: 1.0.0
  severity: error
  tags: [arithmetic]
  title: {zh: 两项之和不等于总额, en: The parts differ from the total}
  why: {zh: 总额应等于各项之和, en: A total is the sum of its parts}
  source: [{document: 中华人民共和国预算法, article: 第十二条, checked: false}]
  for_each: table
  when: table.kind == "overall"
  needs: [budget.total, budget.by_use.basic, budget.by_use.project]
  let: {parts: budget.by_use.basic + budget.by_use.project, gap: parts - budget.total}
  assert: abs(gap) <= params.tolerance
  at: budget.total
  message: {zh: "合计 ${parts}，差 ${gap}", en: "the sum is ${parts}, off by ${gap}"}
  examples:
    pass: [{table: {budget: {total: 3, by_use: {basic: 1, project: 2}}}}]
    fail: [{table: {budget: {total: 4, by_use: {basic: 1, project: 2}}}, values: {gap: "-1"}}]
"""

UNIT_RULE = """\
- id: PT401
  name: unit-missing
  since: 1.0.0
  severity: warning
  title: {zh: 缺计量单位, en: The unit is missing}
  why: {zh: 没有单位就没有数量, en: Without a unit there is no quantity}
  source: [{document: 项目支出绩效评价管理办法, checked: false}]
  for_each: indicator
  assert: stated(unit) and unit in vocab.people_units
  message: {zh: 缺单位, en: no unit}
  examples:
    pass: [{indicator: {name: 甲, unit: 人}}]
    fail: [{indicator: {name: 甲, unit: null}}]
"""

HEAD = """\
perflint: pack/1
pack:
  id: base
  prefix: PT
  version: 1.2.0
  title: {zh: 通用规则, en: Core rules}
params:
  tolerance: {type: decimal, default: "0.005", min: 0, max: 1, title: {zh: 容差, en: tolerance}}
vocab:
  people_units: [人, 户, 单]
  level2: {数量指标: quantity, 质量指标: quality}
define:
  indicator:
    class2: lookup(vocab.level2, level2, "")
"""

BASE = HEAD + "rules:\n" + RULE + UNIT_RULE


def head(pack: str, prefix: str, *extends: str, version: str = "1.0.0") -> str:
    """Return the first lines of a pack that extends others."""
    parents = "".join(f"  - {{pack: {parent}}}\n" for parent in extends)
    lines = f"perflint: pack/1\npack:\n  id: {pack}\n  prefix: {prefix}\n  version: {version}\n"
    return lines + f"  title: {{zh: {pack}, en: {pack}}}\n" + (f"  extends:\n{parents}" if extends else "")


def rule(identity: str, name: str, *more: str) -> str:
    """Return a rule of its own id and name, with further lines (``replaces: PT101``)."""
    text = UNIT_RULE.replace("PT401", identity).replace("unit-missing", name)
    return text.replace(" and unit in vocab.people_units", "") + "".join(f"  {line}\n" for line in more)


def write(folder: Path, **texts: str) -> dict[str, Path]:
    """Write each text to ``<name>.yaml`` in *folder*; return the paths by name."""
    paths = {name: folder / f"{name}.yaml" for name in texts}
    for name, text in texts.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths
