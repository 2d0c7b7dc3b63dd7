"""One slip, one finding: rules that are silent where another rule tells the fault better.

Outcomes × ``yields_to`` of their rules ──find_silent──▶ places of the outcomes that are not told
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.engine.outcome import Outcome
from perflint.finding import Verdict
from perflint.pack.model import Rule
from perflint.typed import NamedTuple


def find_silent(rules: Sequence[Rule], outcomes: Sequence[Outcome]) -> set[int]:
    """Return the places of the failures whose rule yields to one that failed there too.

    There is the same item, one inside it or around it, or the cell that both point to. A rule silences others whether
    or not it is silent itself, so that the order of rules does not matter.
    """
    failed = [place for place, outcome in enumerate(outcomes) if outcome.verdict is Verdict.FAIL]
    yielding = {place: rules[outcomes[place].rule].yields_to for place in failed}
    named = {rule for others in yielding.values() for rule in others}
    if not named:
        return set()
    told: dict[str, _Told] = {rule: _Told(set(), set()) for rule in named}
    for place in failed:
        rule, outcome = rules[outcomes[place].rule].id, outcomes[place]
        if rule in named:
            told[rule].inside.update((outcome.at, *_list_around(outcome.item)))
            told[rule].items.add(outcome.item)
    return {
        place for place, others in yielding.items() if any(_is_told(outcomes[place], told[rule]) for rule in others)
    }


class _Told(NamedTuple):
    """Where a rule failed: the items, and all pointers that an item or a cell pointed to stands at or in."""

    items: set[str]
    inside: set[str]


def _is_told(outcome: Outcome, told: _Told) -> bool:
    if outcome.item in told.inside or outcome.at in told.inside:
        return True
    return any(pointer in told.items for pointer in _list_around(outcome.item))


def _list_around(pointer: str) -> Iterator[str]:
    """Yield *pointer* and all that it stands in, the document last."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""
