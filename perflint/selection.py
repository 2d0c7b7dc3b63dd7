"""Which rules take part and how severe they are: what a user says, applied to packs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from perflint.errors import ConfigError, Problem
from perflint.finding import Severity
from perflint.language import say
from perflint.pack.model import Pack, Rule, is_outdated
from perflint.record import dataclass, field, replace

ALL = "all"

# Makes the problem for one entry of ``select``, ``ignore`` or ``severity``: message, setting, entry, hint.
Teller = Callable[[str, str, str, str | None], Problem]


def tell_plainly(message: str, setting: str, entry: str, hint: str | None) -> Problem:
    """Return a problem that names the setting, for one that stands in no file."""
    return Problem(message=f"{setting}: {message}", hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a user asked for.

    Attributes:
        select: Ids, names and tags of the rules that run; empty, or ``all`` among them, for every enabled one. A rule
            named by id or name runs even if its pack has it disabled.
        ignore: Ids, names and tags of rules that do not run, whatever ``select`` says.
        severity: By id or name.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for, so that every enabled rule runs as it is."""
        return not (self.select or self.ignore or self.severity)

    def apply(self, packs: Iterable[Pack]) -> tuple[Pack, ...]:
        """Return *packs* with the chosen rules only, each with the severity asked for."""
        if self.is_empty:
            return tuple(map(_without_disabled, packs))
        return tuple(replace(pack, rules=tuple(map(self._weigh, filter(self._runs, pack.rules)))) for pack in packs)

    def _runs(self, rule: Rule) -> bool:
        names, tags = names_of(rule), set(rule.tags)
        if any(name in names or name in tags for name in self.ignore):
            return False
        if any(name in names for name in self.select):
            return True
        return rule.enabled and (not self.select or ALL in self.select or any(name in tags for name in self.select))

    def _weigh(self, rule: Rule) -> Rule:
        level = next((self.severity[name] for name in names_of(rule) if name in self.severity), rule.severity)
        if rule.enabled and level is rule.severity:
            return rule
        return replace(rule, enabled=True, severity=level)

    def unknown_in(self, packs: Iterable[Pack]) -> tuple[tuple[str, str], ...]:
        """Return each entry that means no rule of *packs*, with its setting: ``("select", "PT999")``."""
        if self.is_empty:
            return ()
        rules = [rule for pack in packs for rule in pack.rules]
        names = {name for rule in rules for name in names_of(rule)}
        tags = {tag for rule in rules for tag in rule.tags}
        return tuple(
            (setting, entry)
            for setting, entry in self._entries()
            if entry not in names and (setting == "severity" or entry not in tags)
        )

    def outdated_in(self, packs: Iterable[Pack]) -> tuple[tuple[str, str, Rule], ...]:
        """Return each entry that means a rule by a former name, or a deprecated one: setting, entry, rule."""
        if self.is_empty:
            return ()
        rules = {rule.id: rule for pack in packs for rule in pack.rules}.values()
        return tuple(
            (setting, entry, rule) for setting, entry in self._entries() for rule in rules if is_outdated(entry, rule)
        )

    def _entries(self) -> Iterator[tuple[str, str]]:
        yield from (("select", entry) for entry in self.select if entry != ALL)
        yield from (("ignore", entry) for entry in self.ignore)
        yield from (("severity", entry) for entry in self.severity)


def names_of(rule: Rule) -> tuple[str, ...]:
    """Return everything that *rule* is called: id, name, former ids and names."""
    return (rule.id, rule.name, *rule.formerly)


def _without_disabled(pack: Pack) -> Pack:
    enabled = tuple(rule for rule in pack.rules if rule.enabled)
    return pack if len(enabled) == len(pack.rules) else replace(pack, rules=enabled)


def refuse_unknown(unknown: Sequence[tuple[str, str]], packs: Sequence[Pack], tell: Teller = tell_plainly) -> None:
    """Raise for entries that mean no rule.

    Args:
        unknown: As ``Selection.unknown_in`` returns them.
        packs: Every pack whose rules could have been meant.

    Raises:
        ConfigError: There are any; each is told what it probably should have been, or what became of the rule.
    """
    if unknown:
        raise ConfigError(_tell(tell, setting, entry, packs) for setting, entry in unknown)


def _tell(tell: Teller, setting: str, entry: str, packs: Sequence[Pack]) -> Problem:
    # Imported here: only a mistake needs them.
    from perflint.pack.retired import explain_retired
    from perflint.pack.suggest import did_you_mean, find_close

    retired = explain_retired(entry, packs)
    if retired is not None:
        message, hint = retired
        return tell(message, setting, entry, hint)
    rules = [rule for pack in packs for rule in pack.rules]
    legal = {name for rule in rules for name in (rule.id, rule.name)}
    if setting != "severity":
        legal |= {tag for rule in rules for tag in rule.tags}
    what = say("规则", "rule") if setting == "severity" else say("规则或标签", "rule or tag")
    close = did_you_mean(find_close(entry, sorted(legal)))
    hint = close or say("用 perflint rules 列出规则", "perflint rules lists the rules")
    return tell(say(f"没有{what}“{entry}”", f"there is no {what} '{entry}'"), setting, entry, hint)
