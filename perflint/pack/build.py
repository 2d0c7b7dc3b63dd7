"""A resolved state → rules in force: metadata checked, expressions checked, every value with its place."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from perflint.errors import Problem
from perflint.finding import Severity
from perflint.language import current, say
from perflint.pack.assembly import check_example
from perflint.pack.deferred import Deferred
from perflint.pack.examples import Examples, parts_of, read_examples
from perflint.pack.model import Exemption, Param, Places, RetiredRule, Rule, Source
from perflint.pack.raw import make_place, rule_label
from perflint.pack.requirement import is_version, version_key
from perflint.pack.resolve import read_exemptions
from perflint.pack.state import Draft, State
from perflint.pack.strict_yaml import Path, YamlFile
from perflint.pack.suggest import name_choices

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.expression.problems import ExpressionProblem
    from perflint.expression.rule import RuleSource, Vocabulary
    from perflint.expression.tree import Checked, CheckedRule
    from perflint.schema.model import Type

_TEXTS_WITHOUT_HOLES = ("title", "why", "fix", "notes")
_MOST_KNOWN = 2000
_ENDS = ("until", "replaced_by")

# What only examples of some kinds can say.
_ONLY_UNDER = {"values": ("pass", "fail"), "at": ("fail", "unknown")}


class Builder:
    """Builds the rules of one state.

    Args:
        versions: Version of each pack by id, None where that is faulty itself.
        broken: Names that expressions may use although they are not there: their declaration is at fault.
        problems: Everything wrong is appended.
    """

    def __init__(
        self, state: State, versions: Mapping[str, str | None], broken: Iterable[str], problems: list[Problem]
    ) -> None:
        self._state, self._versions, self._problems = state, versions, problems
        self.derived: dict[str, dict[str, Checked]] = {}
        self._broken = set(broken)
        self._vocabulary = self._check_definitions()

    def build_rules(self) -> Iterator[Rule]:
        """Yield the rules in force, disabled ones too, in the order of the state."""
        for draft in self._state.rules.values():
            if not draft.raw.sound:
                continue
            self._check_successor(draft)
            if draft.removed or draft.successor is not None:
                continue
            self._check_metadata(draft)
            checked = self._check_expressions(draft)
            if checked is not None:
                yields_to = tuple(other.id for other in self._find_yielded(draft))
                yield _build_rule(draft, checked, yields_to=yields_to, replaces=self._replaced_by(draft))

    def build_retired(self) -> Iterator[RetiredRule]:
        """Yield the removed and replaced rules."""
        for draft in self._state.rules.values():
            if draft.removed or draft.successor is not None:
                successor = draft.successor
                yield RetiredRule(
                    id=draft.id,
                    name=draft.name,
                    status="replaced" if successor is not None else "removed",
                    replaced_by=successor.value if successor is not None else draft.raw.written.get("replaced_by"),
                    formerly=draft.former,
                    pack=draft.pack,
                    place=successor.place if successor is not None else draft.place,
                )

    def _replaced_by(self, draft: Draft) -> tuple[str, ...]:
        """Return the ids of the rules that *draft* stands in for."""
        others = self._state.rules.values()
        return tuple(o.id for o in others if o.successor is not None and o.successor.value == draft.id)

    # --- metadata

    def _tell(self, draft: Draft, steps: Path, message: str, hint: str | None = None, *, on_key: bool = False) -> None:
        file, path = draft.raw.file, draft.raw.path(*steps)
        self._problems.append(file.problem(rule_label(file, path) + message, path, on_key=on_key, hint=hint))

    def _check_metadata(self, draft: Draft) -> None:
        written = draft.raw.written
        version = self._versions[draft.pack]
        if version is not None and version_key(written["since"]) > version_key(version):
            message = say(f"since {written['since']} 晚于本包版本", f"since {written['since']} is later than the pack")
            self._tell(draft, ("since",), message, say(f"包的版本是 {version}", f"the pack has version {version}"))
        if written.get("status") == "preview" and written["severity"] == "error":
            message = say("试行的规则不能是 error", "a rule on trial cannot be an error")
            hint = say("用 warning 或 info；有把握时改为 status: stable", "use warning or info, or say status: stable")
            self._tell(draft, ("severity",), message, hint)
        self._check_end(draft, version)
        self._check_yielding(draft)
        for key in _ENDS:
            if key in written and written.get("status") != "deprecated":
                message = say(f"只有弃用的规则有“{key}”", f"only a deprecated rule has '{key}'")
                hint = say("写明 status: deprecated", "say status: deprecated")
                self._tell(draft, (key,), message, hint, on_key=True)
        self._check_holes(draft)
        self._check_examples(draft)

    def _check_end(self, draft: Draft, version: str | None) -> None:
        """Tell of a deprecated rule whose last version has come; a date is for people, packs load on any day."""
        until = draft.raw.written.get("until", "")
        if version is not None and is_version(until) and version_key(until) <= version_key(version):
            message = say(f"已到弃用的期限 {until}", f"deprecated until {until}, which has come")
            hint = say(
                f"包的版本是 {version}；改为 status: removed", f"the pack has version {version}; say status: removed"
            )
            self._tell(draft, ("until",), message, hint)

    def _check_successor(self, draft: Draft) -> None:
        successor = draft.raw.written.get("replaced_by")
        if successor is not None and self._state.find_rule(successor) is None:
            message = say(f"没有规则“{successor}”", f"there is no rule '{successor}'")
            self._tell(draft, ("replaced_by",), message, name_choices(successor, list(self._state.rule_names())))

    def _check_yielding(self, draft: Draft) -> None:
        """Tell of rules to yield to that there are not, and of rules that would silence one another."""
        for index, name in enumerate(draft.raw.written.get("yields_to", ())):
            other = self._state.find_rule(name)
            if other is None or other.removed:
                message = say(f"没有规则“{name}”", f"there is no rule '{name}'")
                self._tell(draft, ("yields_to", index), message, name_choices(name, [*self._state.rule_names()]))
            elif other.id == draft.id:
                message = say(f"{draft.id} 让给自己", f"{draft.id} yields to itself")
                self._tell(draft, ("yields_to", index), message, say("写另一条规则", "name another rule"))
            elif self._reaches(other, draft):
                message = say(f"{draft.id} 和 {other.id} 互相让", f"{draft.id} and {other.id} yield to each other")
                hint = say("哪一条都不会再报；只让一边让", "neither would speak; let one of them yield")
                self._tell(draft, ("yields_to", index), message, hint)

    def _reaches(self, start: Draft, goal: Draft) -> bool:
        """Tell whether *start* is *goal* or yields to it, directly or through others."""
        seen, pending = {start.id}, [start]
        while pending and goal.id not in seen:
            others = [one for one in self._find_yielded(pending.pop()) if one.id not in seen]
            seen.update(one.id for one in others)
            pending += others
        return goal.id in seen

    def _find_yielded(self, draft: Draft) -> Iterator[Draft]:
        """Yield the rules that *draft* yields to: those in force, where one was replaced its successor."""
        for name in draft.raw.written.get("yields_to", ()) if draft.raw.sound else ():
            other = self._state.find_rule(name)
            while other is not None and other.successor is not None:
                other = self._state.find_rule(other.successor.value)
            if other is not None and not other.removed:
                yield other

    def _check_holes(self, draft: Draft) -> None:
        for key in _TEXTS_WITHOUT_HOLES:
            for language, text in draft.raw.written.get(key, {}).items():
                if "${" in text:
                    message = say(f"“{key}”里不能用占位符 ${{…}}", f"'{key}' cannot hold a placeholder ${{…}}")
                    hint = say("占位符只用在 message 里", "placeholders stand in 'message' only")
                    self._tell(draft, (key, language), message, hint)

    def _check_examples(self, draft: Draft) -> None:
        written = draft.raw.written.get("examples")
        if not isinstance(written, dict):
            return
        let = draft.raw.written.get("let", {})
        for kind, examples in written.items():
            for index, example in enumerate(examples):
                path = ("examples", kind, index)
                for name in example.get("values", {}):
                    if name not in let:
                        message = say(f"示例的值“{name}”不在 let 里", f"expected value '{name}' is no name of 'let'")
                        self._tell(draft, (*path, "values", name), message, name_choices(name, list(let)), on_key=True)
                for key, kinds in _ONLY_UNDER.items():
                    if key in example and kind not in kinds:
                        message = say(f"{kind} 例子没有“{key}”", f"a {kind} example has no '{key}'")
                        hint = say(
                            f"“{key}”只写在 {' 和 '.join(kinds)} 下", f"'{key}' stands under {' and '.join(kinds)}"
                        )
                        self._tell(draft, (*path, key), message, hint, on_key=True)
                for fault in check_example(parts_of(example)):
                    self._tell(draft, (*path, *fault.path), fault.message, fault.hint, on_key=fault.on_key)

    # --- expressions

    def _check_definitions(self) -> Vocabulary:
        # Imported here: packs that come from the cache are checked already.
        from perflint.expression.definitions import define_fields
        from perflint.expression.problems import ExpressionErrors
        from perflint.expression.rule import Vocabulary
        from perflint.schema.model import load_model

        params = {name: _type_of_param(param) for name, param in self._state.params.items()}
        vocab = {name: _type_of_vocabulary(is_map=lexicon.is_map) for name, lexicon in self._state.vocab.items()}
        vocabulary = Vocabulary(model=load_model(), params=params, vocab=vocab)
        for record, fields in self.definitions().items():
            if any(self._mentions_broken(text) for text in fields.values()):
                self._broken.update(fields)
                continue
            try:
                model, self.derived[record] = define_fields(vocabulary.model, record, fields, vocabulary)
            except ExpressionErrors as error:
                self._broken.update(fields)
                for problem in error.problems_found:
                    setting = self._state.define[record, str(problem.where[-1])]
                    self._tell_expression(setting.file, setting.path, problem, "")
            else:
                vocabulary = Vocabulary(model=model, params=params, vocab=vocab)
        return vocabulary

    def definitions(self) -> dict[str, dict[str, str]]:
        """Return the texts of the derived fields: record → field → expression."""
        found: dict[str, dict[str, str]] = {}
        for (record, name), setting in self._state.define.items():
            found.setdefault(record, {})[name] = setting.value
        return found

    def _check_expressions(self, draft: Draft) -> CheckedRule | None:
        from perflint.expression.problems import ExpressionErrors  # see above
        from perflint.expression.rule import check_rule

        if any(self._mentions_broken(text) for text in draft.raw.texts()):
            return None
        source = _rule_source(draft)
        known, text = _recall_checked(self._names), repr(source)
        if text in known:
            return known[text]
        if len(known) >= _MOST_KNOWN:  # a process that loads ever other packs
            known.clear()
        try:
            checked = known[text] = check_rule(source, self._vocabulary)
        except ExpressionErrors as error:
            for problem in error.problems_found:
                file, path = _text_place(draft, problem.where)
                self._tell_expression(file, path, problem, rule_label(draft.raw.file, draft.raw.path()))
            return None
        return checked

    @cached_property
    def _names(self) -> Hashable:
        """All that the expressions of the state may name, and in which language faults would be told."""
        state = self._state
        return (
            current(),
            tuple((record, tuple(fields.items())) for record, fields in self.definitions().items()),
            frozenset((name, _type_of_param(param)) for name, param in state.params.items()),
            frozenset((name, lexicon.is_map) for name, lexicon in state.vocab.items()),
        )

    def _mentions_broken(self, text: str) -> bool:
        return bool(self._broken) and any(name in self._broken for name in re.findall(r"\w+", text))

    def _tell_expression(self, file: YamlFile, path: Path, problem: ExpressionProblem, label: str) -> None:
        told = file.problem(label + problem.message, path, offset=problem.start, width=problem.width, hint=problem.hint)
        if told not in self._problems:
            self._problems.append(told)


@lru_cache(maxsize=8)
def _recall_checked(names: Hashable) -> dict[str, CheckedRule]:
    """Return the rules that were checked where expressions may name *names*, by their texts.

    The packs of places extend one pack: each would check its two hundred rules again.
    """
    return {}


def _type_of_param(param: Param) -> Type:
    from perflint.schema.model import BOOL, NUMBER, TEXT, list_of  # see above

    types = {"decimal": NUMBER, "integer": NUMBER, "text": TEXT, "bool": BOOL}
    return list_of(types[param.items or "text"]) if param.type == "list" else types[param.type]


def _type_of_vocabulary(*, is_map: bool) -> Type:
    from perflint.schema.model import TEXT, Type, list_of  # see above

    return Type("map", item=TEXT) if is_map else list_of(TEXT)


def _message_of(draft: Draft) -> Mapping[str, str]:
    setting = draft.settings.get("message")
    message: Mapping[str, str] = draft.raw.written["message"] if setting is None else setting.value
    return message


def _rule_source(draft: Draft) -> RuleSource:
    from perflint.expression.rule import RuleSource  # see above

    written = draft.raw.written
    return RuleSource(
        for_each=written["for_each"],
        when=written.get("when"),
        needs=tuple(written.get("needs", ())),
        let=dict(written.get("let", {})),
        assert_=written["assert"],
        at=written.get("at"),
        templates={f"message.{language}": text for language, text in _message_of(draft).items()},
    )


def _text_place(draft: Draft, where: Path) -> tuple[YamlFile, Path]:
    """Return file and path of the text that an expression problem is in."""
    if where[:1] == ("message",) and "message" in draft.settings:
        setting = draft.settings["message"]
        return setting.file, (*setting.path, *where[1:])
    return draft.raw.file, draft.raw.path(*where)


def _build_rule(draft: Draft, checked: CheckedRule, *, yields_to: tuple[str, ...], replaces: tuple[str, ...]) -> Rule:
    written, settings = draft.raw.written, draft.settings

    def effective(key: str, default: Any = None) -> Any:
        return settings[key].value if key in settings else written.get(key, default)

    return Rule(
        id=draft.id,
        name=draft.name,
        since=written["since"],
        status=written.get("status", "stable"),
        severity=Severity(effective("severity")),
        enabled=effective("enabled", True),
        tags=tuple(written.get("tags", ())),
        title=_texts(written["title"]),
        why=_texts(written["why"]),
        source=tuple(Source(**source) for source in written["source"]),
        for_each=written["for_each"],
        when=written.get("when"),
        needs=tuple(written.get("needs", ())),
        let=dict(written.get("let", {})),
        assert_=written["assert"],
        at=written.get("at"),
        message=_texts(_message_of(draft)),
        fix=_texts(effective("fix")) or None,
        notes=_texts(written.get("notes")) or None,
        examples=_examples_of(draft),
        pack=draft.pack,
        params={key.removeprefix("params."): s.value for key, s in settings.items() if key.startswith("params.")},
        exempt=_own_exemptions(draft) + draft.exempt,
        yields_to=yields_to,
        replaces=replaces,
        replaced_by=written.get("replaced_by"),
        formerly=draft.former,
        until=written.get("until"),
        places=_places_of(draft),
        checked=checked,
    )


def _texts(written: Mapping[str, str] | None) -> dict[str, str]:
    return dict(written or {})


def _own_exemptions(draft: Draft) -> tuple[Exemption, ...]:
    written = draft.raw.written.get("exempt")
    if written is None:
        return ()
    file, pack = draft.raw.file, draft.pack
    return read_exemptions(written, lambda path: make_place(file, path, pack, on_key=False), draft.raw.path("exempt"))


def _places_of(draft: Draft) -> Places:
    marks = draft.raw.file.marks_in(draft.raw.written)
    changed = {key: setting.place for key, setting in draft.settings.items()}
    return Places(draft.raw.file.path, draft.pack, marks, changed)


def _examples_of(draft: Draft) -> Examples:
    file, written = draft.raw.file, draft.raw.written.get("examples")
    if isinstance(written, Deferred):
        return Examples(path=file.path, text=written.text, first_line=written.first_line)
    if written is None:
        return Examples(path=file.path, read=())
    path = draft.raw.path("examples")
    return Examples(path=file.path, read=read_examples(written, lambda steps: file.place((*path, *steps))[0]))
