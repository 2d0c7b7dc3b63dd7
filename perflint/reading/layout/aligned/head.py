"""What stands over the indicators of an aligned table: labels and values side by side, either broken over lines.

lines of fragments ──build_head──▶ Grid, a row for each line that begins something
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.inline import split_inline
from perflint.reading.form.template import Form
from perflint.reading.grid import REJOINED, Cell, Grid
from perflint.reading.layout.aligned.fragment import Fragment, join_texts

_LONG = 20  # columns from which a text may go on in the next line
_NEAR = 2  # columns that two lines of one text may begin apart
_SHORT = 4  # columns from the right where a line is not full
_ENDS = ("：", ":")


class _Box:
    """A cell so far: its lines."""

    def __init__(self, fragment: Fragment) -> None:
        self.lines = [fragment]

    @property
    def last(self) -> Fragment:
        return self.lines[-1]

    @property
    def text(self) -> str:
        return join_texts(self.lines)


def build_head(lines: Sequence[Sequence[Fragment]], form: Form) -> Grid | None:
    """Return the lines as a grid whose spans are not known, None when nothing is printed."""
    rows: list[list[_Box]] = []
    open_boxes: list[_Box] = []
    right = max((one.end for line in lines for one in line), default=0)
    for line in lines:
        new: list[Fragment] = []
        going: list[_Box] = []
        for number, fragment in enumerate(line):
            box = None if new else _find_upper(fragment, open_boxes, form, right, alone=number == 0)
            if box is None:
                new.append(fragment)
            else:
                box.lines.append(fragment)
                going.append(box)
        boxes = [_Box(fragment) for fragment in new]
        if boxes and (labelled := _stands_beside(boxes, rows, form)) is not None:
            going.append(labelled)
            rows[-1].insert(0, *boxes)
        elif boxes:
            rows.append(boxes)
        kept = [box for box in open_boxes if not any(_stands_under(one, box) for one in new) and box not in going]
        open_boxes = [*(box for box in kept if line and box.last.line >= line[0].line - 2), *going, *boxes]
    return _build_grid(rows) if rows else None


def _find_upper(fragment: Fragment, boxes: Sequence[_Box], form: Form, right: int, *, alone: bool) -> _Box | None:
    """Return the cell that goes on in a fragment; *right* is how far the lines reach."""
    for box in boxes:
        if box.last.line < fragment.line - (2 if alone else 1):
            continue
        if _completes_label(box, fragment, form):
            return box
        finished = box.text.endswith("。") and box.last.end + _SHORT < right
        if not finished and _goes_on(box, fragment, form):
            return box
    return None


def _stands_beside(boxes: Sequence[_Box], rows: Sequence[Sequence[_Box]], form: Form) -> _Box | None:
    """Return the long text right above that a label alone on its line stands beside, in the middle of its lines."""
    if len(boxes) != 1 or not rows or len(rows[-1]) != 1:
        return None
    label, text = boxes[0].last, rows[-1][0]
    near = text.last.line == label.line - 1 and text.lines[0].start >= label.end
    return text if near and text.last.width >= _LONG and _is_label(label.text, form) else None


def _completes_label(box: _Box, fragment: Fragment, form: Form) -> bool:
    """Tell whether both together begin a label or are one: 总 over 体 over 目 over 标, 资金金额 over （万元）."""
    if not _stands_under(fragment, box) or fragment.width > _LONG or _is_label(fragment.text, form):
        return False
    if shapes.read_money_unit(fragment.text) is not None:
        return _is_label(box.text, form)
    whole = fold(box.text + fragment.text)
    return any(name.startswith(whole) and len(name) > len(fold(box.text)) for name in _list_names(form))


def _list_names(form: Form) -> list[str]:
    return [*form.labels_by_name, *form.contexts]


def _goes_on(box: _Box, fragment: Fragment, form: Form) -> bool:
    """Tell whether a long text goes on: the next line begins where it did, and is no label."""
    if abs(fragment.start - box.lines[0].start) > _NEAR or box.last.width < _LONG or box.text.endswith(_ENDS):
        return False
    if _is_label(fragment.text, form) or split_inline(fragment.text, form).pairs or shapes.is_figure(fragment.text):
        return False
    return not (_is_label(box.text, form) or (split_inline(box.text, form).pairs and len(box.lines) == 1))


def _stands_under(fragment: Fragment, box: _Box) -> bool:
    return fragment.start < box.last.end and box.last.start < fragment.end


def _is_label(text: str, form: Form) -> bool:
    return any(key in form.labels_by_name or key in form.contexts for key in list_keys(text))


def _build_grid(rows: Sequence[Sequence[_Box]]) -> Grid:
    left = min(box.lines[0].start for row in rows for box in row)
    cells = []
    for number, row in enumerate(rows):
        indent = 1 if row[0].lines[0].start > left + _LONG // 4 else 0
        cells += [Cell(text="", row=number, column=0, origin=row[0].lines[0].origin)] * indent
        cells += [
            Cell(
                text=box.text,
                row=number,
                column=at,
                origin=box.lines[0].origin,
                notes=(REJOINED,) if len(box.lines) > 1 else (),
            )
            for at, box in enumerate(row, indent)
        ]
    columns = max(cell.column for cell in cells) + 1
    return Grid(cells=tuple(cells), rows=len(rows), columns=columns, spans_known=False, origin=cells[0].origin)
