"""How often a text says that the matter of an indicator is done: 每月考核一次 of 养护考核次数."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from perflint.interpret.folding import fold_characters
from perflint.interpret.frequency import Frequency, read_frequency
from perflint.interpret.text import count_shared
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    # The first pair of characters of the words, and the last.
    _Key: TypeAlias = tuple[str, str]


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
    said, others = _read_all(tuple(texts)), _list_matters(tuple(names))
    keys = _list_keys(matter)
    found = [
        clause
        for _, clause in sorted((one for key in keys for one in said.get(key, ())), key=itemgetter(0))
        if _is_of(clause.words, matter)
        and not any(other != name and _is_of(clause.words, one) for other, one in others.get(_key_of(clause.words), ()))
    ]
    if not found or any(clause.frequency.per_year != found[0].frequency.per_year for clause in found):
        return None
    return found[0].frequency


def _key_of(words: str) -> _Key:
    """Return the first pair of characters and the last: what the words are of has both, and the last at its end."""
    return words[:_SHORTEST], words[-_SHORTEST:]


def _list_keys(matter: str) -> set[_Key]:
    """Return the keys of all words that may be those of *matter*: of thousands of clauses few are compared."""
    return {(matter[at : at + _SHORTEST], matter[-_SHORTEST:]) for at in range(len(matter) - 1)}


@lru_cache(maxsize=32)
def _read_all(texts: tuple[str, ...]) -> dict[_Key, list[tuple[int, _Clause]]]:
    """Return the clauses by their keys, each with its place."""
    clauses: dict[_Key, list[tuple[int, _Clause]]] = {}
    read = (clause for text in texts if "每" in text for clause in _read_clauses(text))
    for place, clause in enumerate(read):
        clauses.setdefault(_key_of(clause.words), []).append((place, clause))
    return clauses


@lru_cache(maxsize=4)
def _list_matters(names: tuple[str, ...]) -> dict[_Key, list[tuple[str, str]]]:
    """Return the names with their matters, by the keys of words that may be of them."""
    matters: dict[_Key, list[tuple[str, str]]] = {}
    for name in names:
        matter = _name_matter(name)
        for key in _list_keys(matter):
            matters.setdefault(key, []).append((name, matter))
    return matters


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


def _name_matter(name: str) -> str:
    return _GENERAL.sub("", _NAME_TAIL.sub("", fold_characters(name)))


def _is_of(words: str, matter: str) -> bool:
    """Whether the words of a clause are a matter, or the end of it that makes up half of it."""
    return len(words) >= _SHORTEST and (
        (matter.endswith(words) and len(words) * 2 >= len(matter))
        or (words.endswith(matter[-_SHORTEST:]) and count_shared(words, matter) == len(words) >= len(matter) - 1)
    )
