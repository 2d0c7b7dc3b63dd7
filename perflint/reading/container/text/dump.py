"""Read text dumps of tables: tab grids, pipe tables, one cell a line, comma-separated files; and paragraphs.

    text ──lines──▶ runs of one style ──▶ Grid (spans unknown) or Paragraph

A dump has lost its merged cells, so a cell's column is only its place in the line; ``spans_known`` is False.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from perflint.language import say
from perflint.reading.container.advice import split_file
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, check_extent, refuse
from perflint.reading.container.sniff import decode
from perflint.reading.container.text.line import INDENT, Line, find_end
from perflint.reading.container.text.pipes import (
    find_pipes_end,
    find_torn_end,
    join_ragged,
    mark_rows,
    split_between,
    split_pipes,
    split_torn,
)
from perflint.reading.grid import Cell, Grid, Paragraph

_NEWLINE = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_SENTENCE_END = ("。", "；", "：", "！", "？", ";", "…")
_LONGEST_CELL = 200  # lines a quoted cell may run over
_PROSE_LENGTH = 80  # characters from which a lone tabbed line is a paragraph rather than a cell


Row = list[Line]
Block = list[Line]


def read_text(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a text dump in UTF-8, UTF-16 or GB18030; a name ending in ``.csv`` says that commas separate.

    Raises:
        DocumentError: The encoding is none of them, or a grid, the lines or one of them are over the limit.
    """
    decoded = decode(data)
    if decoded is None:
        message = say("文字的编码不是 UTF-8、UTF-16 或 GB18030", "the text is neither UTF-8, UTF-16 nor GB18030")
        raise refuse(file, message, say("另存为 UTF-8", "save it as UTF-8"))
    _check_lines(decoded.text, file, limits)
    if file.lower().endswith(".csv"):
        return Contents(tuple(_read_csv(decoded.text, file, limits)))
    return Contents(tuple(split_text(decoded.text, file, limits)))


def _check_lines(text: str, file: str, limits: ReadingLimits) -> None:
    """Refuse what would take gigabytes as soon as it is cut into lines."""
    lines = max(text.count("\n"), text.count("\r"))
    if lines > limits.cells:
        message = say(
            f"文字有 {lines} 行，超过 {limits.cells} 行", f"the text has {lines} lines, more than {limits.cells}"
        )
        raise refuse(file, message, split_file())
    longest = max(map(len, text.splitlines()), default=0)
    if longest > limits.line_characters:
        message = say(
            f"文字里有一行 {longest} 字，超过 {limits.line_characters} 字",
            f"a line of the text has {longest} characters, more than {limits.line_characters}",
        )
        raise refuse(file, message, split_file())


def split_text(text: str, file: str, limits: ReadingLimits = LIMITS) -> Iterator[Grid | Paragraph]:
    """Yield the grids and paragraphs of *text* in order; each non-blank line is in exactly one.

    Raises:
        DocumentError: A grid is over the limit.
    """
    lines = _join_quoted([Line(number, line) for number, line in enumerate(_NEWLINE.split(text), 1)])
    lines = mark_rows(join_ragged(_join_broken(lines)))
    gridded = _find_gridded(lines)
    position = searched = 0
    between: list[Row] = []
    while position < len(lines):
        line = lines[position]
        if position >= searched:
            searched, between = split_between(lines, position)
        torn = find_torn_end(lines, position) if not between else None
        if between:
            end = searched
            yield from _build_run(between, file, limits)
            between = []
        elif torn is not None:
            end = torn
            yield from _build_run(split_torn(lines[position:end]), file, limits)
        elif line.is_pipe:
            end = find_pipes_end(lines, position)
            yield from _build_run(split_pipes(lines[position:end]), file, limits)
        elif line.has_tab:
            end, rows = _read_tabs(lines, position, gridded)
            yield from _build_run(rows, file, limits)
        else:
            end = position + 1
            yield from _build_paragraphs([line])
        position = end


def _read_csv(text: str, file: str, limits: ReadingLimits) -> Iterator[Grid | Paragraph]:
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[Row] = []
    start = 1
    for fields in reader:
        rows.append([Line(start, field) for field in fields])
        start = reader.line_num + 1
    yield from _build_run(rows, file, limits)


# Line breaks inside a cell


def _join_quoted(lines: list[Line]) -> list[Line]:
    """Join the lines of a cell that a spreadsheet put in quotes because it holds a line break."""
    result: list[Line] = []
    position = 0
    while position < len(lines):
        end = _find_closing_quote(lines, position)
        if end is None:
            result.append(lines[position])
            position += 1
        else:
            text = "\n".join(line.text for line in lines[position : end + 1])
            result.append(Line(lines[position].number, text, joined=True))
            position = end + 1
    return result


def _find_closing_quote(lines: list[Line], start: int) -> int | None:
    if not _leaves_quote_open(lines[start].text):
        return None
    for place in range(start + 1, min(start + _LONGEST_CELL, len(lines))):
        before, quote, after = lines[place].text.replace('""', "").partition('"')
        if quote and after[:1] in ("", "\t"):
            joined = "\n".join(line.text for line in lines[start : place + 1])
            return None if "\t" not in joined or _leaves_quote_open(lines[place].text[len(before) + 1 :]) else place
        if quote:
            return None
    return None


def _leaves_quote_open(text: str) -> bool:
    last = text.rpartition("\t")[2]
    return last.startswith('"') and last.count('"') % 2 == 1


def _join_broken(lines: list[Line]) -> list[Line]:
    """Join rows that a line break inside a cell tore apart, where every other row has the same number of tabs.

    Only pieces that add up to exactly the width of the table are joined; anything else stays as it is.
    """
    result: list[Line] = []
    position = 0
    while position < len(lines):
        end = find_end(lines, position, lambda line: line.text != "")
        result.extend(_join_block(lines[position:end]))
        result.extend(lines[end : end + 1])
        position = end + 1
    return result


def _join_block(block: Block) -> Block:
    tabs = Counter(line.text.count("\t") for line in block if line.separates_cells)
    width, regular = tabs.most_common(1)[0] if tabs else (0, 0)
    if width < 2 or regular < 2 or regular * 5 < sum(tabs.values()) * 3:
        return block
    result: Block = []
    position = 0
    while position < len(block):
        end = _find_row_end(block, position, width)
        if end == position + 1 and block[position].separates_cells and block[position].text.count("\t") < width:
            return block  # rows are simply printed without the blanks at their end
        if end > position + 1:
            text = "\n".join(line.text for line in block[position:end])
            result.append(Line(block[position].number, text, joined=True))
        else:
            result.append(block[position])
        position = end
    return result


def _find_row_end(block: Block, start: int, width: int) -> int:
    found = 0
    for place in range(start, len(block)):
        tabs = block[place].text.count("\t")
        found += tabs
        if tabs >= width or found > width or found == 0:
            return start + 1
        if found == width:
            return place + 1
    return start + 1


# Runs of tabbed lines


def _find_gridded(lines: list[Line]) -> frozenset[int]:
    """Return the places from which a row of a tab grid follows before the next blank line.

    Told of all lines at once: a file may hold thousands of runs, and no blank line.
    """
    found, follows = [], False
    for place in range(len(lines) - 1, -1, -1):
        follows = lines[place].text.strip(INDENT) != "" and (follows or lines[place].separates_cells)
        if follows:
            found.append(place)
    return frozenset(found)


def _read_tabs(lines: list[Line], start: int, gridded_lines: Container[int]) -> tuple[int, list[Row]]:
    """Return where the run of tabbed lines ends and its rows.

    A blank line ends a row of the one-cell-a-line style; in a tab grid one blank line is a page break of the original.
    """
    gridded = start in gridded_lines
    end = find_end(lines, start, lambda line: line.has_tab if gridded else line.text.strip(INDENT) != "")
    rows = _split_block(lines[start:end], gridded)
    while True:
        block = _find_next_block(lines, end, gridded)
        if block is None:
            return end, rows
        end = block[1]
        rows.extend(_split_block(lines[block[0] : end], gridded))


def _find_next_block(lines: list[Line], start: int, gridded: bool) -> tuple[int, int] | None:
    first = find_end(lines, start, lambda line: line.text.strip(INDENT) == "")
    if first == len(lines) or first == start or not lines[first].has_tab or (gridded and first - start > 1):
        return None
    if gridded and _begins_stack(lines, first):
        return None
    end = find_end(lines, first, lambda line: line.text.strip(INDENT) != "")
    if gridded:
        return first, find_end(lines, first, lambda line: line.has_tab)
    return None if any(line.separates_cells for line in lines[first:end]) else (first, end)


def _begins_stack(lines: list[Line], start: int) -> bool:
    """Whether two rows of one cell a line begin here: what stood above with tabs between was no part of that table."""
    for _ in range(2):
        end = find_end(lines, start, lambda line: line.text.strip(INDENT) != "")
        row = lines[start:end]
        if any(line.separates_cells for line in row) or sum(line.opens_cell for line in row) < 2:
            return False
        start = find_end(lines, end, lambda line: line.text.strip(INDENT) == "")
    return True


def _split_block(block: Block, gridded: bool) -> list[Row]:
    if gridded:
        return [_split_tabs(line) for line in block]
    row: Row = []
    for line in block:
        if line.opens_cell or not row:
            row.append(Line(line.number, line.text.lstrip(INDENT).removeprefix("\t")))
        else:
            row[-1] = Line(row[-1].number, f"{row[-1].text}\n{line.text}")
    return [row]


def _split_tabs(line: Line) -> Row:
    return [Line(line.number, _unquote(piece), line.joined and "\n" in piece) for piece in line.text.split("\t")]


def _unquote(piece: str) -> str:
    if "\n" in piece and len(piece) > 1 and piece[0] == piece[-1] == '"':
        return piece[1:-1].replace('""', '"')
    return piece


# Rows to blocks


def _build_run(rows: list[Row], file: str, limits: ReadingLimits) -> Iterator[Grid | Paragraph]:
    printed = [piece for row in rows for piece in row if piece.text.strip()]
    if len(printed) <= 1 or _is_prose(rows):
        yield from _build_paragraphs(printed)
    else:
        yield _build_grid(rows, file, limits)


def _is_prose(rows: list[Row]) -> bool:
    """Whether tabs only indent: in every row one tab a line, and every line a sentence."""
    pieces = [piece for row in rows for piece in row if piece.text.strip()]
    if any(first.number == second.number for row in rows for first, second in pairwise(row)):
        return False
    return all(len(piece.text) > _PROSE_LENGTH or piece.text.rstrip().endswith(_SENTENCE_END) for piece in pieces)


def _build_paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    for line in lines:
        if line.text.strip():
            yield Paragraph(text=line.text, origin=f"第{line.number}行")


def _build_grid(rows: list[Row], file: str, limits: ReadingLimits) -> Grid:
    columns = max(len(row) for row in rows)
    origin = f"第{rows[0][0].number}行"
    check_extent(len(rows), columns, say(f"{origin}的表", f"the table at {origin}"), file, limits)
    cells = tuple(
        Cell(
            text=piece.text,
            row=row,
            column=column,
            origin=f"第{piece.number}行",
            notes=_list_notes(piece),
        )
        for row, pieces in enumerate(rows)
        for column, piece in enumerate(pieces)
    )
    return Grid(cells=cells, rows=len(rows), columns=columns, spans_known=False, origin=origin)


def _list_notes(piece: Line) -> tuple[str, ...]:
    return (*(["lines_joined"] if piece.joined else []), *(["row_start"] if piece.starts_row else []))
