"""How often a text says that the matter of an indicator is done: 每月考核一次 of 养护考核次数."""

from __future__ import annotations

from functools import lru_cache

from perflint.interpret.folding import fold_characters
from perflint.interpret.frequency import Frequency, read_frequency
from perflint.interpret.text import count_shared
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from collections.abc import Sequence


class _Clause(NamedTuple):
    """A frequency and the words it is of."""

    frequency: Frequency
    words: str


_CLAUSE = LazyPattern(r"[^,。;、:()\n]+")
_LONGEST_CLAUSE = 40
# What the frequency itself takes of a clause, and words that say nothing of what is done.
_SAID = LazyPattern(
    r"每[两二三四五六2-9]?(?:半个?月|半年度?|年度?|个?季度|季|个月|月度?|周|星期|旬|日|天|个?学期)"
    r"|(?:[0-9]{1,4}|[一二两三四五六七八九十]{1,3})(?:场次|批次|[次回场期轮遍篇份趟])"
    r"|至少|不[少低]于|定期|全[年省市县区镇乡]|(?:完成|开展|组织|举办|召开|进行|实施|落实|坚持|做到|确保)|工作|活动"
)
_NAME_TAIL = LazyPattern(r"(?:[次场期轮]数|场次|频次|频率|次数|数量?)$")
_GENERAL = LazyPattern(r"完成|开展|组织|举办|召开|进行|实施|落实|全年|年度|工作|活动")
_ELSEWHERE = ("各", "分别", "共", "累计", "上年", "去年", "人均", "户均")
_SHORTEST = 2


def told_frequency(texts: Sequence[str], name: str, names: Sequence[str]) -> Frequency | None:
    """Read how often *texts* say that the matter of *name* is done.

    The words of the clause are the matter or its end, and of no other of *names* (考核 of 养护考核, but not of 养护考核
    and 卫生考核). A clause with another number, or that is of each of several (各村), is passed over.

    Returns:
        The frequency; None if there is none, or several that differ.
    """
    matter = _name_matter(name)
    if len(matter) < _SHORTEST:
        return None
    found = [
        clause
        for text in texts
        if "每" in text
        for clause in _read_clauses(text)
        if _is_of(clause.words, matter)
        and not any(other != name and _is_of(clause.words, _name_matter(other)) for other in names)
    ]
    if not found or any(clause.frequency.per_year != found[0].frequency.per_year for clause in found):
        return None
    return found[0].frequency


@lru_cache(maxsize=32)
def _read_clauses(text: str) -> tuple[_Clause, ...]:
    clauses: list[_Clause] = []
    for found in _CLAUSE.finditer(fold_characters(text)):
        clause = found.group()
        if clause.count("每") != 1 or len(clause) > _LONGEST_CLAUSE or any(word in clause for word in _ELSEWHERE):
            continue
        frequency = read_frequency(clause)
        words = "".join(character for character in _SAID.sub("", clause) if character.isalnum())
        if frequency is not None and not any(character.isdigit() for character in words):
            clauses.append(_Clause(frequency, words))
    return tuple(clauses)


@lru_cache(maxsize=1024)  # every row asks for the names of the others
def _name_matter(name: str) -> str:
    return _GENERAL.sub("", _NAME_TAIL.sub("", fold_characters(name)))


def _is_of(words: str, matter: str) -> bool:
    """Whether the words of a clause are a matter, or the end of it that makes up half of it."""
    return len(words) >= _SHORTEST and (
        (matter.endswith(words) and len(words) * 2 >= len(matter))
        or (words.endswith(matter[-_SHORTEST:]) and count_shared(words, matter) == len(words) >= len(matter) - 1)
    )
