"""What somebody probably meant: suggestions for a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perflint.language import say

_MOST = 40


def find_close(name: str, legal: Iterable[str]) -> list[str]:
    """Return the up to three of *legal* that *name* was probably meant to be, best first."""
    # Imported here: only a mistake needs it.
    import difflib

    return difflib.get_close_matches(name, list(legal), n=3, cutoff=0.6)


def did_you_mean(close: Iterable[str]) -> str | None:
    """Return the hint that offers *close*, None if there is nothing to offer."""
    names = list(close)
    if not names:
        return None
    return say(f"是否想写 {' 或 '.join(names)}？", f"did you mean {' or '.join(names)}?")


def name_choices(name: str, legal: Iterable[str]) -> str | None:
    """Return the hint for a *name* that is none of *legal*: what was probably meant, else all that is legal."""
    names = list(legal)
    if not names:
        return None
    return did_you_mean(find_close(name, names)) or _list_some(names)


def _list_some(names: list[str]) -> str:
    """Return the hint that lists *names*, the first ones of many."""
    shown, more = names[:_MOST], len(names) > _MOST
    zh, en = (f" 等 {len(names)} 个", f" and more, {len(names)} in all") if more else ("", "")
    return say(f"可用：{'、'.join(shown)}{zh}", f"legal: {', '.join(shown)}{en}")


def titled_choices(name: str, legal: Mapping[str, tuple[str, str]]) -> str | None:
    """Return the hint for a *name* that is none of *legal*: choices with what they are called in Chinese and English.

    A title is the part before its colon; what follows explains it.
    """
    titles = {choice: (zh.partition("：")[0], en.partition(":")[0]) for choice, (zh, en) in legal.items()}
    close = [choice for choice, names in titles.items() if name in names] or find_close(name, legal)
    if close:
        return did_you_mean(close)
    listed = [choice + say(f"（{zh}）", "" if en == choice else f" ({en})") for choice, (zh, en) in titles.items()]
    return say(f"可用：{'、'.join(listed)}", f"legal: {', '.join(listed)}")


def write_with_colon(key: str) -> str:
    """Return the hint for a key whose colon is none to YAML."""
    return say(f"写成“{key}: ”，半角冒号后空一格", f"write '{key}: ', a half-width colon and a space")
