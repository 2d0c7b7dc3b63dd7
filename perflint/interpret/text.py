"""Text as rules see it: one spelling for look-alike characters, no markup, no stray spaces."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from operator import add

from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_TAG = LazyPattern(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,200})?/?>")
_ENTITY = LazyPattern(
    r"&(?:amp;)*(nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|apos|middot|times|ge|le|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});"
)
_BOOKMARK = LazyPattern(r"\[bookmark:[^\[\]]{0,100}\]")
_MOST_PASSES = 4
_LOWEST_WIDE = "\u2e80"
# Quotes, dots and comparators need no space beside them either.
_TIGHT = frozenset("“”‘’…—·≥≤≧≦≡")
_INVISIBLE = LazyPattern(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# NFKC would spell these out: ① as 1, … as three dots, ½ as 1⁄2.
_KEPT = LazyPattern("[①-⓿❶-➓…⑴-⒛¼-¾⅐-⅞㈠-㈩℃]")
# Nothing of these changes, alone or side by side: most texts are made of nothing else.
_PLAIN = LazyPattern(r"[!-%'-;=-Z\\-~、。《》〈〉「」【】“”‘’—·×±≥≤→①-⑳℃\u3400-\u4dbf\u4e00-\u9fff]+")
_MARKUP_SIGNS = dict.fromkeys(map(ord, "<>&[]＜＞＆［］﹤﹥﹠"))
_NAMED = {
    "nbsp": " ",
    "ensp": " ",
    "emsp": " ",
    "thinsp": " ",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "quot": '"',
    "apos": "'",
    "middot": "·",
    "times": "×",
    "ge": "≥",
    "le": "≤",
}


def normalize(text: str) -> str:
    """Return *text* as rules read it.

    Compatibility forms are folded (full-width digits, ％, ：) except circled numbers and the ellipsis; ≥ ≤ and their
    look-alikes stay. HTML tags, entities, Word bookmarks and invisible characters go; white space is collapsed, and
    removed beside Chinese characters. Line breaks count as white space.

    Returns:
        The folded text, ``""`` when nothing but blanks is printed. Normalising twice changes nothing.
    """
    if _PLAIN.fullmatch(text):
        return text
    for _ in range(_MOST_PASSES):
        folded = _normalize_once(text)
        if folded == text or _PLAIN.fullmatch(folded):
            return folded
        text = folded
    # Markup escaped within markup time and again is no printed text: its signs go, so that the result is stable.
    return _normalize_once(text.translate(_MARKUP_SIGNS))


def _normalize_once(text: str) -> str:
    return tidy_spaces(fold_compatibility(strip_markup(text)))


def strip_markup(text: str) -> str:
    """Return *text* without HTML tags and Word bookmarks, entities replaced, invisible characters removed."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(_read_entity, text)
    if "[" in text:
        text = _BOOKMARK.sub(" ", text)
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def _read_entity(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        return _NAMED[name]
    code = int("0" + name[1:], 0) if name[1] in "xX" else int(name[1:])
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code < 0x110000 else " "


def fold_compatibility(text: str) -> str:
    """Return *text* in NFKC, but for circled numbers, ellipses and fractions, which NFKC would spell out."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    if _KEPT.search(text) is None:
        return unicodedata.normalize("NFKC", text)
    pieces: list[str] = []
    at = 0
    for kept in _KEPT.finditer(text):
        pieces += (unicodedata.normalize("NFKC", text[at : kept.start()]), kept.group())
        at = kept.end()
    pieces.append(unicodedata.normalize("NFKC", text[at:]))
    return "".join(pieces)


def tidy_spaces(text: str) -> str:
    """Return *text* with white space collapsed to one space, and none at the ends or beside Chinese characters."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    pieces = [words[0]]
    for before, after in pairwise(words):
        if not (_is_tight(before[-1]) or _is_tight(after[0])):
            pieces.append(" ")
        pieces.append(after)
    return "".join(pieces)


def _is_tight(character: str) -> bool:
    return character >= _LOWEST_WIDE or character in _TIGHT


def count_shared(text: str, other: str) -> int:
    """Return how many characters of *text* belong to a pair that stands in *other* as well."""
    pairs = set(map(add, other, other[1:]))
    shared = [pair in pairs for pair in map(add, text, text[1:])]
    return sum((at < len(shared) and shared[at]) or (at > 0 and shared[at - 1]) for at in range(len(text)))
