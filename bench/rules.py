"""The thirty rules that every engine is given: as a pack and as text for simpleeval; the others have their own files.

They are rules that offices really have, made simple enough for the other engines: 2 about the document, 10 about each
table, each goal and each point of a payment plan, 18 about each row. All look at what is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perflint.engine.program import Program, compile_program
from perflint.pack.load import load_pack

Found = tuple[int, int, int]
"""Number of the rule, of the table, and of the row, goal or point in it; -1 for what there is none of."""

VAGUE = "约|若干|左右|达到要求"
DIGITS = "^[0-9.]+$"
MOBILE = "1[3-9][0-9]{9}"
LEVEL1 = (
    "产出指标 效益指标 满意度指标 成本指标 项目完成指标 项目效益指标 预期产出指标 效果指标 "
    "履职效能 运行成本 社会效应 可持续发展能力 满意度"
).split()
LEVEL2 = (
    "数量指标 质量指标 时效指标 成本指标 经济成本指标 经济效益指标 社会效益指标 生态效益指标 可持续影响指标 "
    "服务对象满意度指标 数量指标（或建筑规模指标） 时效指标（工期指标） 预算（或投资规模）控制指标 "
    "社会、经济、生态效益指标 核心业务产出1 核心业务产出2 核心业务产出3 项目支出成本控制 "
    "经济效益 社会效益 生态效益 体制机制改革 服务对象满意度"
).split()


class Rule(NamedTuple):
    """One of the thirty.

    Attributes:
        scope: Whose items it looks at: the ``for_each`` of a pack.
        holds: In perflint's language.
        plain: For simpleeval: names are the keys of the item, ``table`` and ``document``.
        needs, when, let: As in a pack.
    """

    scope: str
    holds: str
    plain: str
    needs: tuple[str, ...] = ()
    when: str = ""
    let: tuple[tuple[str, str], ...] = ()


def _cells(scope: str, needs: str, holds: str, plain: str) -> Rule:
    """Return a rule about stated cells."""
    names = tuple(needs.split())
    stated = " or ".join(f"{name} == None" for name in names)
    return Rule(scope, holds, f"{stated} or ({plain})", names)


def _matches(name: str, pattern: str) -> str:
    return f"matches({name}, {json.dumps(pattern, ensure_ascii=False)})"


def _among(name: str, words: Sequence[str], fold: bool = False) -> str:
    listed = [word.replace("（", "(").replace("）", ")") if fold else word for word in words]
    return f"{name} in {json.dumps(listed, ensure_ascii=False)}"


_SOURCES = "general_public_budget fiscal_appropriation government_fund special_account unit_funds other".split()
_SOURCE_SUM = " + ".join(f"default(budget.by_source.{key}, 0)" for key in _SOURCES)
_WEIGHTS = "[number(i['weight']) for i in rows if i['weight'] != None]"

_LATER = (
    "[p.amount for p in table.payment_plan.points if stated(p.amount) and stated(p.label) for then in "
    '[read_value(p.label)] if then.kind == "deadline" and here.kind == "deadline" and then.date > here.date]'
)

RULES: tuple[Rule, ...] = (
    Rule("document", "stated(organization.name)", "organization['name'] != None"),
    _cells("document", "fiscal_year", "fiscal_year >= 2020 and fiscal_year <= 2030", "2020 <= fiscal_year <= 2030"),
    _cells("table", "title", _matches("title", "绩效"), _matches("title", "绩效")),
    _cells("table", "title", "length(title) <= 30", "length(title) <= 30"),
    _cells("table", "currency_unit", 'currency_unit in ["元", "万元"]', 'currency_unit in ["元", "万元"]'),
    _cells("goal", "text", f"not {_matches('text', MOBILE)}", f"not {_matches('text', MOBILE)}"),
    # What no schema can say: two cells against each other, sums, order, repetition, shares.
    _cells("table", "fiscal_year document.fiscal_year", *["fiscal_year == document.fiscal_year"] * 2)._replace(
        plain="fiscal_year == document['fiscal_year']"
    ),
    Rule(
        "table",
        "abs(parts - budget.total) <= 0.01",
        "total == None or len(sources) == 0 or abs(sum([number(s) for s in sources]) - number(total)) <= cent",
        needs=("budget.total",),
        when=" or ".join(f"stated(budget.by_source.{key})" for key in _SOURCES),
        let=(("parts", _SOURCE_SUM),),
    ),
    Rule(
        "table",
        "abs(budget.by_use.basic + budget.by_use.project - budget.total) <= 0.01",
        "total == None or basic == None or abs(number(basic) + number(spent) - number(total)) <= cent",
        needs=("budget.total", "budget.by_use.basic", "budget.by_use.project"),
    ),
    Rule(
        "table",
        "total == 100",
        f"len({_WEIGHTS}) == 0 or sum({_WEIGHTS}) == 100",
        when="any(stated(i.weight) for i in table.indicators)",
        let=(("total", "sum(i.weight for i in table.indicators if stated(i.weight))"),),
    ),
    Rule(
        "plan_point",
        "all(n >= amount for n in later)",
        "all([number(p['amount']) >= number(amount) for p in points if month(p['label']) > month(label)])",
        needs=("amount", "label"),
        let=(
            ("here", "read_value(label)"),
            (
                "later",
                _LATER,
            ),
        ),
    ),
    Rule(
        "table",
        "2 * worded <= filled",
        "2 * sum([1 for i in rows if i['value'] != None and not has_digit(i['value'])]) "
        "<= sum([1 for i in rows if i['value'] != None])",
        when="any(stated(i.value) for i in table.indicators)",
        let=(
            ("filled", "count(i for i in table.indicators if stated(i.value))"),
            ("worded", 'count(i for i in table.indicators if stated(i.value) and not matches(i.value, "[0-9]"))'),
        ),
    ),
    _cells(
        "indicator",
        "name",
        "lookup(names, join([section, name]), 0) < 2",
        "times[section + name] < 2",
    )._replace(let=(("names", "tally([join([i.section, i.name]) for i in table.indicators if stated(i.name)])"),)),
    # Of single rows.
    Rule("indicator", "stated(name)", "name != None"),
    _cells("indicator", "name", *["length(name) <= 30"] * 2),
    _cells("indicator", "name", *[f"not {_matches('name', '^(指标)?[0-9]+$')}"] * 2),
    _cells("indicator", "name", *[f"not {_matches('name', '[,，。;；]')}"] * 2),
    Rule("indicator", "stated(level1)", "level1 != None"),
    _cells("indicator", "level1", _among("level1", LEVEL1), _among("level1", LEVEL1)),
    _cells("indicator", "level2", _among("level2", LEVEL2, fold=True), _among("level2", LEVEL2)),
    Rule("indicator", "stated(value)", "value != None"),
    _cells("indicator", "value", *[f"not {_matches('value', VAGUE)}"] * 2),
    _cells("indicator", "value", *[f"not {_matches('value', '%%')}"] * 2),
    _cells("indicator", "value", *[f"not {_matches('value', '[0-9]万$')}"] * 2),
    _cells("indicator", "value", *["length(value) <= 20"] * 2),
    Rule(
        "indicator",
        'contains(value, "%") or stated(unit) and unit == "%"',
        "name == None or value == None or not ends_with(name, '率') or '%' in value or unit == '%'",
        needs=("name", "value"),
        when='stated(name) and ends_with(name, "率")',
    ),
    Rule(
        "indicator",
        'starts_with(value, "≥") or stated(comparator) and comparator == "≥"',
        "level1 == None or value == None or not ('满意' in level1) or starts_with(value, '≥') or comparator == '≥'",
        needs=("level1", "value"),
        when='stated(level1) and contains(level1, "满意")',
    ),
    Rule(
        "indicator",
        'starts_with(value, "≤") or stated(comparator) and comparator == "≤"',
        "level2 == None or value == None or not ('成本' in level2) or starts_with(value, '≤') or comparator == '≤'",
        needs=("level2", "value"),
        when='stated(level2) and contains(level2, "成本")',
    ),
    _cells(
        "indicator",
        "value",
        f"stated(comparator) or not {_matches('value', DIGITS)}",
        f"comparator != None or not {_matches('value', DIGITS)}",
    ),
    _cells(
        "indicator",
        "value",
        f"stated(unit) or not {_matches('value', DIGITS)}",
        f"unit != None or not {_matches('value', DIGITS)}",
    ),
)
SCHEMA_RULES = tuple(number for number in range(len(RULES)) if not 6 <= number <= 12)
"""Those that look at one cell, or at the cells of one row: what a schema, or Spectral without own code, can say."""


def rule_id(number: int) -> str:
    return f"BN{number + 101}"


def rule_number(text: str) -> int:
    return int(text.removeprefix("BN")) - 101


def write_pack(path: Path) -> Path:
    """Write the rules as a pack to *path* and return it."""
    path.write_text("\n".join(_pack_lines()) + "\n", encoding="utf-8")
    return path


def _pack_lines() -> Iterator[str]:
    yield "perflint: pack/1"
    yield "pack: {id: bench, prefix: BN, version: 1.0.0, title: {zh: 测速, en: Bench}}"
    yield "rules:"
    for number, rule in enumerate(RULES):
        yield f"- id: {rule_id(number)}\n  name: bench-{number + 101}\n  since: 1.0.0\n  severity: warning"
        yield "  title: {zh: 测速, en: bench}\n  why: {zh: 测速, en: bench}"
        yield f"  source: [{{document: 测速, checked: false}}]\n  for_each: {rule.scope}"
        if rule.needs:
            yield f"  needs: [{', '.join(rule.needs)}]"
        if rule.when:
            yield f"  when: {_quote(rule.when)}"
        if rule.let:
            yield "  let: {" + ", ".join(f"{name}: {_quote(text)}" for name, text in rule.let) + "}"
        yield f"  assert: {_quote(rule.holds)}"
        yield "  message: {zh: 不符, en: does not hold}"
        yield "  examples: {pass: [{note: none}], fail: [{note: none}]}"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compile_rules(path: Path) -> Program:
    """Return the pack at *path*, compiled."""
    return compile_program([load_pack(path, thorough=False)])


def place(rule: int, steps: Sequence[str]) -> Found:
    """Return the finding of *rule* at the JSON path *steps*."""
    numbers = [int(step) for step in steps if step.isdigit()]
    table, item, *_ = (*numbers, -1, -1)
    return rule, table, item
