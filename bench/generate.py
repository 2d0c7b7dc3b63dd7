"""Tables like those that offices publish, from a seed: every family of forms, 10 to 60 rows, one row in ten at fault.

python bench/generate.py FOLDER COUNT [SEED] [FAULTS]   writes COUNT documents; FAULTS is a share, 0 for clean ones
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.aims import call_works
from bench.families import FAMILIES, Page
from bench.faults import spoil

FAULTS = 0.1
"""Share of the rows, and of the tables, that are at fault."""

_PREFIXES = "青溪 白云 石桥 枫林 竹园 云台 龙泉 梅岭 平湖 长岗 东坝 西畈".split()


def build_document(
    seed: int, *, rows: int | None = None, family: str | None = None, faults: float = FAULTS
) -> dict[str, Any]:
    """Return one document as plain data; equal arguments give equal documents.

    Args:
        rows: Number of indicators, roughly so where they are spread over tables or blocks; by default 10 to 60.
        family: One of ``FAMILIES``; by default they take turns.
        faults: Share of the rows, and of the tables, that are at fault.
    """
    random = Random(seed)
    build = FAMILIES[family] if family else [*FAMILIES.values()][seed % len(FAMILIES)]
    township = f"{random.choice(_PREFIXES)}{random.choice('镇乡')}人民政府"
    page = Page(random, random.choice([2024, 2025, 2026]), township, rows or random.randint(10, 60), call_works(random))
    parts = build(page)
    for number, table in enumerate(parts["tables"]):
        table["id"] = f"table-{number + 1}"
        spoil(random, table, faults)
    document: dict[str, Any] = {"perflint": "document/1", "organization": {"name": township}, "fiscal_year": page.year}
    return document | parts


def write_document(data: Mapping[str, Any]) -> bytes:
    """Return *data* as JSON text."""
    return json.dumps(data, ensure_ascii=False).encode()


def main(folder: str, count: str, seed: str = "0", faults: str = str(FAULTS)) -> None:
    """Write documents to *folder*."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(int(count)):
        document = build_document(int(seed) + number, faults=float(faults))
        Path(folder, f"{number:06}.json").write_bytes(write_document(document))


if __name__ == "__main__":
    main(*sys.argv[1:])
