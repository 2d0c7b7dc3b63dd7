"""What a container noted about single cells, told to the person who reads the document.

lines ──note_marks──▶ a notice for each cell with a mark, at its place in the file
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from perflint.language import say
from perflint.reading.draft import Notice
from perflint.reading.grid import FORMULA_WITHOUT_VALUE, REJOINED, STRUCK
from perflint.reading.layout.aligned.merged import UNSURE
from perflint.reading.layout.glued.build import GLUED, UNTOLD, WORDED
from perflint.reading.line import Line


def note_marks(lines: Iterable[Line]) -> Iterator[Notice]:
    """Yield the notices in reading order; a cell that covers several rows is told once."""
    wordings = _list_wordings()
    for line in lines:
        for slot in line.slots:
            if not slot.covered:
                yield from (Notice(mark, wordings[mark], slot.origin) for mark in slot.notes if mark in wordings)


def _list_wordings() -> Mapping[str, str]:
    return {
        STRUCK: say("有加删除线的文字，照样读入", "some text is struck through; it was read as it stands"),
        "unseen": say("单元格里有看不见的文字，没有读", "text out of sight in the cell was not read"),
        FORMULA_WITHOUT_VALUE: say(
            "公式没有存下结果，按空白读", "a formula without a stored value; it was read as blank"
        ),
        "nested_table": say(
            "单元格里还有一张表，放在后面单独读", "a table inside the cell; it was read after this one, apart"
        ),
        "text_box": say(
            "单元格里有文本框，里面的文字放在后面单独读",
            "a text box in the cell; its text was read after the table, apart",
        ),
        "revised": say(
            "有修订：读入插入的，不读删除的", "tracked changes: what was inserted is read, what was deleted is not"
        ),
        "image": say("单元格里的图片没有读", "a picture in the cell was not read"),
        "symbol_unmapped": say("有一个符号认不出", "a symbol could not be told"),
        "placeholder_text": say(
            "是填写提示，不是填写的内容", "the text is the prompt of a form field, nobody filled it in"
        ),
        "merge_without_start": say(
            "合并单元格缺开头，按单独一格读", "a merged cell has no beginning; it was read as a cell of its own"
        ),
        "error_value": say("公式出错，单元格里是错误值", "the formula fails; the cell shows an error"),
        REJOINED: say(
            "这一格断在几行上，按位置接起来",
            "the text of this cell is broken over lines; they were joined by their places",
        ),
        GLUED: say(
            "这张表的单元格连在一起，按表头、级别、栏目和指标值的写法分开",
            "the cells of this table run together; they were told apart by the words of the form and by their targets",
        ),
        UNTOLD: say(
            "这些单元格连在一起，分不清，没有读",
            "these cells run together and cannot be told apart; they were not read",
        ),
        WORDED: say(
            "名称和文字的指标值连在一起，按常用的写法分开",
            "a name and a target in words run together; they were told apart by a usual spelling of such targets",
        ),
        UNSURE: say(
            "合并单元格的边界没有印出来，这一格管到哪几行是按位置推断的",
            "the edges of merged cells are not printed; which rows this one covers was told by its place",
        ),
        "number_unreadable": say("存下的数不是数字，照样读入", "the stored number is none; it was read as it stands"),
    }
