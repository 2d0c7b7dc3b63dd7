"""Fold look-alike characters one for one, so that an offset in the folded text is an offset in the print."""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(map(ord, "\t\v\f\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " ")
_OTHERS = {
    ord(character): folded
    for folded, characters in {
        "-": "‐‑‒–−﹣",
        "—": "―─━",
        "~": "〜∼∽",
        "%": "﹪",
        "*": "∗⁎﹡",
        "×": "✕✖╳⨉⨯",
        "/": "∕⁄",
        "·": "•・‧∙⋅",
        ";": "﹔",
        ":": "﹕∶",
        "+": "﹢",
    }.items()
    for character in characters
}
_TABLE: dict[int, int | str] = {**_FULL_WIDTH, **_SPACES, **_OTHERS}


def fold_characters(text: str) -> str:
    """Return *text* of the same length with full-width forms, odd dashes, dots and spaces folded to plain ones."""
    return text if text.isascii() and "\t" not in text else text.translate(_TABLE)


def has_full_width(text: str) -> bool:
    """Whether *text* holds a full-width digit, sign, dot or per cent."""
    return not text.isascii() and any("\uff01" <= character <= "\uff5e" for character in text)
