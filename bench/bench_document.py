"""What reading costs: positions against a plain load, the shape gate against jsonschema. Prints ratios of one run.

python bench/bench_document.py [TABLES MUTANTS]
"""

from __future__ import annotations

import gc
import json
import sys
import timeit
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from documents import Drawing, write_json  # noqa: E402

from perflint.document.limits import LIMITS  # noqa: E402
from perflint.document.loading import parse_document  # noqa: E402
from perflint.document.model import Document  # noqa: E402
from perflint.document.position import Locator  # noqa: E402
from perflint.document.strict import parse_json  # noqa: E402
from perflint.schema._gate import check_shape  # noqa: E402
from perflint.schema.explain import get_validator  # noqa: E402

ROUNDS = 7
FIELDS = ("name", "value", "unit", "weight", "explanation")


def build_row(random: Random, colon: str) -> dict[str, Any]:
    """Return an indicator as forms print it; *colon* is the full-width one, or the ASCII one that JSON uses too."""
    return {
        "section": "annual",
        "level1": random.choice(["产出指标", "效益指标", "满意度指标"]),
        "level2": random.choice(["数量指标", "质量指标", "时效指标", "社会效益指标"]),
        "name": random.choice(["危房改造户数", "培训合格率", "资金拨付及时率", "群众满意度"]),
        "comparator": random.choice(["≥", "=", "≤"]),
        "value": random.choice(["95", "12.5", Decimal("1198.80"), "2026年12月底前"]),
        "unit": random.choice(["%", "户", "次", None]),
        "weight": Decimal(random.randint(1, 20)),
        "explanation": random.choice(
            [f"完成比例{colon}实际/计划", f"按季度拨付，比例为 1{colon}1", "反映部门履职效果的指标，用以考核产出"]
        ),
        "scoring": "完成目标值得满分，每低1%扣0.5分，扣完为止。",
    }


def build_table(random: Random) -> dict[str, Any]:
    """Return a document of one table with 10 to 60 indicators; every fourth has ASCII colons in its texts."""
    colon = ":" if random.random() < 0.25 else "："
    table = {
        "kind": "overall",
        "title": "部门整体支出绩效目标表",
        "fiscal_year": Decimal(2026),
        "currency_unit": "万元",
        "budget": {
            "total": "1198.80",
            "by_source": {"general_public_budget": "1198.80", "government_fund": Decimal(0)},
            "by_use": {"basic": "1107.80", "project": Decimal(91)},
        },
        "goals": [{"scope": "annual", "text": f"目标1{colon}保障机关运转；\n目标2{colon}完成年度任务。"}],
        "indicators": [build_row(random, colon) for _ in range(random.randint(10, 60))],
    }
    return {"perflint": "document/1", "organization": {"name": "某某镇人民政府"}, "tables": [table]}


def list_cells(data: Mapping[str, Any], count: int) -> list[str]:
    """Return the pointers of *count* cells spread over the indicators."""
    rows = len(data["tables"][0]["indicators"])
    return [f"/tables/0/indicators/{nr * rows // count}/{FIELDS[nr % len(FIELDS)]}" for nr in range(count)]


def load_with_places(source: bytes, cells: Mapping[bytes, list[str]]) -> None:
    """Do what a plain load does, strictly, and locate *cells* of it together, as a report does."""
    text = source.decode()
    parsed = parse_json(text, LIMITS)
    document = Document(parsed.data, locator=Locator(text, parsed.data, parsed.finished))
    if cells[source]:
        document.locate_all(cells[source])


def load_plainly(source: bytes) -> None:
    json.loads(source, parse_float=Decimal, parse_int=Decimal)


def run_each(task: Callable[..., object], items: list[Any], *arguments: object) -> Callable[[], None]:
    """Return what runs *task* on every item."""

    def run() -> None:
        for item in items:
            task(item, *arguments)

    return run


def measure(tasks: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the best time of each task, in seconds; tasks take turns so that they meet the same weather."""
    loops = {name: max(1, int(0.02 / timeit.timeit(task, number=1))) for name, task in tasks.items()}
    best = dict.fromkeys(tasks, 1e9)
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            best[name] = min(best[name], timeit.timeit(task, number=loops[name]) / loops[name])
    return best


def bench_loading(sources: list[bytes]) -> None:
    tasks = {"plain": run_each(load_plainly, sources)}
    for count in (0, 1, 4, 10, 30):  # thirty rules find four in a table with a row in ten at fault
        cells = {source: list_cells(json.loads(source), count) for source in sources}
        tasks[f"strict, {count} places"] = run_each(load_with_places, sources, cells)
    tasks["parse_document"] = run_each(parse_document, sources)
    times = measure(tasks)
    plain = times.pop("plain")
    print(f"plain Decimal load: {plain / len(sources) * 1e6:.0f} µs a table")
    for name, seconds in times.items():
        print(f"  {name:20} {seconds / plain:5.2f} x plain")


def bench_gate(documents: list[Any]) -> None:
    few = documents[:20]
    reference = get_validator("document-1").is_valid
    times = measure({"gate": run_each(check_shape, few), "jsonschema": run_each(reference, few)})
    ratio = times["jsonschema"] / times["gate"]
    print(f"shape gate: {times['gate'] / len(few) * 1e6:.0f} µs a table, {ratio:.0f} x faster than jsonschema")


def count_disagreements(mutants: int) -> None:
    validator = get_validator("document-1")
    wrong_accepts = wrong_refusals = 0
    for seed in range(mutants):
        drawing = Drawing(Random(seed))
        mutant = drawing.mutate(drawing.draw_document())
        gate, reference = check_shape(mutant), validator.is_valid(mutant)
        wrong_accepts += gate and not reference
        wrong_refusals += reference and not gate
    print(f"of {mutants} mutants: {wrong_accepts} wrong accepts, {wrong_refusals} wrong refusals")


def main() -> None:
    gc.set_threshold(50_000, *gc.get_threshold()[1:])  # as the command does
    tables, mutants = map(int, sys.argv[1:] or ("200", "10000"))
    random = Random(1)
    sources = [write_json(build_table(random)).encode() for _ in range(tables)]
    bench_loading(sources)
    bench_gate([parse_document(source).data for source in sources])
    count_disagreements(mutants)


if __name__ == "__main__":
    main()
