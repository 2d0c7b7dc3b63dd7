"""What a loaded pack is: rules, parameters and vocabularies, every value with the place it comes from.

Plain values without behaviour that reads files; all of it can be pickled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perflint.finding import PackStamp, Severity
from perflint.record import dataclass, field

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.expression.tree import Checked, CheckedRule, Defined
    from perflint.pack.examples import Examples

Value = Decimal | str | bool | tuple[Decimal | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value was set.

    Attributes:
        file: As the user named it; absolute for a shipped pack.
        line, column: 1-based.
        pack: Id of the pack that set it.
        reason: The reason given with an override, else None.
    """

    file: str
    line: int
    column: int
    pack: str
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Places(Mapping[str, Place]):
    """Where the keys of one rule were set: those of its own file as bare numbers until somebody asks."""

    __slots__ = ("_changed", "_file", "_marks", "_pack")

    def __init__(
        self, file: str, pack: str, marks: Mapping[str, tuple[int, int]], changed: Mapping[str, Place]
    ) -> None:
        self._file, self._pack = file, pack
        self._marks, self._changed = marks, changed

    def __getitem__(self, key: str) -> Place:
        if key in self._changed:
            return self._changed[key]
        line, column = self._marks[key]
        return Place(file=self._file, line=line, column=column, pack=self._pack)

    def __iter__(self) -> Iterator[str]:
        yield from self._marks
        yield from (key for key in self._changed if key not in self._marks)

    def __len__(self) -> int:
        return len({*self._marks, *self._changed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a rule rests on.

    Attributes:
        number: The official number of the document (文号).
        checked: Somebody has compared the citation with the text itself.
    """

    document: str
    article: str | None = None
    number: str | None = None
    url: str | None = None
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A parameter with the value in force.

    Attributes:
        type: ``decimal``, ``integer``, ``text``, ``list`` or ``bool``.
        items: Element type of a list: ``decimal``, ``integer`` or ``text``; None for the others.
        value: ``Decimal`` for both number types, a tuple for a list.
        minimum, maximum, choices: What a value, or each element of a list, must keep to.
        title: By language.
    """

    name: str
    type: str
    items: str | None = None
    value: Value
    default: Value
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[Decimal | str, ...] = ()
    title: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Items on which a rule does not apply: those that match everything that is named here.

    Attributes:
        organization, table, indicator: The whole name; ``*`` stands for any text.
        division: What the division code starts with.
    """

    organization: str | None = None
    division: str | None = None
    table: str | None = None
    indicator: str | None = None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliesTo:
    """For which documents a pack joins in by itself; each empty part is no restriction.

    Attributes:
        divisions: What division codes start with.
        organizations: Parts of organization names, or whole names with ``*``.
        forms: Form ids, as in ``tables[].form``.
    """

    divisions: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a pack says about itself; unchecked, for listings and for choosing packs."""

    id: str
    prefix: str
    version: str
    title: dict[str, str]
    applies_to: AppliesTo
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it is in force, overrides applied.

    Attributes:
        status: ``preview``, ``stable`` or ``deprecated``.
        title, why, message, fix, notes: By language, ``zh`` and ``en``.
        let: Expressions by name, in the order written.
        at: Path of the cell that a finding points to; None for the item itself.
        pack: Id of the pack that defines the rule.
        params: Parameters whose value an override changed for this rule alone.
        places: By key (``severity``, ``assert``, ``params.x``, …): where the value in force was set.
        yields_to: Ids of the rules in force that tell a fault better: where one of them failed, this one is silent.
        replaces: Ids of the inherited rules that this one stands in for.
        formerly: Ids and names it had before.
        until: Date or version from which a deprecated rule is gone.
        checked: The expressions, checked.
    """

    # A run looks at what a rule says when something is found by it, and never at what stands behind that.
    __late__ = (
        (
            "since",
            "status",
            "title",
            "for_each",
            "message",
            "fix",
            "yields_to",
            "replaces",
            "replaced_by",
            "until",
            "checked",
        ),
        ("why", "source", "when", "needs", "let", "assert_", "at", "notes", "examples", "places"),
    )

    id: str
    name: str
    since: str
    status: str
    severity: Severity
    enabled: bool
    tags: tuple[str, ...]
    title: Mapping[str, str]
    why: Mapping[str, str]
    source: tuple[Source, ...]
    for_each: str
    when: str | None
    needs: tuple[str, ...]
    let: Mapping[str, str]
    assert_: str
    at: str | None
    message: Mapping[str, str]
    fix: Mapping[str, str] | None
    notes: Mapping[str, str] | None
    examples: Examples = field(repr=False, compare=False)
    pack: str
    params: Mapping[str, Param]
    exempt: tuple[Exemption, ...]
    yields_to: tuple[str, ...]
    replaces: tuple[str, ...]
    replaced_by: str | None
    formerly: tuple[str, ...]
    until: str | None
    places: Mapping[str, Place] = field(repr=False, compare=False)
    checked: CheckedRule = field(repr=False, compare=False)


def is_outdated(name: str, rule: Rule) -> bool:
    """Return whether *name* means *rule* and should be written otherwise: a former name, or a deprecated rule."""
    return name in rule.formerly or (rule.status == "deprecated" and name in (rule.id, rule.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a pack means an inherited rule by a name that ``is_outdated``: the name, the rule's id, the place."""

    name: str
    rule: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredRule:
    """A rule that no longer runs: removed by its pack, or replaced by a rule of an extending pack.

    Attributes:
        status: ``removed`` or ``replaced``.
        replaced_by: Id of the successor, None if there is none.
        place: Where it was removed or replaced.
    """

    id: str
    name: str
    status: str
    replaced_by: str | None
    formerly: tuple[str, ...]
    pack: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack with everything it inherits.

    Attributes:
        params: By name, with the pack-wide value; ``Rule.params`` goes before it.
        vocab: A tuple of words, or a map from word to text.
        define: Expressions of derived fields: record → field → text; ``derived`` holds them checked, ``defined``
            what is known of them without trees.
        rules: Inherited ones first, each pack's in the order of its files; disabled ones too.
        retired: Removed and replaced rules: their ids stay taken.
        outdated: Mentions of rules that should be written otherwise.
        forms: Paths of the form templates that lie in ``forms/`` beside the packs' files, for ``perflint read``.
        sha256: Hash of the files of this pack and of every pack it extends.
        parts: This pack and all that it extends, the extended ones first.
        files: Every file read for them, in the same order.
        places: ``params.x``, ``vocab.x``, ``define.record.x``: where they were set; ``vocab.x.word`` for words that
            an extending pack added or removed.
        path: The file or folder; None for several packs taken together.
    """

    __late__ = (
        ("title", "applies_to", "params", "defined", "retired", "files", "path"),
        ("vocab", "define", "derived", "places"),
    )

    id: str
    prefix: str
    version: str
    title: Mapping[str, str]
    applies_to: AppliesTo
    params: Mapping[str, Param]
    vocab: Mapping[str, tuple[str, ...] | Mapping[str, str]]
    define: Mapping[str, Mapping[str, str]]
    derived: Mapping[str, Mapping[str, Checked]] = field(repr=False, compare=False)
    defined: Mapping[str, Mapping[str, Defined]] = field(repr=False, compare=False)
    rules: tuple[Rule, ...]
    retired: tuple[RetiredRule, ...]
    forms: tuple[str, ...]
    sha256: str
    parts: tuple[PackStamp, ...]
    files: tuple[str, ...]
    places: Mapping[str, Place] = field(repr=False, compare=False)
    path: str | None
    outdated: tuple[Mention, ...] = ()

    def find_rule(self, name: str) -> Rule | None:
        """Return the rule with this id or name, present or former; None if there is none."""
        for rule in self.rules:
            if name in (rule.id, rule.name):
                return rule
        return next((rule for rule in self.rules if name in rule.formerly), None)

    def values_for(self, rule: Rule) -> dict[str, Value]:
        """Return the parameter values in force for *rule*, by name."""
        return {name: rule.params.get(name, param).value for name, param in self.params.items()}
