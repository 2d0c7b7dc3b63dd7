"""Raised and lowered text: ``10`` and a raised ``3`` is 10³, and must never be read as 103."""

from __future__ import annotations

_PLAIN = "0123456789+-−=()n"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")


def write_raised(text: str) -> str:
    """Return the text in raised characters; unchanged when it holds one that has no raised form."""
    return text.translate(_RAISED) if set(text) <= set(_PLAIN) else text


def write_lowered(text: str) -> str:
    """Return the text in lowered characters; unchanged when it holds one that has no lowered form."""
    return text.translate(_LOWERED) if set(text) <= set(_PLAIN) else text
