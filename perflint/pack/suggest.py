"""What somebody probably meant: suggestions for a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from perflint.language import say


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
    listed = say(f"可用：{'、'.join(names)}", f"legal: {', '.join(names)}")
    return did_you_mean(find_close(name, names)) or listed
