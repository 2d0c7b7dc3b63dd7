"""Read a value cell of an indicator: printed text, unit column and comparator column → ``Target``.

    cell → parts (lines, ；, ①②③) → moment | relative | formula | quantity | words

What is not printed stays None, and what cannot be read is said in ``notes``; nothing is guessed or repaired.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from perflint.interpret.beside import (
    SHARE_SIGNS,
    VERBS,
    accepts_label,
    accepts_rest,
    is_calendar,
    is_chinese,
    numbers_words,
    read_noun,
)
from perflint.interpret.comparator import GLYPHS, UNREADABLE, WORDS, read_comparator_column, settle_signs
from perflint.interpret.folding import fold_characters
from perflint.interpret.measure import Measure, Part, is_fraction, read_measure
from perflint.interpret.moment import read_moment
from perflint.interpret.plain import read_plain
from perflint.interpret.relative import find_growth, read_limit
from perflint.interpret.target import Target
from perflint.interpret.text import normalize, strip_markup
from perflint.interpret.units import (
    is_bare_scale,
    is_counted,
    names_only_unit,
    read_unit_column,
    same_unit,
    scan_unit,
    split_money,
)
from perflint.pattern import LazyPattern
from perflint.record import replace

LONGEST_CELL = 2_000
"""Characters of a cell that are interpreted; what is longer is prose and stays text."""

_LONGEST_PART = 120
_MOST_PARTS = 50
_EMPTY = frozenset(("", "-", "--", "—", "——", "/", "\\", "－", "N/A", "n/a"))
_BOOLEANS = {"是": True, "否": False}
_MARKER = LazyPattern(r"[①-⑳⑴-⒇❶-❿➀-➓]")
_NUMBERING = LazyPattern(
    r"\s*(?:\([0-9]{1,2}\)|\([一二三四五六七八九十]{1,2}\)|[0-9]{1,2}[、.)](?![0-9])|[一二三四五六七八九十]{1,2}、)"
)
_LIST_COMMA = LazyPattern(r"且|、|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_SPACE = LazyPattern(r"\s+")
_SPACED_NUMBER = LazyPattern(
    r"[0-9] +[0-9]|[0-9] *\. +[0-9]|[0-9] +\. *[0-9]|[0-9] *, +[0-9]{3}(?![0-9])|[0-9] +, *[0-9]{3}(?![0-9])"
)
_OPERATORS = frozenset("*×+xX")
_OPERATION = LazyPattern(
    r"[*×]\(*[0-9]|[0-9)][^0-9*×+=]{0,15}[*×]\(*[^*×)(]|[0-9][xX][0-9]"
    r"|[0-9][^0-9+=~—至到-]{0,6}\+[0-9]"
)
_VAGUE = LazyPattern(
    r"(?:近|约|超过?|达到?|至少|不少于)?"
    r"(?:[数几上](?:[0-9]{1,3}|[十百千万亿]+)|[0-9十百]+几|几|若干|数|(?<=近)[十百千万]+|[百千万]+(?=[余多]))[余多]?"
    r"(?:[个人名户次家件项场期条处座万亿亩元年天台辆米批]|公里|村|社区)"
)
_PLACEHOLDER = LazyPattern(r"(?:[*]{1,6}|[xX×]{1,6}|_{2,}|[○〇]{2,}|\(\)|…+|\.{3,})")
_BRACKETED = LazyPattern(r"\([^()]+\)|【[^【】]+】|“[^“”]+”|\"[^\"]+\"")
_WRAPPED = LazyPattern(r"[^0-9()]{0,4}\((?P<number>[0-9,]{1,20}(?:\.[0-9]{1,6})?)\)")
_INTERVAL = LazyPattern(
    r"(?P<low>[0-9][0-9.,]{0,15}[^0-9≤≦⩽]{0,4})[≤≦⩽](?P<name>[^0-9≤≦⩽<]{1,16})[≤≦⩽](?P<high>[0-9][0-9.,]{0,15}[^0-9≤≦⩽]{0,8})"
    r"|[\[【](?P<left>[0-9][0-9.]{0,15}[^0-9,~—\-]{0,4})[,~—-]{1,2}(?P<right>[0-9][0-9.]{0,15}[^0-9\])]{0,8})[\]】](?P<unit>%?)"
)
_CLOSED = frozenset("≤≦⩽]】")
_ADJACENT = LazyPattern(r"[^0-9]{0,12}?(?:[0-9]+(?:\.[0-9]+)?[^0-9.,~—±*×+/-]{1,10}/?){2,6}")
_ADJACENT_PIECE = LazyPattern(r"[^0-9]*[0-9.]+[^0-9]+")
_CHANGING = LazyPattern("[至到增减升降缩由为每各]")
# 99.9%(7×24), “1+3”模式: what is calculated in brackets or quoted is not the target.
_ASIDE = LazyPattern(r"(?<=.)\([^()]{1,40}\)$|“[^“”]{1,20}”")
_BARE_WORDS = frozenset(word for word in WORDS if len(word) > 2) - {"控制在", "严控在"}


def read_value(text: str | Decimal | int | None, unit: str | None = None, comparator: str | None = None) -> Target:
    """Interpret one value cell together with its unit and comparator columns.

    Args:
        text: The cell as printed, or a JSON number; None and blanks give kind ``empty``.
        unit: The unit column; 无, — and blanks name no unit. The cell's own unit goes before it.
        comparator: The comparator column; it may hold a glyph, words (大于等于), or 定性.

    Returns:
        A ``Target`` for any input whatever. ``comparator`` is None when none is printed, and with the note
        ``comparator_unreadable`` when what is printed cannot be read (≡, □).
    """
    if text is None:
        return _NOTHING
    printed = text if isinstance(text, str) else _print_number(text)
    plain = read_plain(printed, unit, comparator, _read_printed)
    return plain if plain is not None else _read_printed(printed, unit, comparator)


def _read_printed(printed: str, unit: str | None, comparator: str | None) -> Target:
    if "<" in printed or "&" in printed:
        printed = strip_markup(printed)
    cell = printed.strip()
    folded = fold_characters(cell)
    if len(cell) > LONGEST_CELL:
        return Target(kind="qualitative", text=normalize(cell), notes=_digits_note(folded))
    if folded in _EMPTY or not folded.strip():
        return _NOTHING
    reader = _Reader(unit, comparator)
    return reader.read_cell(cell, folded)


_NOTHING = Target(kind="empty")


def _print_number(number: Decimal | int) -> str:
    """Spell a JSON number with the decimals it has; very long exponents stay as they are."""
    value = number if isinstance(number, Decimal) else Decimal(int(number))
    exponent = value.as_tuple().exponent
    return (
        format(value, "f")
        if isinstance(exponent, int) and abs(exponent) <= 40 and value.adjusted() <= 40
        else str(value)
    )


class _Reader:
    """Reads the parts of one cell; holds what its columns say."""

    __slots__ = ("bare", "column_notes", "comparator", "unit", "unit_notes")

    def __init__(self, unit: str | None, comparator: str | None) -> None:
        self.unit, self.unit_notes = read_unit_column(unit)
        self.comparator, self.column_notes = read_comparator_column(comparator)
        self.bare = self.unit is None and self.comparator is None and not self.column_notes

    # --- cell → parts ------------------------------------------------------------------------------------------

    def read_cell(self, cell: str, folded: str) -> Target:
        if "\n" in cell or "\r" in cell:
            return self._read_lines(cell)
        if ";" in folded or _MARKER.search(cell) is not None:
            return self._read_list(cell, folded)
        return self.read_part(cell, folded)

    def _read_list(self, cell: str, folded: str) -> Target:
        """Read parts divided by ； or opened by ①②③; one part alone is no list."""
        pieces = [piece for piece in _split_list(cell, folded) if piece]
        if all(_NUMBERING.match(fold_characters(piece)) for piece in pieces):
            pieces = _drop_numbers(pieces)
        if len(pieces) > _MOST_PARTS:
            return self._read_words(cell, folded, ())
        parts = [self.read_part(piece, fold_characters(piece)) for piece in pieces]
        parts = [part for part in parts if part.kind != "empty"]
        return _join_parts(cell, parts)

    def _read_lines(self, cell: str) -> Target:
        """Read a cell of several lines: one text that was wrapped, or one part a line."""
        lines = [line.strip() for line in cell.splitlines()]
        lines = [line for line in lines if fold_characters(line).strip()]
        if len(lines) > _MOST_PARTS:
            return self._read_words(cell, fold_characters(cell), ())
        if len(lines) == 1:
            return self.read_cell(lines[0], fold_characters(lines[0]))
        if not lines:
            return _NOTHING
        joined = "".join(lines)
        folded = fold_characters(joined)
        whole = self.read_cell(joined, folded)
        if not _splits_number(lines) and _is_whole(whole):
            return _add_note(whole, "line_break_joined", cell)
        numbered = all(_NUMBERING.match(fold_characters(line)) or _MARKER.match(line) for line in lines)
        parts = [self.read_cell(line, fold_characters(line)) for line in (_drop_numbers(lines) if numbered else lines)]
        wrapped = _is_quantity(whole) and whole.kind != "multi" and parts[1].text.startswith(VERBS)
        if numbered or (any(_is_quantity(part) for part in parts) and not wrapped):
            return _join_parts(cell, _flatten(parts))
        return _add_note(whole, "line_break_joined", cell)

    # --- one part ----------------------------------------------------------------------------------------------

    def read_part(self, printed: str, folded: str) -> Target:
        """Read one part; the first reading that accounts for all its characters wins."""
        part, spaced = _build_part(printed, folded)
        if _BRACKETED.fullmatch(part.text) is not None:
            part = Part(part.text[1:-1], part.printed[1:-1], part.notes)
        part = _drop_numbering(_unwrap_number(part))
        text = part.text
        if text in _EMPTY:
            return _NOTHING
        if text in _BOOLEANS:
            return Target(kind="boolean", value=_BOOLEANS[text], text=text)
        if len(text) > _LONGEST_PART:
            return self._read_words(printed, folded, spaced)
        target = (
            self._read_moment(part, printed)
            or self._read_relative(part, printed)
            or self._read_formula(part)
            or self._read_quantity(part, printed)
            or self._read_interval(part, printed)
            or self._read_quantities(part, printed)
            or self._read_adjacent(part, printed)
            or self._read_spaced(printed, folded)
            or _refuse(text, printed)
        )
        return target if target is not None else self._read_words(printed, folded, spaced)

    def _read_moment(self, part: Part, printed: str) -> Target | None:
        target = read_moment(part.text, bare=self.bare)
        if target is None:
            return None
        sign = self.comparator.comparator if self.comparator else GLYPHS.get(part.text[0])
        if target.kind != "deadline" or sign is None:
            return replace(target, text=normalize(printed), notes=self.column_notes + target.notes)
        bound = "before" if sign in ("≤", "<") else target.bound
        notes = self.column_notes + target.notes
        return replace(target, text=normalize(printed), comparator=sign, bound=bound, notes=notes)

    def _read_relative(self, part: Part, printed: str) -> Target | None:
        limit = read_limit(part.text) if len(part.text) <= 40 else None
        if limit is not None:
            return Target(kind="relative", comparator=limit, text=normalize(printed), notes=self.column_notes)
        start = find_growth(part.text)
        if start is None:
            return None
        quantity = Part(part.text[start:], part.printed[start:], part.notes)
        target = self._read_quantity(quantity, printed)
        if target is None or target.label is not None:
            return None
        return replace(target, kind="relative")

    def _read_formula(self, part: Part) -> Target | None:
        # Most cells hold none of these characters and need not wake the pattern.
        if _OPERATORS.isdisjoint(part.text) or _OPERATION.search(_ASIDE.sub("", part.text)) is None:
            return None
        return Target(kind="formula", text=normalize(part.printed))

    def _read_quantity(self, part: Part, printed: str) -> Target | None:
        """Read a part that is one quantity, with a label before it and words after it at most."""
        measure = read_measure(part, in_column=self.unit is not None)
        target = None if measure is None else self._build_quantity(measure, part, printed)
        if target is not None:
            return target
        at = _find_inner_glyph(part.text)
        measure = None if at is None else read_measure(part, at)
        return None if measure is None else self._build_quantity(measure, part, printed)

    def _read_quantities(self, part: Part, printed: str) -> Target | None:
        """Read quantities divided by 、 or ， (18个村，1个社区); every one must be a quantity."""
        offsets = [(found.start(), found.end()) for found in _LIST_COMMA.finditer(part.text)]
        if not 0 < len(offsets) < _MOST_PARTS:
            return None
        starts = [0, *(end for _, end in offsets)]
        ends = [*(start for start, _ in offsets), len(part.text)]
        targets = []
        for start, end in zip(starts, ends, strict=True):
            piece = Part(part.text[start:end], part.printed[start:end])
            target = self._read_listed(piece) if piece.text and not _opens_interval(piece.text) else None
            if target is None:
                return None
            targets.append(target)
        return Target(kind="multi", text=normalize(printed), parts=tuple(targets))

    def _read_interval(self, part: Part, printed: str) -> Target | None:
        """Read a range as mathematics writes it, both ends included: 90%≤X≤100%, [90%,100%]."""
        if _CLOSED.isdisjoint(part.text):
            return None
        found = _INTERVAL.fullmatch(part.text)
        if found is None:
            return None
        ends = (found["low"], found["high"]) if found["name"] else (found["left"], found["right"] + found["unit"])
        spelled = "~".join(ends)
        target = self._read_quantity(Part(spelled, spelled), printed)
        if target is None or target.kind != "range":
            return None
        name = found["name"] or ""
        return replace(target, label=None if name.isascii() else name)

    def _read_adjacent(self, part: Part, printed: str) -> Target | None:
        """Read counts that follow each other without a mark (2期60人, 3期/150人次), each with its unit."""
        if _ADJACENT.fullmatch(part.text) is None:
            return None
        targets: list[Target] = []
        for found in _ADJACENT_PIECE.finditer(part.text):
            last = found.end() == len(part.text)
            text = found.group() if last else found.group().rstrip("/").removesuffix("共计").removesuffix("共")
            target = self._read_quantity(Part(text, part.printed[found.start() : found.start() + len(text)]), text)
            if target is None or not _is_count(target, last=last) or (targets and target.label is not None):
                return None
            targets.append(target)
        return Target(kind="multi", text=normalize(printed), parts=tuple(targets))

    def _read_listed(self, piece: Part) -> Target | None:
        """Read one member of a list: a date, or a quantity with a unit or a comparator."""
        target = self._read_moment(piece, piece.printed) or self._read_quantity(piece, piece.printed)
        bare = target is not None and target.kind in ("number", "range") and not (target.unit or target.comparator)
        return None if bare else target

    def _read_spaced(self, printed: str, folded: str) -> Target | None:
        """Read quantities that only a space divides, as flattened lines are (445.40万元 611.00万元)."""
        if " " not in folded:
            return None
        pieces = printed.split()
        if not 1 < len(pieces) < _MOST_PARTS:
            return None
        targets = []
        for piece in pieces:
            target = self._read_quantity(Part(fold_characters(piece), piece), piece)
            if target is None or target.unit is None or target.label is not None:
                return None
            targets.append(target)
        return Target(kind="multi", text=normalize(printed), parts=tuple(targets))

    def _read_words(self, printed: str, folded: str, spaced: tuple[str, ...]) -> Target:
        return Target(kind="qualitative", text=normalize(printed), notes=(*spaced, *_digits_note(folded)))

    # --- measure → target --------------------------------------------------------------------------------------

    def _build_quantity(self, measure: Measure, part: Part, printed: str) -> Target | None:
        label, rest = measure.label, part.text[measure.rest :].rstrip("。.,、;!")
        if is_calendar(measure):
            return None
        if not accepts_label(label, measure) or not accepts_rest(rest, measure, part.text):
            return None
        if self.bare and numbers_words(measure, rest):
            return None
        if "plus_minus" in measure.notes and measure.unit == "%" and not same_unit(self.unit or "%", "%"):
            return None
        notes = [*self.column_notes, *measure.notes]
        signs = measure.signs if self.comparator is None else [*measure.signs, self.comparator]
        comparator = settle_signs(signs, notes)
        unit = self._settle_unit(measure.unit, notes)
        if measure.per and measure.unit is None and unit is not None and "/" not in unit and unit[0] not in "日号":
            unit += measure.per
        noun = read_noun(rest, measure.unit, notes)
        if label:
            notes.append("label_before_value")
        money = split_money(unit)
        number = measure.value if measure.low is None else None
        return Target(
            kind="number" if number is not None else "range",
            text=normalize(printed),
            comparator=comparator,
            number=number,
            low=measure.low,
            high=measure.high,
            unit=unit,
            label=label or None,
            noun=noun,
            yuan=number * money[0] if money is not None and number is not None else None,
            per=money[1] if money is not None else None,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _settle_unit(self, own: str | None, notes: list[str]) -> str | None:
        """Choose between the cell's own unit and the column's: the cell's wins, 万 alone is completed by the column."""
        column = self.unit
        if own is None:
            notes.extend(self.unit_notes)
            return column
        if is_bare_scale(own):
            if column is not None and not is_bare_scale(column):
                return self._complete_scale(own, column, notes)
            notes.append("unit_incomplete")
        if column is not None:
            notes.append("unit_repeated" if same_unit(own, column) else "unit_conflict")
        return own

    def _complete_scale(self, own: str, column: str, notes: list[str]) -> str:
        if column.startswith(own):
            notes.append("unit_repeated")
            return column
        if column[0] in "万亿%‰":
            notes += ("unit_incomplete", "unit_conflict")
            return own
        return own + column


def _build_part(printed: str, folded: str) -> tuple[Part, tuple[str, ...]]:
    """Drop the spaces of a part, from the print and the folded text alike.

    Returns:
        The part, with a note if a space stood inside a number; and the note for words that held spaces.
    """
    if " " not in folded:
        return Part(folded, printed), ()
    stripped = folded.strip()
    if " " not in stripped:
        offset = len(folded) - len(folded.lstrip())
        return Part(stripped, printed[offset : offset + len(stripped)]), ()
    notes = ("space_in_number",) if _SPACED_NUMBER.search(folded) is not None else ()
    pairs = [(plain, mark) for plain, mark in zip(folded, printed, strict=True) if plain != " "]
    text, marks = "".join(plain for plain, _ in pairs), "".join(mark for _, mark in pairs)
    return Part(text, marks, notes), ("space_removed",)


def _drop_numbering(part: Part) -> Part:
    """Drop the number of a list's only member (1、道路通畅), which is no quantity."""
    found = _NUMBERING.match(part.text)
    if found is None or not is_chinese(part.text[found.end() : found.end() + 1] or "-"):
        return part
    return Part(part.text[found.end() :], part.printed[found.end() :], part.notes)


def _unwrap_number(part: Part) -> Part:
    """Drop the brackets around a number that only its unit follows: (500)万元."""
    found = _WRAPPED.match(part.text) if "(" in part.text else None
    if found is None or found.end() == len(part.text) or scan_unit(part.text, found.end()) < len(part.text):
        return part
    start, end = found.span("number")
    text, printed = part.text, part.printed
    return Part(
        text[: start - 1] + text[start:end] + text[end + 1 :],
        printed[: start - 1] + printed[start:end] + printed[end + 1 :],
        part.notes,
    )


def _split_list(cell: str, folded: str) -> list[str]:
    cuts = [at for at, character in enumerate(folded) if character == ";"]
    cuts += [found.start() for found in _MARKER.finditer(cell)]
    edges = [-1, *sorted(cuts), len(cell)]
    return [cell[left + 1 : right].strip() for left, right in pairwise(edges)]


def _splits_number(lines: list[str]) -> bool:
    """Whether joining the lines would run two numbers together."""
    folded = [fold_characters(line) for line in lines]
    return any(above[-1].isdigit() and below[0].isdigit() for above, below in pairwise(folded))


def _is_whole(target: Target) -> bool:
    """Whether a reading of joined lines leaves nothing over, so that the break was only a wrap."""
    if target.kind in ("qualitative", "multi", "unparsed", "formula"):
        return False
    return target.label is None and "trailing_text" not in target.notes


def _is_quantity(target: Target) -> bool:
    return target.kind not in ("qualitative", "unparsed", "boolean", "empty")


def _drop_numbers(lines: list[str]) -> list[str]:
    stripped = []
    for line in lines:
        found = _NUMBERING.match(fold_characters(line))
        stripped.append(line[found.end() :].strip() if found is not None else line)
    return stripped


def _flatten(parts: list[Target]) -> list[Target]:
    return [inner for part in parts for inner in (part.parts or (part,)) if inner.kind != "empty"]


def _join_parts(cell: str, parts: list[Target]) -> Target:
    if not parts:
        return _NOTHING
    if len(parts) == 1:
        return parts[0]
    return Target(kind="multi", text=normalize(cell), parts=tuple(parts))


def _add_note(target: Target, note: str, cell: str) -> Target:
    return replace(target, text=normalize(cell), notes=(*target.notes, note))


def _digits_note(folded: str) -> tuple[str, ...]:
    return ("contains_digits",) if any("0" <= character <= "9" for character in folded) else ()


def _find_inner_glyph(text: str) -> int | None:
    """Return where the number after the last printed glyph begins (PM2.5浓度≤|35微克), or None."""
    for at in range(len(text) - 2, 0, -1):
        if text[at] in GLYPHS and text[at] not in "~》〉《〈" and text[at + 1].isdigit():
            return at + 1
    return None


def _is_count(target: Target, *, last: bool) -> bool:
    """Whether a piece of a cell is a count by itself: not 3天|缩短至, 8厘米以上|苗木, 2元|5角, 1年|6个月."""
    if target.kind != "number" or target.unit in (None, *SHARE_SIGNS) or not (last or is_counted(target.unit)):
        return False
    return "trailing_text" not in target.notes and _CHANGING.search(target.noun or "") is None


def _opens_interval(text: str) -> bool:
    """Whether a bracket opens the piece of a list and does not close in it: (90%,95%] is one interval."""
    return text[0] in "([【" and text.count("(") > text.count(")")


def _refuse(text: str, printed: str) -> Target | None:
    """Name what keeps a part from being a number although it was meant to be one."""
    reason = _find_reason(text)
    return None if reason is None else Target(kind="unparsed", reason=reason, text=normalize(printed))


def _find_reason(text: str) -> str | None:
    bare = text.lstrip("".join(GLYPHS) + "".join(UNREADABLE))
    if bare in _BARE_WORDS:
        return "number_missing"
    if not bare:
        return "unreadable" if text[0] in UNREADABLE else "number_missing"
    if _PLACEHOLDER.match(bare) is not None and len(bare) <= 12:
        return "placeholder"
    if names_only_unit(bare):
        return "number_missing"
    if _VAGUE.match(bare) is not None:
        return "approximate_quantity"
    if is_fraction(bare):
        return "fraction"
    if "\ufffd" in text:
        return "unreadable"
    if sum(character.isdigit() for character in bare) > 30 and bare[0].isdigit():
        return "number_too_long"
    return None
