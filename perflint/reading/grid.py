"""What a file holds before anyone knows what it means: grids of cells and paragraphs, in document order.

    file ──container──▶ Source of Grid and Paragraph ──layout, forms──▶ Document

Containers fill these; nothing here reads a file. Texts are as printed: no trimming, no repair.
"""

from __future__ import annotations

from perflint.errors import Problem
from perflint.record import dataclass

# Notes that several containers make.
FORMULA_WITHOUT_VALUE = "formula_without_value"
STRUCK = "struck"
REJOINED = "rejoined"  # a text broken over lines, joined by where they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as the reader of the file sees it; a merged cell is one ``Cell`` that spans.

    Attributes:
        text: What is shown, line breaks as line feeds.
        row, column: 0-based position of the upper left corner in the grid.
        row_span, column_span: How many rows and columns it covers, at least 1.
        origin: Where a person finds it: ``表2 第7行第5列``, ``Sheet1!E14``, ``第3页 表1 第2行第4列``, ``第12行``.
        hidden: The file keeps it out of sight (hidden row, column, sheet or text).
        notes: Short ASCII codes of what the container did or could not do (``formula_without_value``).
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    origin: str
    hidden: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of a file.

    Attributes:
        name: Sheet name, or None.
        cells: The cells the file really has, each once, in reading order (row, then column).
        rows, columns: Extent; every cell lies inside.
        spans_known: False for text dumps, whose cells may stand in the wrong column.
        origin: Where the table stands (``表2``, ``Sheet1``, ``第3页 表1``, ``第12行``).
        notes: As for ``Cell``.
    """

    name: str | None = None
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    spans_known: bool = True
    origin: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A piece of text outside every table."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything one file holds.

    Attributes:
        file: Name as the user gave it.
        media_type: What the content is, whatever the extension says.
        sha256: Hash of the bytes, lower-case hex.
        blocks: Grids and paragraphs in document order; every piece of text of the file is in exactly one.
        notices: What a person should know about the reading (tracked changes, hidden sheets, formulas without value).
        cut: The file ends inside its last table.
    """

    file: str
    media_type: str
    sha256: str
    blocks: tuple[Grid | Paragraph, ...]
    notices: tuple[Problem, ...] = ()
    cut: bool = False
