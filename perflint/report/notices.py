"""Remarks about a run as a whole: rules that decided nothing, suppressions that no longer serve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial

from perflint.document.model import Document
from perflint.errors import Problem
from perflint.finding import Notice, RuleCount
from perflint.language import hide_controls, say
from perflint.pack.model import Pack, Place, Rule, is_outdated
from perflint.record import field_names
from perflint.report.identity import Owner
from perflint.report.printed import mask_personal

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.report.baseline import Baseline, BaselineEntry
    from perflint.report.inputs import BookLike
    from perflint.report.suppressions import Entry, Suppressions

NEVER_MATCHED = "perflint/rule-never-matched"
UNUSED = "perflint/suppression-unused"
EXPIRED = "perflint/suppression-expired"
UNKNOWN_RULE = "perflint/suppression-unknown-rule"
STALE = "perflint/baseline-stale"
READING = "perflint/original-doubtful"
DIED = "perflint/process-died"
RENAMED = "perflint/rule-renamed"
DEPRECATED = "perflint/rule-deprecated"


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


def note_outdated(name: str, rule: Rule, place: Callable[[str, str | None], Problem]) -> Notice:
    """Return the notice that *name*, as a user wrote it, still works and should be written otherwise.

    Args:
        rule: What it means: a rule that was called so before, or one that is deprecated.
        place: Makes the problem of a message and a hint, at the place where it is written.
    """
    if name in rule.formerly:
        now = f"{rule.id} {rule.name}"
        told = place(
            say(f"“{name}”现在是 {now}", f"'{name}' is now {now}"), say(f"改写成 {rule.id}", f"write {rule.id}")
        )
        return _as_notice(RENAMED, rule, told)
    until = say(f"，{rule.until} 起不再使用", f" and gone from {rule.until}") if rule.until else ""
    message = say(f"规则 {rule.id} {rule.name} 已弃用{until}", f"rule {rule.id} {rule.name} is deprecated{until}")
    hint = say(f"由 {rule.replaced_by} 取代", f"replaced by {rule.replaced_by}") if rule.replaced_by else None
    return _as_notice(DEPRECATED, rule, place(message, hint))


def note_mentions(pack: Pack) -> Iterator[Notice]:
    """Yield a notice for each place where *pack*, or one that it extends, means a rule by an outdated name."""
    rules = {rule.id: rule for rule in pack.rules if pack.outdated}
    for mention in pack.outdated:
        if mention.rule in rules:
            yield note_outdated(mention.name, rules[mention.rule], partial(_problem_in_pack, mention.place))


def _problem_in_pack(place: Place, message: str, hint: str | None) -> Problem:
    return Problem(message=message, path=place.file, line=place.line, column=place.column, hint=hint)


def _as_notice(code: str, rule: Rule, problem: Problem) -> Notice:
    fields = {name: getattr(problem, name) for name in field_names(Problem)}
    return Notice(code=code, rule=rule.id, **fields)


def note_suppressions(
    suppressions: Suppressions, *, used: Container[int], places: Container[Owner], book: BookLike
) -> Iterator[Notice]:
    """Yield a notice for each entry that names no rule of the run, is expired, covered nothing, or is out of date.

    They come in file order. An entry for an organization or year that was not checked is left alone.

    Args:
        used: Lines of the entries that covered something.
        places: Of the organizations and years that the entries name, those that were checked.
    """
    rules = {alias: rule for rule in book.rules for alias in (*rule.formerly, rule.name, rule.id)}
    for entry in suppressions.entries:
        if entry.rule in rules and is_outdated(entry.rule, rules[entry.rule]):
            yield note_outdated(entry.rule, rules[entry.rule], partial(_problem_at, suppressions.path, entry.line))
        if entry.rule not in rules:
            message = say(f"本次没有规则 {entry.rule}", f"no rule {entry.rule} took part")
            yield _notice(UNKNOWN_RULE, suppressions, entry, message)
        elif entry.expired:
            message = say(
                f"对 {entry.rule} 的抑制已于 {entry.until} 到期",
                f"the suppression of {entry.rule} expired on {entry.until}",
            )
            yield _notice(EXPIRED, suppressions, entry, message)
        elif entry.line not in used and entry.where.owner in places:
            message = say(f"对 {entry.rule} 的抑制没有用到", f"the suppression of {entry.rule} covered nothing")
            yield _notice(UNUSED, suppressions, entry, message)


def _problem_at(path: str, line: int, message: str, hint: str | None) -> Problem:
    return Problem(message=message, path=path, line=line, hint=hint)


def _problem_in_baseline(number: int, is_former: bool, message: str, hint: str | None) -> Problem:
    told = say(f"基线中有 {number} 项：{message}", f"{number} findings of the baseline: {message}")
    renew = say("仍然有效；perflint baseline write 会改写", "they still hold; perflint baseline write renews them")
    return Problem(message=told, hint=renew if is_former else hint)


def note_baseline(stale: Sequence[BaselineEntry], baseline: Baseline, book: BookLike) -> Iterator[Notice]:
    """Yield a notice when entries were not found again, and for each rule that entries name out of date."""
    counts = Counter(entry.rule for entry in baseline.entries)
    for rule in book.rules:
        for name in (rule.id, *rule.formerly):
            if counts[name] and is_outdated(name, rule):
                yield note_outdated(name, rule, partial(_problem_in_baseline, counts[name], name != rule.id))
    if stale:
        number = len(stale)
        message = say(f"基线中有 {number} 项已不存在", f"{number} of the baseline's findings are gone")
        hint = say("用 perflint baseline prune 删去", "drop them with perflint baseline prune")
        yield Notice(code=STALE, message=message, hint=hint)


def note_reading(document: Document) -> Iterator[Notice]:
    """Yield a notice when an original file left something to look at: what the rules saw may not be what is printed.

    A document from JSON yields none: whoever turned it into JSON was told then.
    """
    doubts = document.data.get("x-notices") or ()
    unread = [one for one in document.data.get("unread") or () if not one.get("label")]
    if document.path is None or document.locate("") is not None or not (doubts or unread):
        return
    parts = [say(f"要人看 {len(doubts)} 处", f"{len(doubts)} things to look at")] if doubts else []
    parts += [say(f"没有认出 {len(unread)} 处", f"{len(unread)} texts not understood")] if unread else []
    first = [*doubts, *unread][0]
    place = ""
    if first.get("origin"):
        from perflint.origin import say_origin  # JSON has no original

        place = f"{say_origin(first['origin'])} "
    shown = mask_personal(hide_controls(" ".join(first["text"].split())))
    message = say(
        f"读原件时{'，'.join(parts)}；第一处：{place}{shown}；逐条列出：perflint read {document.path} --explain",
        f"reading left {' and '.join(parts)}; the first: {place}{shown}; to list them: "
        f"perflint read {document.path} --explain",
    )
    yield Notice(code=READING, message=message, path=document.path)


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
