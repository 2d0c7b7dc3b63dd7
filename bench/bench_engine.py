"""What evaluating costs: perflint's compiled rules against simpleeval on the same rules, and against reading the JSON.

python bench/bench_engine.py [DOCUMENTS]

The 30 rules below are written in the rule language, and a second time for stock simpleeval over plain dicts with
Decimals, where nothing is compared that perflint reads out of a text (its target values stand in the data as
numbers). Both must find the same rows. ``naive`` parses the text of a rule at every row, ``pre-parsed`` once.
Also printed: all of cn-core by the compiled program and by perflint's own reference evaluator, findings and all.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

from simpleeval import EvalWithCompoundTypes

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import by_hand  # noqa: E402
from bench.generate import build_document, write_document  # noqa: E402
from perflint.document import Document, parse_document  # noqa: E402
from perflint.engine import Program, compile_program, evaluate  # noqa: E402
from perflint.pack import load_pack  # noqa: E402

ROUNDS = 5
FLOORS = {"naive": 150, "pre-parsed": 25}

# (for_each, rule language, simpleeval); in the latter a row and its table are dicts, cells already folded.
TABLE_RULES = [
    ("sum(i.weight for i in table.indicators if stated(i.weight)) == 100", "sum(i['weight'] for i in rows) == 100"),
    (
        "count(i for i in table.indicators if stated(i.unit) and i.unit == '%') < 12",
        "sum(1 for i in rows if i['unit'] == '%') < 12",
    ),
    ("all(i.weight > 0 for i in table.indicators if stated(i.weight))", "all([i['weight'] > 0 for i in rows])"),
    (
        "any(stated(i.level2) and i.level2 == '质量指标' for i in table.indicators)",
        "any([i['level2'] == '质量指标' for i in rows])",
    ),
    (
        "any(stated(i.level1) and i.level1 == '满意度指标' for i in table.indicators)",
        "any([i['level1'] == '满意度指标' for i in rows])",
    ),
    ("size(table.indicators) <= 50", "len(rows) <= 50"),
    ("table.kind == 'overall' or table.kind == 'project'", "table['kind'] == 'overall' or table['kind'] == 'project'"),
    ("contains(title, '绩效目标') and length(title) < 40", "'绩效目标' in table['title'] and len(table['title']) < 40"),
    ("title == '项目支出绩效目标表'", "table['title'] == '项目支出绩效目标表'"),
    ("count(i for i in table.indicators if blank(i.unit)) < 9", "sum(1 for i in rows if i['unit'] == None) < 9"),
]
ROW_RULES = [
    *((f"contains(name, '{word}') or weight > 1", f"'{word}' in name or weight > 1") for word in by_hand.WORDS),
    ("stated(unit) or stated(comparator)", "unit != None or comparator != None"),
    ("weight > 0 and weight <= 20", "weight > 0 and weight <= 20"),
    ("length(name) <= 12", "len(name) <= 12"),
    ("level2 != '' and level1 != ''", "level2 != '' and level1 != ''"),
    ("level1 in ['产出指标', '效益指标', '满意度指标']", "level1 in ['产出指标', '效益指标', '满意度指标']"),
    ("level2 != '成本指标' or blank(unit) or unit != '%'", "level2 != '成本指标' or unit == None or unit != '%'"),
    ("blank(comparator) or comparator in ['≥', '=', '≤']", "comparator == None or comparator in ['≥', '=', '≤']"),
    ("comparator != '=' if stated(comparator) else True", "comparator != '=' if comparator != None else True"),
    ("unit != '%' if stated(unit) else weight > 2", "unit != '%' if unit != None else weight > 2"),
    ("not contains(name, '满意') or (stated(unit) and unit == '%')", "not ('满意' in name) or unit == '%'"),
]


def write_pack(folder: str) -> Path:
    """Write the 30 rules as a pack and return its path."""
    lines = [
        "perflint: pack/1",
        "pack: {id: bench, prefix: BN, version: 1.0.0, title: {zh: 测速, en: Bench}}",
        "rules:",
    ]
    rules = [("table", text) for text, _ in TABLE_RULES] + [("indicator", text) for text, _ in ROW_RULES]
    for number, (scope, text) in enumerate(rules, 101):
        stated = [name for name in ("name", "weight", "level1", "level2", "title") if name in _bare_names(text)]
        needs = f"  needs: [{', '.join(stated)}]\n" if stated else ""
        lines.append(
            f"- id: BN{number}\n  name: bench-{number}\n  since: 1.0.0\n  severity: info\n"
            "  title: {zh: 测速, en: bench}\n  why: {zh: 测速, en: bench}\n"
            "  source: [{document: 测速, checked: false}]\n"
            f"  for_each: {scope}\n{needs}  assert: {json.dumps(text, ensure_ascii=False)}\n"
            "  message: {zh: 不符, en: no}\n  examples: {pass: [{note: none}], fail: [{note: none}]}"
        )
    path = Path(folder, "bench.yaml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _bare_names(text: str) -> set[str]:
    for mark in "()[],=":
        text = text.replace(mark, " ")
    return set(text.split())


class Plain:
    """simpleeval as it comes, over dicts; only what it needs to know the functions."""

    def __init__(self, *, parsed: bool) -> None:
        functions = {"sum": sum, "all": all, "any": any, "len": len}
        self.evaluator = EvalWithCompoundTypes(functions=functions)
        texts = [text for _, text in (*TABLE_RULES, *ROW_RULES)]
        self.trees = {text: EvalWithCompoundTypes.parse(text) for text in texts} if parsed else {}

    def check(self, table: dict[str, Any]) -> list[tuple[int, int]]:
        """Return (rule, row) of every rule that does not hold."""
        found = []
        rows = table["indicators"]
        self.evaluator.names = {"table": table, "rows": rows, "None": None, "True": True}
        found += [(rule, 0) for rule, (_, text) in enumerate(TABLE_RULES) if not self._holds(text)]
        for number, row in enumerate(rows):
            self.evaluator.names = {**row, "None": None, "True": True}
            for rule, (_, text) in enumerate(ROW_RULES, len(TABLE_RULES)):
                if not self._holds(text):
                    found.append((rule, number))
        return found

    def _holds(self, text: str) -> Any:
        return self.evaluator.eval(text, previously_parsed=self.trees.get(text))


def fold(table: dict[str, Any]) -> dict[str, Any]:
    """Return the table with cells as the rules see them, so that folding is no part of what simpleeval costs."""
    from perflint.expression.cells import read_text

    def cells(row: dict[str, Any]) -> dict[str, Any]:
        return {key: read_text(cell) if isinstance(cell, str) else cell for key, cell in row.items()}

    return {**cells(table), "indicators": [cells(row) for row in table["indicators"]]}


def by_row(program: Program, document: Document) -> list[tuple[int, int]]:
    """Return (rule, row) of every failure, as ``Plain.check`` does."""
    found = []
    for outcome in evaluate(program, document).outcomes:
        steps = outcome.item.split("/")
        found.append((outcome.rule, int(steps[4]) if len(steps) > 4 else 0))
    return found


def run_only(program: Program, document: Document) -> list[Any]:
    """Run the generated functions and nothing else: what stock simpleeval is measured by as well."""
    compiled, out = program.compiled, []  # type: ignore[var-annotated]
    facts = compiled.facts(document.data, None, None)
    for function in compiled.scopes:
        for at, table in enumerate(facts[compiled.lists["document", ("tables",)]]):
            rows = [table] if function.scope.name == "table" else table[compiled.lists["table", ("indicators",)]]
            parents = (facts,) if function.scope.name == "table" else (facts, table)
            function.call(*parents, rows, (at,), out)
    return out


def fastest(call: Callable[[Any], object], items: Sequence[Any], rounds: int = ROUNDS) -> float:
    """Return the seconds one item takes in the fastest of several rounds over *items*."""
    best = 1e9
    for _ in range(rounds):
        began = process_time()
        for item in items:
            call(item)
        best = min(best, process_time() - began)
    return best / len(items)


def main(count: int = 100) -> None:
    """Measure and print."""
    import tempfile

    sources = [write_document(build_document(seed)) for seed in range(count)]
    documents = [parse_document(source) for source in sources]
    tables = [fold(document.data["tables"][0]) for document in documents]
    with tempfile.TemporaryDirectory() as folder:
        program = compile_program([load_pack(write_pack(folder), thorough=False)])
    naive, parsed = Plain(parsed=False), Plain(parsed=True)
    for document, table in zip(documents, tables, strict=True):
        expected = sorted(parsed.check(table))
        assert sorted(by_row(program, document)) == expected, "the engines differ"
        assert sorted(by_hand.check_table(table)) == expected, "what is written by hand differs"
    few = max(count // 20, 1)
    ours = fastest(lambda document: run_only(program, document), documents)
    hand = fastest(by_hand.check_table, tables)
    whole = fastest(lambda document: evaluate(program, document), documents)
    slow = {"naive": fastest(naive.check, tables[:few], 2), "pre-parsed": fastest(parsed.check, tables[:few], 2)}
    base = fastest(lambda document: run_only(program, document), documents[:few])
    loads = fastest(lambda source: json.loads(source, parse_float=Decimal, parse_int=Decimal), sources)
    print(f"{count} documents, {sum(len(t['indicators']) for t in tables)} rows, 30 rules, ms a document")
    print(f"  {'json.loads with decimals':<34}{loads * 1e3:9.3f}{loads / ours:9.2f} ×")
    print(f"  {'written by hand, cells folded':<34}{hand * 1e3:9.3f}{hand / ours:9.2f} ×  (at least 0.45, wanted 0.65)")
    print(f"  {'generated functions':<34}{ours * 1e3:9.3f}{1:9.2f} ×")
    print(f"  {'with findings told':<34}{whole * 1e3:9.3f}{whole / ours:9.2f} ×")
    for name, seconds in slow.items():
        print(f"  {f'simpleeval, {name}':<34}{seconds * 1e3:9.3f}{seconds / base:9.1f} ×  (at least {FLOORS[name]})")
    measure_pack(os.environ.get("BENCH_PACK", "cn-core"), documents, loads, loads + hand)


def measure_pack(name: str, documents: Sequence[Document], loads: float, least: float) -> None:
    """Print what a whole pack costs by both evaluators; *least* is what reading and 30 rules by hand cost."""
    program = compile_program([load_pack(name)])
    compiled = fastest(lambda document: evaluate(program, document), documents, 3)
    few = documents[: max(len(documents) // 50, 1)]
    reference = fastest(lambda document: evaluate(program, document, engine="simpleeval"), few, 1)
    same = fastest(lambda document: evaluate(program, document), few, 3)
    print(f"{Path(name).name}: {len(program.rules)} rules, findings told")
    ratios = f"{compiled / loads:9.1f} × json.loads, {compiled / least:.1f} × json.loads and 30 rules by hand"
    print(f"  {'compiled':<34}{compiled * 1e3:9.3f}{ratios}")
    print(f"  {'reference':<34}{reference * 1e3:9.3f}{reference / same:9.1f} × compiled")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
