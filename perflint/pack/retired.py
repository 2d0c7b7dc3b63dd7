"""Names of rules that are no longer in use."""

from __future__ import annotations

from collections.abc import Iterable

from perflint.language import say

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.pack.model import Pack


def explain_retired(name: str, packs: Iterable[Pack]) -> tuple[str, str | None] | None:
    """Return what to say of a *name* that meant a rule of *packs*, and what took its place; None if none did."""
    for retired in (rule for pack in packs for rule in pack.retired):
        if name in (retired.id, retired.name, *retired.formerly):
            successor = retired.replaced_by
            hint = say(f"由 {successor} 取代", f"replaced by {successor}") if successor else None
            return say(f"规则 {name} 已不再使用", f"rule {name} is no longer in use"), hint
    return None
