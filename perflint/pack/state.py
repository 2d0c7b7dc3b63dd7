"""A pack half resolved: what it has inherited and set so far, every value with who set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.pack.lexicon import Lexicon
from perflint.pack.model import Exemption, Param, Place
from perflint.pack.raw import RawRule
from perflint.pack.strict_yaml import Path, YamlFile
from perflint.record import dataclass, field, replace

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as set by one pack.

    Attributes:
        file, path: Where it is written; ``place`` says the same to people.
    """

    value: Any
    place: Place
    file: YamlFile = field(compare=False)
    path: Path = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rule with what extending packs have set.

    Attributes:
        pack: Id of the pack that defines it.
        settings: ``severity``, ``enabled``, ``message``, ``fix`` and ``params.x`` (a ``Param``) as overridden.
        successor: The id of the rule that replaces it, None while it is in force.
    """

    raw: RawRule
    pack: str
    place: Place
    settings: Mapping[str, Setting] = field(default_factory=dict)
    exempt: tuple[Exemption, ...] = ()
    successor: Setting | None = None

    @property
    def id(self) -> str:
        """The rule id."""
        return self.raw.id

    @property
    def name(self) -> str:
        """The rule name."""
        return str(self.raw.written.get("name", ""))

    @property
    def removed(self) -> bool:
        """Whether its own pack has removed it."""
        return bool(self.raw.written.get("status") == "removed")

    @property
    def deprecated(self) -> bool:
        """Whether its own pack advises against it."""
        return bool(self.raw.written.get("status") == "deprecated")

    @property
    def former(self) -> tuple[str, ...]:
        """Ids and names it had before."""
        return tuple(self.raw.written.get("formerly", ())) if self.raw.sound else ()

    def setting(self, key: str, setting: Setting) -> Draft:
        """Return the rule with one more setting."""
        return replace(self, settings={**self.settings, key: setting})


@dataclass(slots=True, kw_only=True)
class State:
    """Everything a pack offers, by name; a copy may be changed without touching the original.

    Attributes:
        names: Every id and name of a rule, present or former → its id.
    """

    params: dict[str, Param] = field(default_factory=dict)
    vocab: dict[str, Lexicon] = field(default_factory=dict)
    define: dict[tuple[str, str], Setting] = field(default_factory=dict)
    rules: dict[str, Draft] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def copy(self) -> State:
        """Return a copy; the values themselves are never changed in place."""
        return State(
            params=dict(self.params),
            vocab=dict(self.vocab),
            define=dict(self.define),
            rules=dict(self.rules),
            names=dict(self.names),
        )

    def add_rule(self, draft: Draft) -> None:
        """Take in a rule; a name that is taken keeps its meaning."""
        self.rules[draft.id] = draft
        self.names[draft.id] = draft.id
        for name in (draft.name, *draft.former):
            self.names.setdefault(name, draft.id)

    def find_rule(self, name: str) -> Draft | None:
        """Return the rule with this id or name, present or former."""
        rule = self.names.get(name)
        return None if rule is None else self.rules[rule]

    def rule_names(self) -> Iterator[str]:
        """Yield the ids and names of the rules in force."""
        for draft in self.rules.values():
            if not draft.removed and draft.successor is None:
                yield draft.id
                yield draft.name
