"""Rows of an indicator list to indicator records: levels carried down, blocks side by side, one column per region.

Row ──build_indicators──▶ Block (segments of records) ──▶ tables
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.language import say
from perflint.reading import shapes
from perflint.reading.align import Column
from perflint.reading.draft import Notice, Record, printed
from perflint.reading.fold import fold, list_keys
from perflint.reading.forms import Form, Label
from perflint.reading.headers import INDICATORS, PLACE, Header, fields_of, find_kind_of, find_outer, find_year_of
from perflint.reading.ledger import Ledger, Place
from perflint.reading.levels import LevelCarry, LevelWords, build_levels
from perflint.reading.line import Line, Slot
from perflint.reading.records import Row, place_rows
from perflint.record import dataclass, field

ORDER = (
    "level1 level2 name description comparator value unit basis category weight direction scoring explanation remark"
).split()
_PREFIX = re.compile(r"^\s*(?:三级)?指标\s*\d{1,2}\s*[:：]\s*")
_OWN = frozenset(ORDER)
_DECIDED = 80  # percent of the cells of a column that must agree on its meaning
_FEWEST_NUMBERS = 4  # cells of a row that numbers the columns
_SIGNLESS = frozenset({"name", "level1", "level2", "unit", "value"})
_SPREAD = frozenset({"value", "name", "comparator", "unit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One indicator and where its fields came from (pointer below the indicator → origin)."""

    record: Record
    origins: dict[str, str]
    section: str | None


@dataclass(slots=True)
class Segment:
    """Indicators that belong to one table.

    Attributes:
        outer: Table-level cells printed beside the rows (unit, project, amount): label → cell.
        region: Heading of the value column when each region has one, or None.
    """

    outer: list[tuple[Label, Slot]] = field(default_factory=list)
    region: Slot | None = None
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """What an indicator list gave."""

    segments: list[Segment]
    columns: tuple[Column, ...]
    notices: list[Notice]


def build_indicators(
    rows: Sequence[Line],
    header: Header,
    form: Form,
    words: LevelWords,
    ledger: Ledger,
    *,
    section: str | None,
    year: int | None,
) -> Block:
    """Read the rows under an indicator header. Every cell of the rows is placed in the ledger.

    Args:
        section: what the heading of the list says, used where the columns do not say it themselves.
        year: the year of the table, None when it is not known.
    """
    columns, notices = decide_columns(rows, header, form, year)
    placed = place_rows(rows, header, columns, words)
    regions = [] if _is_plain(columns) else _find_regions(placed, columns)
    reader = _Reader(columns, form, words, ledger, section, regions, notices)
    for row in placed:
        reader.read(row)
    reader.close()
    return Block(reader.segments, columns, notices)


def decide_columns(
    rows: Sequence[Line], header: Header, form: Form, year: int | None = None
) -> tuple[tuple[Column, ...], list[Notice]]:
    """Return the columns with undecided ones settled by their cells; what stays unsettled is ``unknown``.

    Args:
        year: the year of the table: among value columns of several years it tells which is the target.
    """
    columns = _settle_years(header.columns, year)
    notices = _settle_levels(rows, columns, header, form)
    for at, column in enumerate(columns):
        if column.field == "undecided":
            taken = {one.field for one in columns if one.group == column.group}
            columns[at] = column._replace(field=_decide(rows, column, form, taken))
            if columns[at].field == "category" and not any(map(shapes.is_category, _list_texts(rows, column))):
                notices += _doubt_kind(rows, column)
            if columns[at].field == "unknown":
                text = say(
                    f"从单元格看不出“{column.label}”这一列是什么",
                    f"the cells do not tell what the column {column.label} holds",
                )
                notices.append(Notice("column_undecided", text, header.slots[0].origin))
        elif column.field == "unknown" and (label := find_outer(column.label, form)) is not None:
            columns[at] = column._replace(field=f"outer:{label.field}")
    notices += _infer_columns(rows, columns, header, form)
    notices += _find_doubles(columns, header)
    notices += _find_twin_values(columns, header)
    return tuple(columns), notices


def _settle_years(columns: Sequence[Column], year: int | None) -> list[Column]:
    """Tell target and prior values apart where value columns name years; what cannot be told apart is unknown."""
    dated = [at for at, one in enumerate(columns) if one.field in {"year", "value"} and find_year_of(one.label)]
    values = [at for at, one in enumerate(columns) if one.field == "value"]
    if dated == values and len(values) < 2:
        return list(columns)
    has_target = any(at not in dated for at in values)
    settled = list(columns)
    for at in dated:
        settled[at] = columns[at]._replace(field=_name_dated(columns[at], has_target, year))
    return settled


def _name_dated(column: Column, has_target: bool, year: int | None) -> str:
    printed_year = find_year_of(column.label)
    if year is None or printed_year is None or printed_year > year:
        return "unknown"
    if printed_year < year:
        return "prior"
    return "unknown" if has_target else "value"


def _settle_levels(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """A lone level column that holds second-level words is the second level, whatever its heading says."""
    levels = [at for at, column in enumerate(columns) if column.field in {"level1", "level2"}]
    if len(levels) != 1 or columns[levels[0]].field == "level2":
        return []
    words = build_levels(form)
    texts = _list_texts(rows, columns[levels[0]])
    fitting = sum(1 for text in texts if words.is_second(text))
    if not texts or fitting * 100 < _DECIDED * len(texts) or all(map(words.is_first, texts)):
        return []
    column = columns[levels[0]]
    columns[levels[0]] = column._replace(field="level2")
    text = say(
        f"“{column.label}”这一列是二级指标，一级指标由此推出",
        f"the column {column.label} holds second-level words; the first level follows from them",
    )
    return [Notice("column_inferred", text, header.slots[0].origin)]


def _infer_columns(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """Settle by its cells or its place the one unknown column that can be the value or the name; say so."""
    notices = []
    for wanted in ("level1", "level2", "comparator", "unit", "value", "name"):
        found = _find_unknown(wanted, rows, columns, form)
        if found is not None and all(column.field != wanted for column in columns):
            label = columns[found].label
            text = say(
                f"没有表式认得“{label}”这一列；从内容和位置看是 {wanted}",
                f"no form knows the column {label}; by its cells and place it is the {wanted}",
            )
            notices.append(Notice("column_inferred", text, header.slots[0].origin))
            columns[found] = columns[found]._replace(field=wanted)
    return notices


def _find_unknown(wanted: str, rows: Sequence[Line], columns: Sequence[Column], form: Form) -> int | None:
    """Return the one unknown column that is the wanted one: the name by its place, the others by their cells."""
    if wanted == "name":
        return _find_name(columns)
    words = build_levels(form)
    unknown = [at for at, column in enumerate(columns) if column.field == "unknown"]
    fitting = [at for at in unknown if find_kind_of(_list_texts(rows, columns[at]), words) == wanted]
    return fitting[0] if len(fitting) == 1 and not PLACE.search(fold(columns[fitting[0]].label)) else None


def _list_texts(rows: Sequence[Line], column: Column) -> list[str]:
    return [slot.text for row in rows for slot in row.filled if column.start <= slot.column < column.end]


def _find_name(columns: Sequence[Column]) -> int | None:
    """Return the unknown column right of the second level."""
    for at, column in enumerate(columns[1:], 1):
        if column.field == "unknown" and columns[at - 1].field == "level2":
            return at
    return None


def _doubt_kind(rows: Sequence[Line], column: Column) -> list[Notice]:
    """A column of nothing but 定性 may be a comparator or a category: say so at every row."""
    text = say(
        f"“{column.label}”这一列没有比较符，按类别读", f"the column {column.label} holds no sign; read as a category"
    )
    return [Notice("column_undecided", text, row.origin) for row in rows if row.filled]


def _decide(rows: Sequence[Line], column: Column, form: Form, taken: set[str]) -> str:
    options = next(form.undecided[key] for key in list_keys(column.label) if key in form.undecided)
    texts = _list_texts(rows, column)
    for option in options:
        agreeing = sum(1 for text in texts if _SHAPES[option](text))
        signs = option != "comparator" or any(map(shapes.is_sign, texts))
        if texts and signs and option not in taken and agreeing * 100 >= _DECIDED * len(texts):
            return option
    return _decide_displaced(rows, options, taken)


def _decide_displaced(rows: Sequence[Line], options: Sequence[str], taken: set[str]) -> str:
    """Decide where places are lost: nearly every row must hold one cell of the kind, wherever it stands."""
    loose = [row for row in rows if len(row.filled) > 2 and not row.spans_known]
    for option in options:
        holding = [row for row in loose if any(_SHAPES[option](slot.text) for slot in row.filled)]
        signs = option != "comparator" or any(shapes.is_sign(slot.text) for row in loose for slot in row.filled)
        if loose and signs and option not in taken and len(holding) * 100 >= _DECIDED * len(loose):
            return option
    return "unknown"


def _is_kind(text: str) -> bool:
    return shapes.is_category(text) or shapes.is_comparator(text)


_SHAPES = {"comparator": shapes.is_comparator, "direction": shapes.is_direction, "category": _is_kind}


def _find_doubles(columns: list[Column], header: Header) -> list[Notice]:
    """Two columns of one meaning: the second is not read, and said so."""
    seen: dict[tuple[int, str], Column] = {}
    notices = []
    for at, column in enumerate(columns):
        known = seen.setdefault((column.group, column.field), column)
        if known is not column and column.field in _OWN:
            text = say(
                f"两列意思相同：“{known.label}”和“{column.label}”；后一列没有读",
                f"two columns mean the same: {known.label} and {column.label}; the second is not read",
            )
            notices.append(Notice("column_doubled", text, header.slots[0].origin))
            columns[at] = column._replace(field="unknown")
    return notices


def _find_twin_values(columns: list[Column], header: Header) -> list[Notice]:
    """Two value columns of one indicator that nothing tells apart: none is read, and said so."""
    named = {column.group for column in columns if column.field in {"name", "level1"}}
    if named and 0 not in named:  # the columns stand in another order: the first group belongs to the one with the name
        first = min(named)
        columns[:] = [column._replace(group=0) if column.group == first else column for column in columns]
        named = {0, *named} - {first}
    values = [
        at for at, one in enumerate(columns) if one.field == "value" and (one.group == 0 or one.group not in named)
    ]
    around = next((one.section for one in columns if one.field == "name"), None)
    sections = [columns[at].section or around for at in values]
    if len(values) < 2 or len(set(sections)) == len(sections):
        return []
    labels = [columns[at].label for at in values]
    for at in values:
        columns[at] = columns[at]._replace(field="unknown")
    for at, column in enumerate(columns):
        if column.group not in named:
            columns[at] = column._replace(group=0)
    text = say(
        f"几列指标值分不清哪列是目标，都没有读：{'、'.join(labels)}",
        f"nothing tells which value column is the target, none is read: {', '.join(labels)}",
    )
    return [Notice("column_doubled", text, header.slots[0].origin)]


def _is_plain(columns: Sequence[Column]) -> bool:
    return not any(column.field == "unknown" for column in columns)


def _find_regions(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    """Return the columns that hold one region's values each: unknown headings over cells that look like values."""
    found = []
    for at, column in enumerate(columns):
        if column.field != "unknown" or shapes.is_figure(column.label):
            continue
        texts = [slot.text for row in rows for slot in row.cells.get(at, ())]
        fitting = sum(1 for text in texts if shapes.is_value(text) or shapes.is_grade(text))
        if texts and fitting * 100 >= _DECIDED * len(texts):
            found.append(at)
    places = [at for at in found if PLACE.search(fold(columns[at].label))]
    return found if len(places) * 2 > len(found) else []


class _Reader:
    """Reads row after row, keeping the levels in force for each block side by side."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        form: Form,
        words: LevelWords,
        ledger: Ledger,
        section: str | None,
        regions: list[int],
        notices: list[Notice],
    ) -> None:
        self.segments: list[Segment] = [Segment()]
        self._columns, self._form, self._words, self._ledger = columns, form, words, ledger
        self._section, self._regions, self._notices = section, regions, notices
        self._carries: dict[int, LevelCarry] = {}
        self._doubtful = False
        self._waiting: list[tuple[Label, Slot]] = []

    def read(self, row: Row) -> None:
        """Read one row into the segment it belongs to."""
        if self._is_numbering(row):
            return
        self._notices += row.notices
        for slot in row.repeated:
            self._ledger.put(slot, Place.LEVEL)
        for slot in row.extra:
            self._ledger.put(slot, Place.UNREAD)
        if self._is_header(row) or self._is_total(row):
            return
        self._read_outer(row)
        if row.filled:
            self._warn(row)
            if self._doubtful:
                text = say(
                    "上面有一行错位的表头，这一行可能读错", "a displaced header row above: this row may be read wrongly"
                )
                self._note("row_doubtful", text, row)
            groups = sorted({column.group for column in self._columns if column.field in _OWN})
            for group in groups:
                self._read_group(row, group, alone=len(groups) == 1)
        self._place_rest(row)

    def close(self) -> None:
        """Place what still waits for an indicator."""
        self._leave_waiting()

    def _is_numbering(self, row: Row) -> bool:
        """Tell whether a row only numbers the columns: 1, 2, 3 and so on."""
        filled = [slot for slot in row.line.filled if not self._ledger.has(slot)]
        texts = [slot.text.strip(" （）()\n") for slot in filled]
        if len(filled) < _FEWEST_NUMBERS or texts != [str(number) for number in range(1, len(filled) + 1)]:
            return False
        for slot in filled:
            self._ledger.put(slot, Place.PLACEHOLDER)
        return True

    def _is_header(self, row: Row) -> bool:
        """Take a row of nothing but header words for a header that lost its place; never for an indicator."""
        filled = [slot for slot in row.line.filled if not self._ledger.has(slot)]
        if len(filled) < 2 or not all(self._is_header_word(slot.text) for slot in filled):
            return False
        self._doubtful = True
        for slot in filled:
            self._ledger.put(slot, Place.HEADER)
        text = say(
            "指标中间夹了一行表头，它下面的各列可能读错",
            "a row of header words among the indicators; the columns below it may be read wrongly",
        )
        self._notices.append(Notice("header_displaced", text, row.line.origin))
        return True

    def _is_header_word(self, text: str) -> bool:
        groups = self._form.header_groups
        return bool(fields_of(text, INDICATORS, self._form)) or any(key in groups for key in list_keys(text))

    def _is_total(self, row: Row) -> bool:
        """Tell whether a row adds up the weights: 合计 where the first level stands, and no indicator beside it."""
        at = {column.field: number for number, column in enumerate(self._columns)}
        first = next(iter(row.cells.get(at.get("level1", -1), ())), None)
        named = any(row.cells.get(at.get(name, -1)) for name in ("name", "value", "level2"))
        alone = first is not None and not first.covered and not named and self._is_total_word(first)
        if not alone and not self._is_loose_total(row):
            return False
        for slot in row.line.filled:
            if not self._ledger.has(slot):
                self._ledger.put(slot, Place.UNREAD)
        text = say("指标中间夹了一行合计，没有读", "a row of totals among the indicators; not read")
        self._note("total_row", text, row)
        return True

    def _is_loose_total(self, row: Row) -> bool:
        """Tell whether a row without known places begins with 合计 left of the names, and holds nothing but figures."""
        filled = row.line.filled
        names = [column.start for column in self._columns if column.field == "name"]
        if row.line.spans_known or len(filled) < 2 or not names or filled[0].column >= names[0]:
            return False
        return self._is_total_word(filled[0]) and all(shapes.is_figure(slot.text) for slot in filled[1:])

    def _is_total_word(self, slot: Slot) -> bool:
        return fold(slot.text) in self._form.total_words

    def _read_outer(self, row: Row) -> None:
        cells = [
            (self._label(column), slot)
            for at, column in enumerate(self._columns)
            if column.field.startswith("outer:")
            for slot in row.cells.get(at, ())
        ]
        if not any(slot.filled for _, slot in cells):
            return
        if not self._tells_indicator(row):
            self._wait(cells, row)
            return
        cells = [*self._take_waiting(cells), *cells]
        for _, slot in cells:
            self._ledger.put(slot, Place.FIELD)
        if self.segments[-1].items or self.segments[-1].outer:
            self.segments.append(Segment())
        self.segments[-1].outer = cells

    def _tells_indicator(self, row: Row) -> bool:
        own = [at for at, column in enumerate(self._columns) if column.field in _OWN or at in self._regions]
        return any(slot.filled for at in own for slot in row.cells.get(at, ()))

    def _wait(self, cells: Sequence[tuple[Label, Slot]], row: Row) -> None:
        """Keep a row without an indicator: the unit of the rows below, or a sum over them, which is not read."""
        self._leave_waiting()
        self._waiting = [(label, slot) for label, slot in cells if slot.filled]
        if any(label.field.startswith("budget.") for label, _ in self._waiting):
            self._note(
                "total_row", say("指标中间夹了一行合计，没有读", "a row of totals among the indicators; not read"), row
            )
            self._leave_waiting()

    def _take_waiting(self, cells: Sequence[tuple[Label, Slot]]) -> list[tuple[Label, Slot]]:
        """Return the waiting cells whose columns a row does not print itself; the others are left unread."""
        printed_here = {label.field for label, _ in cells}
        taken = [(label, slot) for label, slot in self._waiting if label.field not in printed_here]
        self._waiting = [one for one in self._waiting if one not in taken]
        self._leave_waiting()
        return taken

    def _leave_waiting(self) -> None:
        for _, slot in self._waiting:
            self._ledger.put(slot, Place.UNREAD)
        self._waiting = []

    def _label(self, column: Column) -> Label:
        label = find_outer(column.label, self._form)
        if label is None:
            raise LookupError(column.label)
        return label

    def _read_group(self, row: Row, group: int, *, alone: bool) -> None:
        own = [at for at, column in enumerate(self._columns) if column.group == group and column.field in _OWN]
        printed_here = any(slot.filled for at in own for slot in row.cells.get(at, ()))
        if not printed_here and not (alone and self._has_region_value(row)):
            return
        places = {self._columns[at].field: at for at in [*self._shared(group, own), *own]}
        carry = self._carries.setdefault(group, LevelCarry())
        self._carry_levels(row, places, carry)
        if not self._regions:
            self._add(self.segments[-1], row, places, carry, group)
        for region in self._regions:
            self._add(self._segment_of(region), row, {**places, "value": region}, carry, group)

    def _has_region_value(self, row: Row) -> bool:
        return any(row.cells.get(at) for at in self._regions)

    def _shared(self, group: int, own: Sequence[int]) -> list[int]:
        """Return the level and name columns a later block takes from the first one."""
        fields = {self._columns[at].field for at in own}
        if group == 0:
            return []
        wanted = {"level1", "level2", "name", "unit", "comparator"} - fields
        if "name" in fields:
            wanted -= {"unit", "comparator", "name"}
        return [at for at, one in enumerate(self._columns) if one.group == 0 and one.field in wanted]

    def _segment_of(self, region: int) -> Segment:
        label = self._columns[region].label
        for segment in self.segments:
            if segment.region is not None and segment.region.text == label and segment.outer == self.segments[0].outer:
                return segment
        head = Slot(key=-1, text=label, origin="")
        segment = Segment(region=head, outer=self.segments[0].outer)
        self.segments.append(segment)
        return segment

    def _carry_levels(self, row: Row, places: dict[str, int], carry: LevelCarry) -> None:
        first = self._first_cell(row, places, "level1")
        second = self._first_cell(row, places, "level2")
        inferred = False
        if first is not None and second is None and self._is_second(first, carry, row):
            first, second = None, first
        if first is not None:
            carry.begin_first(first)
            if second is None and "level2" in places and not row.line.spans_known:
                shown = first.text.strip()
                text = say(f"“{shown}”旁边没有二级指标", f"{shown} has no second-level cell beside it")
                self._note("level2_missing", text, row)
                carry.doubtful = True
        elif second is not None and not second.covered:
            inferred = self._infer_first(second, carry, row)
        if second is not None:
            carry.second = second
            carry.doubtful = (inferred or bool(row.notices)) and not second.text.strip().endswith("指标")
        elif carry.doubtful and first is None:
            text = say("级别取自上面错位的一行", "the level comes from a displaced row above")
            self._note("level_doubtful", text, row)

    def _is_second(self, slot: Slot, carry: LevelCarry, row: Row) -> bool:
        """Tell whether a word of both levels (成本指标), displaced and alone, belongs under the first level."""
        if row.line.spans_known or not row.notices or carry.first_text is None:
            return False
        return self._words.is_second(slot.text) and self._words.has_parent(slot.text, carry.first_text)

    def _first_cell(self, row: Row, places: dict[str, int], name: str) -> Slot | None:
        slots = row.cells.get(places[name], ()) if name in places else ()
        return slots[0] if slots else None

    def _infer_first(self, second: Slot, carry: LevelCarry, row: Row) -> bool:
        if carry.first_text is not None and self._words.accepts(carry.first_text, second.text):
            return False
        parent = self._words.parent_of(second.text)
        if parent is not None:
            carry.infer_first(parent)
            shown = second.text.strip()
            text = say(
                f"“{shown}”没有一级指标单元格，由它推出“{parent}”",
                f"no level-1 cell for {shown}: {parent} follows from it",
            )
            self._note("level1_inferred", text, row)
        return parent is not None

    def _add(self, segment: Segment, row: Row, places: dict[str, int], carry: LevelCarry, group: int) -> None:
        record: Record = {}
        origins: dict[str, str] = {}
        for name in ORDER:
            if name in places:
                record[name] = self._read_field(row, places[name], name, carry, origins)
        prior = self._read_prior(row, group, origins)
        if prior:
            record["prior"] = prior
        origins[""] = row.line.origin
        section = next(
            (c.section for c in self._columns if c.group == group and c.section and c.field != "prior"), None
        )
        if section is None or len({column.group for column in self._columns}) == 1:
            section = self._section or section
        segment.items.append(Item(record=record, origins=origins, section=section))

    def _read_field(self, row: Row, at: int, name: str, carry: LevelCarry, origins: dict[str, str]) -> str | None:
        if name in {"level1", "level2"}:
            slot = carry.first if name == "level1" else carry.second
            if slot is not None:
                origins[f"/{name}"] = slot.origin
            text = (carry.first_text if name == "level1" else slot.text if slot else None) or ""
            return printed(text)
        slots = row.cells.get(at, ())
        if name == "weight" and slots and slots[0].covered:
            self._leave_merged_weight(slots[0], row)
            return None
        if not slots:
            self._place_blank(row, at, f"/{name}", origins)
            return None
        origins[f"/{name}"] = slots[0].origin
        text = slots[0].text if len(slots) == 1 else "".join(slot.text.strip() for slot in slots)
        return self._read_name(text, row) if name == "name" else printed(text)

    def _place_blank(self, row: Row, at: int, pointer: str, origins: dict[str, str]) -> None:
        """Say where a blank cell stands: what is missing is looked for there. Without spans nobody knows."""
        slot = row.line.at(self._columns[at].start) if row.line.spans_known else None
        if slot is not None and slot.blank and not slot.covered:
            origins[pointer] = slot.origin

    def _leave_merged_weight(self, slot: Slot, row: Row) -> None:
        shown = slot.text.strip()
        text = say(
            f"权重 {shown} 管几行，读在第一行",
            f"the weight {shown} covers several rows; it is read with the first of them",
        )
        self._notices.append(Notice("weight_merged", text, row.line.origin))

    def _read_name(self, text: str, row: Row) -> str | None:
        found = _PREFIX.match(text)
        if found is None:
            return printed(text)
        prefix = found.group().strip()
        notice = say(f"“{prefix}”不是名称的一部分，已去掉", f"{prefix} is not part of the name")
        self._note("prefix_removed", notice, row)
        return printed(text[found.end() :])

    def _read_prior(self, row: Row, group: int, origins: dict[str, str]) -> list[Record]:
        items: list[Record] = []
        for at, column in enumerate(self._columns):
            if column.field == "prior" and column.group == group:
                slots = row.cells.get(at, ())
                value = printed("".join(slot.text for slot in slots))
                items.append({"label": "".join(column.label.split()), "value": value})
                if slots:
                    origins[f"/prior/{len(items) - 1}/value"] = slots[0].origin
        return items

    def _warn(self, row: Row) -> None:
        """Say what a straight row holds that its columns do not expect; nothing is moved."""
        if not row.line.spans_known:
            return
        for at, slots in row.cells.items():
            column = self._columns[at]
            joined = [slot.text.strip() for slot in slots if slot.filled]
            if len(joined) > 1 and (column.field in _OWN or column.field == "prior"):
                shown = " | ".join(joined)
                text = say(
                    f"“{column.label}”下面有几个单元格：{shown}", f"{column.label} stands over several cells: {shown}"
                )
                self._note("cells_joined", text, row)
            if len(joined) == 1 and column.field in _SIGNLESS and shapes.is_sign(joined[0]):
                text = say(f"“{column.label}”这一列里是比较符", f"a sign stands in the column {column.label}")
                self._note("row_displaced", text, row)
            for slot in slots:
                if slot.covered and column.field in _SPREAD:
                    shown = slot.text.strip()
                    text = say(f"{column.label} {shown} 管几行", f"{column.label} {shown} covers several rows")
                    self._note("cell_merged", text, row)
                wide = sum(1 for c in self._columns if c.start < slot.end and slot.column < c.end and c.field in _OWN)
                if wide > 1 and slot.filled and column.field not in {"level1", "level2"}:
                    shown = slot.text.strip()[:20]
                    text = say(
                        f"“{shown}”占了 {wide} 列，读作“{column.label}”",
                        f"{shown} covers {wide} columns; read as {column.label}",
                    )
                    self._note("cell_wide", text, row)

    def _note(self, code: str, text: str, row: Row) -> None:
        self._notices.append(Notice(code, text, row.line.origin))

    def _place_rest(self, row: Row) -> None:
        for at, slots in row.cells.items():
            for slot in slots:
                if not self._ledger.has(slot):
                    self._ledger.put(slot, self._place_of(at))

    def _place_of(self, at: int) -> Place:
        field_name = self._columns[at].field
        if field_name in {"level1", "level2"}:
            return Place.LEVEL
        if field_name == "number":
            return Place.PLACEHOLDER
        if field_name == "context":
            return Place.CONTEXT
        if field_name in _OWN or field_name == "prior" or at in self._regions:
            return Place.FIELD
        return Place.UNREAD
