"""What a text says of the matter of an indicator: 改造老旧小区18个 of 老旧小区改造个数."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from operator import itemgetter

from perflint.interpret.dates import read_years
from perflint.interpret.folding import fold_characters
from perflint.interpret.quantities import Quantity, read_quantities
from perflint.interpret.text import count_shared
from perflint.interpret.units import fold_unit, unit_scale
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from decimal import Decimal
    from typing import Any, TypeAlias

    # The number of a text among several, and where in it.
    _Place: TypeAlias = tuple[int, int]


class _Statement(NamedTuple):
    """One quantity of a text and the words it is of.

    Attributes:
        quantity: As read.
        amount: The number without 万 and ‰: what two printings have in common.
        slack: Twice by how much the amount may differ for its last printed place to stay the same.
        subject: The words before the number, without those that only lead to it (达到, 不低于).
        after: The words after the unit.
        year: The year last named before the number in its sentence, None if none is.
    """

    quantity: Quantity
    amount: Decimal
    slack: Decimal
    subject: str
    after: str
    year: int | None


_LONGEST_SUBJECT = 40
_LONGEST_PASSAGE = 400
_SENTENCE_END = "。;\n"
_BEFORE = LazyPattern(r"[\u4e00-\u9fffA-Za-z()\"“”《》]+$")
_AFTER = LazyPattern(r"[\u4e00-\u9fff]{0,16}")
_LEADING = LazyPattern(
    r"(?:(?:稳定|保持|控制|维持|力争|确保|预计|计划|目标)(?:达到?|为|在|至|到)?|达到?|为|在|至|到|[不低少于高超过大小]{2,4}|至少|共计?|合计|总计|实现|完成|计划|预计|超过?|突破|分别|[的了])+$"
)
_WITHOUT_NUMBER = LazyPattern(r"[,。;:\n]")
_DOUBTFUL = LazyPattern(
    r"现有|已|累计|原有|截[至止]|较|(?<!占)比(?![例重率])|每|[人户亩村]均|均为|上年|去年|往年|(?<![节合履违])约|近$"
    r"|和(?![谐美睦])|(?<!普)及(?![时格])|(?<!参)与|或"
)
# A list of parts with 、 ends at the next comma: 其中清淤8.4公里、护岸5.2公里,|保护耕地1.8万亩.
_OF_WHICH = LazyPattern(r"其中(?![^,]*、[^,]*,)")
_LOOSE = LazyPattern(r" ?(?:左右|上下|余|多)")
# Verbs and endings that say nothing of what is counted.
_GENERAL = LazyPattern(
    r"全[省市县区镇乡年]|辖区|(?:完成|开展|组织|举办|实施|新增|提供|发放|保障|采购|享受|安排|进行|落实|用于|确保|保持|力争|实现|本年|今年|人员|工作|项目)"
)
_TAIL = LazyPattern(
    r"(?:总?数量|总?里程|总?长度|总?面积|总数|[人户场批家台篇班处]?次数?|频次|[人户座台套条个栋处页册卷份本场期项家所村盏棵株辆件批]数|数)$"
)
_YEARLY = LazyPattern(r"[本全当今]年度?|年度|^年(?=[一-龥]{3})")
_RATE_END = ("率", "度", "占比", "比例", "比重", "覆盖面")
_ENOUGH = 4
_WORD, _NEAR = 2, 12
# Units of one kind that are taken for one another.
_SIBLINGS = {
    "米": ("公里",),
    "公里": ("米",),
    "亩": ("公顷", "平方米", "平方公里"),
    "公顷": ("亩", "平方米", "平方公里"),
    "平方米": ("亩", "公顷", "平方公里"),
    "平方公里": ("亩", "公顷", "平方米"),
    "公斤": ("吨",),
    "吨": ("公斤", "立方米"),
    "立方米": ("吨",),
}
# Small numbers, and those of one digit, are too often alike by chance: 12座 and 120座.
_CHANCE, _TELLING_DIGITS, _FEW = 1000, 2, 10
_SHORT_RATE, _LONG_RATE = 4, 5


def told_otherwise(
    texts: Sequence[str], name: str, number: Decimal, unit: str | None, year: Decimal | None
) -> list[Quantity]:
    """Read what *texts* say of the matter of *name* if all of it differs from *number*.

    Shares are of the matter only where the words before them are the name or its end; counts and measures where name
    and words have nearly all characters in common, or a word and the digits of the number (325万平方米 beside 325
    平方米, 3.1万 beside 31万), or the number in a unit of the same kind (800亩 beside 800公顷). What stands in
    brackets, after 其中 or 累计, of another year, or next to 约 is passed over.

    Returns:
        The quantities, in order; none if one of them, or for counts any in the unit, is *number* or rounds it.
    """
    base, scale = _scale_unit(unit)
    said = _read_all(tuple(texts))
    in_unit = said.get(base)
    if in_unit is None:
        return _told_in_other_unit(said, name, number, base) if base in _SIBLINGS else []
    amount = number * scale
    wanted = _bare(fold_characters(name))
    if base == "%":
        told = [s for s in in_unit.find_ending(wanted) if _is_rate_of(s.subject, wanted)]
        same = any(_agrees(s, amount) for s in told)
    else:
        same = in_unit.holds(amount)
        matter = "" if same else _YEARLY.sub("", _TAIL.sub("", wanted))
        near = [] if same else in_unit.find_near((matter, wanted), amount)
        told = [s for s in near if _is_told(s, number, amount, matter, wanted)]
    return [] if same else [s.quantity for s in told if s.year is None or year is None or s.year == year]


def _told_in_other_unit(said: Mapping[str, _InUnit], name: str, number: Decimal, base: str) -> list[Quantity]:
    """Return what is *said* of the matter with the same number in another unit of its kind: 800亩 beside 800公顷."""
    if number < _FEW:
        return []
    matter = _GENERAL.sub("", _YEARLY.sub("", _TAIL.sub("", _bare(fold_characters(name)))))
    found = [
        (place, statement.quantity)
        for sibling in _SIBLINGS[base]
        if sibling in said
        for place, statement in said[sibling].find_amount(number)
        if count_shared(matter, statement.subject + statement.after) * 2 >= len(matter) > 1
    ]
    return [quantity for _, quantity in sorted(found, key=itemgetter(0))]


class _InUnit:
    """What texts say in one unit, found by what is said: a table may have thousands of goals, and of rows.

    Args:
        said: Each with its place among the texts, in order.
    """

    __slots__ = ("_by_amount", "_by_anchor", "_by_digits", "_by_end", "_by_slack", "_said")

    def __init__(self, said: Sequence[tuple[_Place, _Statement]]) -> None:
        self._said = said
        self._by_end = _group(said, lambda statement: statement.subject[-_WORD:])
        self._by_anchor = _group(said, _anchor_of)
        self._by_digits = _group(said, lambda statement: _digits_of(statement.amount))
        self._by_amount = _group(said, lambda statement: statement.amount)
        self._by_slack: dict[Decimal, list[Decimal]] = {}
        for _, statement in said:
            self._by_slack.setdefault(statement.slack, []).append(statement.amount)
        for amounts in self._by_slack.values():
            amounts.sort()

    def find_ending(self, name: str) -> list[_Statement]:
        """Return what is said of something that ends in the same two characters as *name*."""
        return [self._said[number][1] for number in self._by_end.get(name[-_WORD:], ())]

    def find_amount(self, amount: Decimal) -> list[tuple[_Place, _Statement]]:
        """Return what says just this amount, with its place."""
        return [self._said[number] for number in self._by_amount.get(amount, ())]

    def find_near(self, names: Sequence[str], amount: Decimal) -> list[_Statement]:
        """Return what stands beside a word of *names*, or has the digits of *amount*, in order."""
        words = {name[at : at + _WORD] for name in names for at in range(len(name) - 1)}
        found = {number for word in words for number in self._by_anchor.get(word, ())}
        found.update(self._by_digits.get(_digits_of(amount), ()))
        return [self._said[number][1] for number in sorted(found)]

    def holds(self, amount: Decimal) -> bool:
        """Whether *amount* is said, in as many places as are printed: the nearest on either side tells."""
        for slack, amounts in self._by_slack.items():
            at = bisect_left(amounts, amount)
            if any(_is_near(said, amount, slack) for said in amounts[max(at - 1, 0) : at + 1]):
                return True
        return False


def _group(said: Sequence[tuple[_Place, _Statement]], key: Callable[[_Statement], Hashable]) -> dict[Any, list[int]]:
    groups: dict[Any, list[int]] = {}
    for number, (_, statement) in enumerate(said):
        groups.setdefault(key(statement), []).append(number)
    return groups


def _anchor_of(statement: _Statement) -> str:
    """Return the word next to the number, on the side that says what is counted."""
    after = statement.after if statement.quantity.noun else ""
    return after[:_WORD] if after else statement.subject[-_WORD:]


def _digits_of(amount: Decimal) -> str:
    return "".join(map(str, amount.as_tuple().digits)).strip("0")


@lru_cache(maxsize=32)
def _read_all(texts: tuple[str, ...]) -> dict[str, _InUnit]:
    said: dict[str, list[tuple[_Place, _Statement]]] = {}
    for number, text in enumerate(texts):
        for base, statements in _read_statements(text).items():
            places = ((number, statement.quantity.start) for statement in statements)
            said.setdefault(base, []).extend(zip(places, statements, strict=True))
    return {base: _InUnit(statements) for base, statements in said.items()}


def _read_statements(text: str) -> dict[str, list[_Statement]]:
    folded = fold_characters(text)
    statements: dict[str, list[_Statement]] = {}
    edge, before = 0, ""
    for quantity in read_quantities(text):
        start = quantity.start
        nearest = max(0, start - _LONGEST_PASSAGE)
        sentence = max(nearest, *(folded.rfind(end, nearest, start) + 1 for end in _SENTENCE_END))
        passage = folded[sentence:start]
        clause = passage[passage.rfind(",") + 1 :]
        found = _BEFORE.search(folded[max(edge, start - _LONGEST_SUBJECT) : start].rstrip())
        words = found.group() if found else ""
        between = folded[max(edge, sentence - 1) : start - len(words)]
        listed = between.endswith("、") and (edge == 0 or _WITHOUT_NUMBER.search(between) is not None)
        edge = start + len(quantity.text)
        base, scale = _scale_unit(quantity.unit)
        # 90岁以上1200人、百岁老人36人|发放津贴: what follows is of all that are listed.
        shared, before = between == "、" and base == before, base
        doubtful = (
            listed
            or _OF_WHICH.search(passage) is not None
            or passage.count("(") > passage.count(")")
            or _DOUBTFUL.search(clause) is not None
            or _LOOSE.match(folded, edge) is not None
            or _LOOSE.match(folded, edge - len(quantity.noun or "")) is not None
        )
        if not doubtful:
            years = read_years(passage)
            statements.setdefault(base, []).append(
                _Statement(
                    quantity=quantity,
                    amount=quantity.number * scale,
                    slack=scale.scaleb(int(quantity.number.as_tuple().exponent)),
                    subject=_LEADING.sub("", _bare(words)),
                    after="" if shared else _AFTER.match(folded, edge - len(quantity.noun or ""))[0],  # type: ignore[index]
                    year=years[-1] if years else None,
                )
            )
    return statements


def _bare(text: str) -> str:
    return text if text.isalnum() else "".join(character for character in text if character.isalnum())


@lru_cache(maxsize=256)
def _scale_unit(unit: str | None) -> tuple[str, Decimal]:
    """Return a unit without 万, ``%`` for every share, and what its numbers are multiplied by."""
    folded = fold_unit(unit) or ""
    scale = unit_scale(folded)
    return "%" if scale < 1 else folded.lstrip("十百千万亿") if scale > 1 else folded, scale


def _agrees(statement: _Statement, amount: Decimal) -> bool:
    """Whether an amount is what a text says, in as many places as the text prints."""
    return _is_near(statement.amount, amount, statement.slack)


def _is_near(said: Decimal, amount: Decimal, slack: Decimal) -> bool:
    return said == amount or abs(said - amount) * 2 <= slack


def _is_rate_of(subject: str, name: str) -> bool:
    if not subject.endswith(_RATE_END) or name[-2:] != subject[-2:]:
        return False
    subject = _GENERAL.sub("", subject)
    return (len(name) >= _SHORT_RATE and subject == name) or (len(subject) >= _LONG_RATE and name.endswith(subject))


def _is_told(statement: _Statement, number: Decimal, amount: Decimal, matter: str, name: str) -> bool:
    # 灌溉面积 without 面积 is too short to be told from others, but not where the text has all of it.
    named = len(name) >= _ENOUGH and not statement.after and statement.subject.endswith(name)
    return named or _is_count_of(statement, matter) or _is_slip_of(statement, number, amount, matter)


def _is_count_of(statement: _Statement, matter: str) -> bool:
    """Whether the words around a number are those of *matter*, in whatever order."""
    subject, after = statement.subject, statement.after if statement.quantity.noun else ""
    anchor = _anchor_of(statement)
    if len(anchor) < _WORD or anchor not in matter:
        return False
    if not after and subject.endswith(matter) and len(matter) > 2:
        return True
    around = subject + after
    covered = count_shared(matter, around)
    if covered < _ENOUGH or covered * 5 < len(matter) * 4:
        return False
    own = _GENERAL.sub("", after or subject)
    return len(own) - count_shared(own, matter) <= 1


def _is_slip_of(statement: _Statement, number: Decimal, amount: Decimal, matter: str) -> bool:
    """Whether a text has the digits of a number at another power of ten, and a word of *matter* beside them."""
    said, printed = statement.amount, statement.quantity.number
    if not said or not amount or said.scaleb(amount.adjusted() - said.adjusted()) != amount:
        return False
    # 1.2亩 and 1.2万亩, 3.1万 and 31万, but not 2次 and 20次, 3000人 and 30000人.
    if printed != number and (amount < _CHANCE or len(amount.normalize().as_tuple().digits) < _TELLING_DIGITS):
        return False
    around = _GENERAL.sub("", statement.subject[-_NEAR:] + statement.after[:_NEAR])
    return count_shared(_GENERAL.sub("", matter), around) >= _WORD
