"""Remarks about a run as a whole: rules that decided nothing, suppressions that no longer serve."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence

from perflint.finding import Notice, RuleCount
from perflint.language import say
from perflint.report.baseline import BaselineEntry
from perflint.report.identity import Owner
from perflint.report.inputs import BookLike
from perflint.report.suppressions import Entry, Suppressions

NEVER_MATCHED = "perflint/rule-never-matched"
UNUSED = "perflint/suppression-unused"
EXPIRED = "perflint/suppression-expired"
UNKNOWN_RULE = "perflint/suppression-unknown-rule"
STALE = "perflint/baseline-stale"
DIED = "perflint/process-died"


def note_rules(ledger: Iterable[RuleCount]) -> Iterator[Notice]:
    """Yield a notice for each rule that passed or failed nowhere in the whole run, in ledger order."""
    for count in ledger:
        if count.passed or count.failed or count.suppressed or count.error:
            continue
        yield Notice(code=NEVER_MATCHED, rule=count.rule, message=_never_matched(count))


def _never_matched(count: RuleCount) -> str:
    name = f"{count.rule} {count.name}"
    if count.unknown:
        return say(
            f"规则 {name} 一项也没能判断（未知 {count.unknown} 项）",
            f"rule {name} decided nothing ({count.unknown} unknown)",
        )
    if count.selected:
        return say(
            f"规则 {name} 看了 {count.selected} 项，都不适用", f"rule {name} applied to none of {count.selected} items"
        )
    return say(f"规则 {name} 没有对象可查", f"rule {name} had nothing to look at")


def note_suppressions(
    suppressions: Suppressions, *, used: Container[int], owners: Collection[Owner], book: BookLike
) -> Iterator[Notice]:
    """Yield a notice for each entry that names no rule of the run, is expired, or covered nothing, in file order.

    An entry for an organization or year that was not checked is left alone.

    Args:
        used: Lines of the entries that covered something.
        owners: Whose documents were checked.
    """
    rules = {alias for rule in book.rules for alias in (rule.id, rule.name, *rule.formerly)}
    for entry in suppressions.entries:
        if entry.rule not in rules:
            message = say(f"本次没有规则 {entry.rule}", f"no rule {entry.rule} took part")
            yield _notice(UNKNOWN_RULE, suppressions, entry, message)
        elif entry.expired:
            message = say(
                f"对 {entry.rule} 的抑制已于 {entry.until} 到期",
                f"the suppression of {entry.rule} expired on {entry.until}",
            )
            yield _notice(EXPIRED, suppressions, entry, message)
        elif entry.line not in used and any(entry.where.could_concern(*owner) for owner in owners):
            message = say(f"对 {entry.rule} 的抑制没有用到", f"the suppression of {entry.rule} covered nothing")
            yield _notice(UNUSED, suppressions, entry, message)


def note_baseline(stale: Sequence[BaselineEntry]) -> Iterator[Notice]:
    """Yield one notice when entries of the baseline were not found again."""
    if stale:
        number = len(stale)
        message = say(f"基线中有 {number} 项已不存在", f"{number} of the baseline's findings are gone")
        hint = say("用 perflint baseline prune 删去", "drop them with perflint baseline prune")
        yield Notice(code=STALE, message=message, hint=hint)


def note_deaths(retried: int) -> Notice:
    """Return the notice that a process died, and that *retried* files or lines were checked once more."""
    message = say(
        f"有检查进程意外结束，其中的 {retried} 份又逐一检查了一次",
        f"a process died while checking; what it was at, {retried} in number, was checked once more, one by one",
    )
    hint = say("多半是内存不够；用较小的 --jobs", "most likely memory ran out; use a smaller --jobs")
    return Notice(code=DIED, message=message, hint=hint)


def _notice(code: str, suppressions: Suppressions, entry: Entry, message: str) -> Notice:
    return Notice(code=code, rule=entry.rule, message=message, path=suppressions.path, line=entry.line)
