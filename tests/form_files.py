"""Forms as files of ``tests/data/forms``, each with what it says beside it, written by hand.

``NAME.want`` holds fields (``budget.total: 100``), then the columns of the rows in brackets, then a row a line:
``|`` between cells, ``"`` for the cell above, ``\\n`` for a line break, nothing for a blank. ``---`` parts tables.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "data" / "forms"
Row = dict[str, Any]


class FormFile(NamedTuple):
    """A form: its file, and for each table the fields by their dotted path and the indicator rows."""

    path: Path
    tables: tuple[tuple[dict[str, Any], tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the tables with nothing but their rows, as ``damage.measure`` takes them."""
        return [{"indicators": rows} for _, rows in self.tables]


def list_forms(*suffixes: str) -> list[FormFile]:
    """Return the forms in files of these suffixes, all without any."""
    files = sorted(path for path in FOLDER.iterdir() if path.suffix != ".want")
    return [_load(path) for path in files if not suffixes or path.suffix in suffixes]


def _load(path: Path) -> FormFile:
    parts = re.split(r"(?m)^---$", path.with_suffix(".want").read_text(encoding="utf-8"))
    return FormFile(path, tuple(_parse_table(part) for part in parts if part.strip()))


def _parse_table(text: str) -> tuple[dict[str, Any], tuple[Row, ...]]:
    head, _, body = text.partition("\n[") if not text.startswith("[") else ("", "", text[1:])
    fields = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    names, _, lines = body.partition("]\n")
    rows: list[Row] = []
    above: list[str] = []
    for line in lines.splitlines():
        cells = [above[at] if cell == '"' else cell for at, cell in enumerate(line.split("|"))]
        above = cells
        rows.append({name: _parse_cell(name, cell) for name, cell in zip(names.split(), cells, strict=True)})
    return {path: _parse_value(value) for path, value in fields.items()}, tuple(rows)


def _parse_value(value: str) -> Any:
    return json.loads(value) if value[:1] in ("[", "{") else value


def _parse_cell(name: str, cell: str) -> Any:
    if name == "prior":
        return [dict(zip(("label", "value"), one.split("=", 1), strict=True)) for one in cell.split(";") if one] or None
    return cell.replace("\\n", "\n") or None
