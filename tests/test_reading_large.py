"""A whole disclosure: fifteen target tables among thirty pages of prose and accounts, or sixty sheets of a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from draw_tables import draw_document
from make_files import LEFT, Blocks, make_grid, read_rows, write_docx, write_pdf, write_xlsx

from perflint.reading import read
from perflint.reading.grid import Grid, Paragraph

TABLES = 15
ACCOUNTS = ("部门收支总表", "部门收入总表", "一般公共预算支出表", "“三公”经费支出表", "政府采购预算表")
PROSE = "本单位落实预算绩效管理的部署，坚持过紧日子，从严控制一般性支出，统筹安排各项资金，保障重点工作。"


def _draw(count: int) -> list[tuple[str, Grid, dict[str, Any]]]:
    found = []
    for seed in range(count):
        (title, grid), table = draw_document(200 + seed)
        assert isinstance(title, Paragraph)
        assert isinstance(grid, Grid)
        found.append((title.text, grid, table))
    return found


def _write_account(number: int) -> list[list[str]]:
    body = [[f"科目{row}", str(row * 10), str(row * 9), str(row)] for row in range(25)]
    return [["项目", "本年预算", "上年预算", f"增减{number}"], *body]


def _list_prose(pages: int) -> Iterator[Paragraph]:
    yield from (Paragraph(text=f"{number + 1}.{PROSE * 20}", origin="") for number in range(pages))


def _build_disclosure() -> Blocks:
    """Chapters of prose, accounts, targets with further accounts between them, and words at the end."""
    blocks: list[Grid | Paragraph] = [Paragraph(text="示例区示例局2026年部门预算公开", origin=""), *_list_prose(30)]
    for number in range(10):
        blocks += _print_account(number)
    blocks += _list_prose(30)
    for number, (title, grid, _) in enumerate(_draw(TABLES)):
        blocks += [Paragraph(text=title, origin=""), grid, Paragraph(text="", origin="")]
        blocks += _print_account(number) if number % 4 == 3 else []
    return [*blocks, *_list_prose(2)]


def _print_account(number: int) -> Blocks:
    title = f"表{number + 1} {ACCOUNTS[number % len(ACCOUNTS)]}"
    return [Paragraph(text=title, origin=""), make_grid(_write_account(number)), Paragraph(text="", origin="")]


def _pick(table: dict[str, Any]) -> tuple[Any, str]:
    rows = [{field: value for field, value in row.items() if value is not None} for row in table["indicators"]]
    return table.get("title"), json.dumps(rows, ensure_ascii=False, sort_keys=True)


def _list_places(data: Any) -> list[str]:
    return [data["origins"][f"/tables/{number}/indicators/0"] for number in range(len(data["tables"]))]


@pytest.mark.parametrize(("suffix", "write"), [("docx", write_docx), ("pdf", write_pdf)])
def test_every_target_table_of_a_disclosure_is_read(
    suffix: str, write: Callable[[Blocks, Path], Path], tmp_path: Path
) -> None:
    blocks = _build_disclosure()
    data = read(write(blocks, tmp_path / f"a.{suffix}")).data
    assert [_pick(table) for table in data["tables"]] == [_pick(table) for _, _, table in _draw(TABLES)]
    numbers = [int(re.findall(r"\d+", place)[0]) for place in _list_places(data)]
    if suffix == "docx":
        grids = [block for block in blocks if isinstance(block, Grid)]
        assert numbers == [grids.index(grid) + 1 for _, grid, _ in _draw(TABLES)]
    else:
        assert numbers == sorted(numbers)
        assert numbers[-1] >= 30
    assert {one["code"] for one in data["x-notices"]} <= {"table_foreign", "file"}


def test_every_target_table_of_a_workbook_of_sixty_sheets_is_read(tmp_path: Path) -> None:
    sheets: list[Grid | Paragraph] = [
        make_grid([["示例区示例局2026年部门预算公开表"], ["目录"], ["1. 收支总表"]], name="目录")
    ]
    for number in range(14):
        head = [ACCOUNTS[number % len(ACCOUNTS)], LEFT, LEFT, LEFT]
        sheets.append(make_grid([head, *_write_account(number)], name=f"{number + 1}收支"))
    for number, (title, grid, _) in enumerate(_draw(45)):
        rows = read_rows(grid)
        sheets.append(make_grid([[title, *[LEFT] * (grid.columns - 1)], *rows], name=f"绩效{number + 1}"))
    data = read(write_xlsx(sheets, tmp_path / "a.xlsx")).data
    assert [_pick(table) for table in data["tables"]] == [_pick(table) for _, _, table in _draw(45)]
    assert [place.partition("!")[0] for place in _list_places(data)] == [f"绩效{number + 1}" for number in range(45)]
    assert {one["code"] for one in data["x-notices"]} == {"table_foreign"}
