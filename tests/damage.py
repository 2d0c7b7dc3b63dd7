"""What happens to tables on their way: lost spans, moved rows, dropped blanks, page breaks, dumps of one cell a line.

Each damage takes blocks and a random source and returns blocks; ``measure`` says what a reader made of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from draw_tables import BASES, TEXTS
from make_files import LEFT, UP, Blocks, make_grid, read_rows

from perflint.reading import read
from perflint.reading.assembly.document import build_document_data
from perflint.reading.container.text.dump import split_text
from perflint.reading.form.load import load_forms
from perflint.reading.grid import Cell, Grid, Paragraph, Source

Rows = list[list[str]]
Damage = Callable[[Blocks, Random], Blocks]
PAGES = ("第 2 页 共 3 页", "— 2 —", "- 2 -", "第2页", "2/3", "续表", "（续）", "某镇绩效目标表 第2页")


class Measured(NamedTuple):
    """Indicator rows read right, rows there are, wrong rows, and wrong rows that nothing in the document points to."""

    right: int
    rows: int
    wrong: tuple[str, ...]
    silent: tuple[str, ...]


def read_blocks(blocks: Blocks) -> dict[str, Any]:
    """Return the document of some blocks; origins are ``G2R7C3`` for grid 2, row 7, cell 3."""
    return build_document_data(_build_source(blocks), load_forms())


def read_text(folder: Path, text: str) -> dict[str, Any]:
    """Return the document of a text file."""
    path = folder / "表.txt"
    path.write_text(text, encoding="utf-8")
    return dict(read(path).data)


def measure(blocks: Blocks, tables: Sequence[Mapping[str, Any]]) -> Measured:
    """Compare the indicator rows that are read with those of the tables, in any order."""
    document = read_blocks(blocks)
    wanted = [_write_key(row) for table in tables for row in table.get("indicators", ())]
    fields = {field for table in tables for row in table.get("indicators", ()) for field in row}
    left, right, wrong = list(wanted), 0, []
    for at, table in enumerate(document["tables"]):
        for number, row in enumerate(table.get("indicators", ())):
            key = _write_key({field: value for field, value in row.items() if field in fields})
            if key in left:
                left.remove(key)
                right += 1
            else:
                wrong.append((key, document["origins"][f"/tables/{at}/indicators/{number}"]))
    flagged = {_row_of(one["origin"]) for one in [*document.get("x-notices", ()), *document.get("unread", ())]}
    silent = tuple(key for key, origin in wrong if _row_of(origin) not in flagged)
    return Measured(right, len(wanted), tuple(key for key, _ in wrong), silent)


def _write_key(row: Mapping[str, Any]) -> str:
    printed = {field: value for field, value in row.items() if value is not None}
    if "prior" in printed:  # the years may be printed in either order
        printed["prior"] = sorted(printed["prior"], key=lambda one: str(one["label"]))
    plain = {field: value.strip() if isinstance(value, str) else value for field, value in printed.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _row_of(origin: str) -> str:
    return origin.partition("C")[0]


def _build_source(blocks: Blocks) -> Source:
    placed: list[Grid | Paragraph] = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, Paragraph):
            placed.append(replace(block, origin=block.origin or f"P{number}"))
        else:
            cells = tuple(
                replace(cell, origin=cell.origin or f"G{number}R{cell.row}C{cell.column}") for cell in block.cells
            )
            placed.append(replace(block, cells=cells, origin=block.origin or f"G{number}"))
    return Source(file="table.txt", media_type="text/plain", sha256="0" * 64, blocks=tuple(placed))


def _write_grid(rows: Sequence[Sequence[str]], *, spans_known: bool = False) -> Grid:
    cells = tuple(
        Cell(text=text, row=at, column=column, origin="")
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    width = max((len(row) for row in rows), default=0)
    return Grid(cells=cells, rows=len(rows), columns=width, spans_known=spans_known, origin="")


def _flatten(grid: Grid) -> Rows:
    return [["" if text in (LEFT, UP) else text for text in row] for row in read_rows(grid)]


def _on_rows(change: Callable[[Rows, Random], Rows], *, spans_known: bool = False) -> Damage:
    def apply(blocks: Blocks, random: Random) -> Blocks:
        return [
            _write_grid(change(_flatten(block), random), spans_known=spans_known) if isinstance(block, Grid) else block
            for block in blocks
        ]

    return apply


def _on_grids(change: Callable[[Grid, Random], Grid]) -> Damage:
    return lambda blocks, random: [change(block, random) if isinstance(block, Grid) else block for block in blocks]


def _keep(rows: Rows, random: Random) -> Rows:
    return rows


def _cut_trailing(rows: Rows, random: Random) -> Rows:
    return [row[: max((at + 1 for at, text in enumerate(row) if text), default=1)] for row in rows]


def _cut_leading(rows: Rows, random: Random) -> Rows:
    return [row[next((at for at, text in enumerate(row) if text), 0) :] for row in rows]


def _drop_blanks(rows: Rows, random: Random) -> Rows:
    return [[text for text in row if text] or [""] for row in rows]


def _move_some(rows: Rows, random: Random) -> Rows:
    return [[*row[1:], ""] if not row[0] and random.random() < 0.4 else row for row in rows]


def _add_blank_rows(rows: Rows, random: Random) -> Rows:
    result: Rows = []
    for row in rows:
        result += [row, [""] * len(row)] if random.random() < 0.3 else [row]
    return result


def _fill_down(grid: Grid, random: Random) -> Grid:
    """Merged cells taken apart, their text copied into every row."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.column] = cell.text
    return _write_grid(rows, spans_known=True)


def _add_column(first: bool) -> Callable[[Grid, Random], Grid]:
    def change(grid: Grid, random: Random) -> Grid:
        cells = [replace(cell, column=cell.column + 1) if first else cell for cell in grid.cells]
        cells += [Cell(text="", row=row, column=0 if first else grid.columns, origin="") for row in range(grid.rows)]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return replace(grid, cells=tuple(cells), columns=grid.columns + 1)

    return change


def _find_header(rows: Rows) -> int | None:
    """Return the row of the indicator header; None when it covers more than one row."""
    found = [at for at, row in enumerate(rows) if {"三级指标", "指标名称"} & set(row)]
    return found[0] if len(found) == 1 and rows[found[0]].count("三级指标") < 2 else None


def _repeat_header(grid: Grid, random: Random) -> Grid:
    """The header again, further down, as on top of a page."""
    rows = read_rows(grid)
    header = _find_header(rows)
    free = [at for at in range((header or 0) + 2, len(rows)) if UP not in rows[at]]
    if header is None or not free or UP in rows[header]:
        return grid
    return make_grid([*rows[: free[0]], rows[header], *rows[free[0] :]])


def _break_header(grid: Grid, random: Random) -> Grid:
    """Line breaks and blanks inside the words of the header, as narrow columns make them."""
    header = _find_header(read_rows(grid))
    cells = (
        replace(cell, text=f"{cell.text[:2]}\n {cell.text[2:]}") if cell.row == header and len(cell.text) > 2 else cell
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells))


def _mirror(grid: Grid, random: Random) -> Grid:
    """The columns in the opposite order."""
    cells = (replace(cell, column=grid.columns - cell.column - cell.column_span) for cell in grid.cells)
    return replace(grid, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _rename_header(grid: Grid, random: Random) -> Grid:
    """A header that nobody has seen, over the values."""
    header = _find_header(read_rows(grid))
    cells = (
        replace(cell, text="甲乙丙") if cell.row == header and cell.text.endswith(("指标值", "目标值")) else cell
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells))


def _double_column(grid: Grid, random: Random) -> Grid:
    """One column more with the header of the values and other values."""
    rows = read_rows(grid)
    header = _find_header(rows)
    if header is None:
        return grid
    extra = ["目标值" if at == header else "9" if at > header else "" for at in range(len(rows))]
    return make_grid([[*row, text] for row, text in zip(rows, extra, strict=True)])


def _add_row(grid: Grid, random: Random) -> Grid:
    place = random.randrange(grid.rows + 1)
    cells = []
    for cell in grid.cells:
        if cell.row >= place:
            cells.append(replace(cell, row=cell.row + 1))
        else:
            cells.append(replace(cell, row_span=cell.row_span + (cell.row + cell.row_span > place)))
    taken = {
        column
        for cell in cells
        if cell.row <= place < cell.row + cell.row_span
        for column in range(cell.column, cell.column + cell.column_span)
    }
    cells += [
        Cell(text="", row=place, column=column, origin="") for column in range(grid.columns) if column not in taken
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(grid, cells=tuple(cells), rows=grid.rows + 1)


def _split_pages(blocks: Blocks, random: Random) -> Blocks:
    """Cut three rows off every grid into a grid of their own, without header; merged cells go on blank."""
    result: list[Grid | Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result.append(block)
            continue
        cut = max(2, block.rows - 3)
        upper, lower = [], []
        for cell in block.cells:
            end = cell.row + cell.row_span
            if cell.row >= cut:
                lower.append(replace(cell, row=cell.row - cut))
                continue
            upper.append(replace(cell, row_span=min(end, cut) - cell.row))
            if end > cut:
                lower.append(replace(cell, text="", row=0, row_span=end - cut))
        lower.sort(key=lambda cell: (cell.row, cell.column))
        result += [
            replace(block, cells=tuple(upper), rows=cut),
            replace(block, cells=tuple(lower), rows=block.rows - cut),
        ]
    return result


def _on_row(change: Callable[[Rows, int, Random], Rows], *, spans_known: bool) -> Damage:
    """Damage the table from one row of its indicators on; ``change`` gets all rows and the number of that one."""

    def apply(grid: Grid, random: Random) -> Grid:
        header = _find_header(read_rows(grid))
        if header is None or header + 2 >= grid.rows:
            return grid
        return _write_grid(
            change(_flatten(grid), random.randrange(header + 1, grid.rows - 1), random), spans_known=spans_known
        )

    return _on_grids(apply)


def _lose_cell(rows: Rows, at: int, random: Random) -> Rows:
    """One cell is gone and those behind it move up.

    Neither the last cell of the row, whose loss leaves a blank as any other, nor one behind which only free texts move:
    nothing tells an explanation from a remark.
    """
    row = rows[at]
    end = max((place for place, text in enumerate(row) if text and not _is_free(text)), default=0)
    places = [place for place, text in enumerate(row[:end]) if text]
    if not places:
        return rows
    place = random.choice(places)
    return [*rows[:at], [*row[:place], *row[place + 1 :], ""], *rows[at + 1 :]]


def _is_free(text: str) -> bool:
    return len(text) > 12 or text in (*TEXTS, *BASES, "暂定")


def _move_right(rows: Rows, at: int, random: Random) -> Rows:
    return [[*row, ""] if number < at else ["", *row] for number, row in enumerate(rows)]


def _move_left(rows: Rows, at: int, random: Random) -> Rows:
    return [row if number < at else [*row[1:], ""] for number, row in enumerate(rows)]


def _tear(rows: Rows, at: int, random: Random) -> Rows:
    """The end of a page in the middle of a row: one or two of its cells go on in a row of their own."""
    row = rows[at]
    long = [place for place, text in enumerate(row) if len(text) > 3]
    upper, lower = list(row), [""] * len(row)
    for place in random.sample(long, min(random.randint(1, 2), len(long))):
        cut = random.randrange(1, len(row[place]))
        upper[place], lower[place] = row[place][:cut], row[place][cut:]
    return [*rows[:at], upper, lower, *rows[at + 1 :]]


def _print_page(rows: Rows, at: int, random: Random) -> Rows:
    """A page number among the rows, and often the header again below it."""
    page = [""] * len(rows[0])
    page[random.choice((0, len(page) // 2))] = random.choice(PAGES)
    header = next(row for row in rows if {"三级指标", "指标名称"} & set(row))
    return [*rows[:at], page, *([header] if random.random() < 0.5 else []), *rows[at:]]


def _break_pages(blocks: Blocks, random: Random) -> Blocks:
    """Each page a grid of its own, a page number between them, and often the header again."""
    result: list[Grid | Paragraph] = []
    for block in blocks:
        header = _find_header(read_rows(block)) if isinstance(block, Grid) else None
        if isinstance(block, Paragraph) or header is None or header + 2 >= block.rows:
            result.append(block)
            continue
        rows = _flatten(block)
        cut = random.randrange(header + 1, block.rows - 1)
        again = [rows[header]] if random.random() < 0.6 else []
        result += [
            _write_grid(rows[:cut], spans_known=True),
            Paragraph(text=random.choice(("- 1 -", "第1页", "")), origin=""),
            _write_grid([*again, *rows[cut:]], spans_known=True),
        ]
    return result


def _drop_titles(blocks: Blocks, random: Random) -> Blocks:
    return [block for block in blocks if isinstance(block, Grid)]


def _write_cells(*, marks: bool, tabs: bool) -> Damage:
    """Dump one cell a line; with ``marks`` a blank line ends each row, with ``tabs`` each cell begins with one."""

    def apply(blocks: Blocks, random: Random) -> Blocks:
        lines: list[str] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
                continue
            for row in _cut_trailing(_flatten(block), random):
                lines += ["\t" + text for text in row] if tabs else [text for text in row if text]
                lines += [""] if marks else []
            lines.append("")
        return list(split_text("\n".join(lines), "dump"))

    return apply


DAMAGES: Mapping[str, Damage] = {
    "nothing": lambda blocks, random: blocks,
    "spans_lost": _on_rows(_keep),
    "trailing_blanks_cut": _on_rows(_cut_trailing),
    "merges_taken_apart": _on_rows(_keep, spans_known=True),
    "merges_filled_down": _on_grids(_fill_down),
    "leading_blanks_cut": _on_rows(_cut_leading),
    "all_blanks_dropped": _on_rows(_drop_blanks),
    "some_rows_moved_left": _on_rows(_move_some),
    "blank_rows_between": _on_rows(_add_blank_rows),
    "blank_row_added": _on_grids(_add_row),
    "blank_column_last": _on_grids(_add_column(first=False)),
    "blank_column_first": _on_grids(_add_column(first=True)),
    "header_repeated": _on_grids(_repeat_header),
    "header_broken_into_lines": _on_grids(_break_header),
    "header_unknown": _on_grids(_rename_header),
    "column_doubled": _on_grids(_double_column),
    "columns_reversed": _on_grids(_mirror),
    "split_by_a_page": _split_pages,
    "title_lost": _drop_titles,
    "cell_a_line": _write_cells(marks=True, tabs=True),
    "cell_a_line_without_row_marks": _write_cells(marks=False, tabs=True),
    "bare_lines": _write_cells(marks=False, tabs=False),
}

ROW_DAMAGES: Mapping[str, Damage] = {
    f"{name}, {'places known' if known else 'places lost'}": _on_row(change, spans_known=known)
    for name, change in {
        "cell lost": _lose_cell,
        "rows moved right": _move_right,
        "rows moved left": _move_left,
        "row torn": _tear,
        "page number": _print_page,
    }.items()
    for known in (False, True)
} | {"pages": _break_pages}
