"""Where each value of a rule comes from: who set it, in which file and line, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from perflint.language import say
from perflint.pack.model import Exemption, Pack, Param, Place, Rule
from perflint.render.width import measure, pad

_NAME = re.compile(r"(?P<group>params|vocab)\s*\.\s*(?P<name>[a-z][a-z0-9_]*)|(?P<word>\w+)")
_SHOWN = 40  # characters of a value


class Used(NamedTuple):
    """What a rule takes from its packs: names of parameters and vocabularies, derived fields as ``record.name``."""

    params: tuple[str, ...]
    vocab: tuple[str, ...]
    define: tuple[str, ...]


def find_used(pack: Pack, rule: Rule) -> Used:
    """Return what the expressions and texts of *rule* name, and what the derived fields among that name in turn."""
    fields: dict[str, list[tuple[str, str]]] = {}
    for record, texts in pack.define.items():
        for name, text in texts.items():
            fields.setdefault(name, []).append((f"{record}.{name}", text))
    found: dict[str, dict[str, None]] = {"params": {}, "vocab": {}, "define": {}}
    pending = [rule.when or "", *rule.needs, *rule.let.values(), rule.assert_, rule.at or "", *rule.message.values()]
    while pending:
        for mention in _NAME.finditer(pending.pop()):
            if mention["group"]:
                found[mention["group"]][mention["name"]] = None
            for field, text in fields.pop(mention["word"] or "", ()):
                found["define"][field] = None
                pending.append(text)
    return Used(
        params=tuple(name for name in pack.params if name in found["params"]),
        vocab=tuple(name for name in pack.vocab if name in found["vocab"]),
        define=tuple(found["define"]),
    )


class _Origin(NamedTuple):
    key: str
    value: str
    place: Place


def list_origins(pack: Pack, rule: Rule) -> Iterator[str]:
    """Yield a line for each value: what it is, who set it, where, and why if it was changed."""
    yield from ("", say("每个值从哪里来", "where each value comes from"))
    rows = [*_own(rule), *_exemptions(rule), *_shared(pack, rule, find_used(pack, rule))]
    first = max(measure(row.key) for row in rows)
    second = max(measure(row.value) for row in rows)
    for key, value, place in rows:
        yield f"  {pad(key, first)}  {pad(value, second)}  {_describe_place(place)}"


def _own(rule: Rule) -> Iterator[_Origin]:
    yield from (_Origin(key, _value_of(rule, key), place) for key, place in rule.places.items() if key != "exempt")


def _exemptions(rule: Rule) -> Iterator[_Origin]:
    for exemption in rule.exempt:
        yield _Origin("exempt", _cut(_name_exempted(exemption)), exemption.place)


def _shared(pack: Pack, rule: Rule, used: Used) -> Iterator[_Origin]:
    """Yield what the rule shares with others: parameters, vocabularies with the words that came and went, fields."""
    for name in used.params:
        if f"params.{name}" not in rule.places:
            param = _param(pack, rule, name)
            yield _Origin(f"params.{name}", show_value(param.value), param.place)
    for name in used.vocab:
        yield from _words(pack, name)
    for field in used.define:
        record, _, name = field.partition(".")
        yield _Origin(f"define.{field}", show_value(pack.define[record][name]), pack.places[f"define.{field}"])


def _words(pack: Pack, name: str) -> Iterator[_Origin]:
    words = pack.vocab[name]
    count = say(f"{len(words)} 个词", f"{len(words)} words")
    yield _Origin(f"vocab.{name}", count, pack.places[f"vocab.{name}"])
    lead = f"vocab.{name}."
    for key, place in pack.places.items():
        if key.startswith(lead):
            word = key.removeprefix(lead)
            yield _Origin(lead[:-1], f"{'+' if word in words else '-'} {word}", place)


def _param(pack: Pack, rule: Rule, name: str) -> Param:
    return rule.params.get(name, pack.params[name])


def _describe_place(place: Place) -> str:
    reason = say(f"（{place.reason}）", f" ({place.reason})") if place.reason else ""
    return f"{place.pack}  {place}{reason}"


def describe_exemption(exemption: Exemption) -> str:
    """Return whom a rule leaves out, and why."""
    places = _name_exempted(exemption)
    return say(f"不查：{places}（{exemption.reason}）", f"exempt: {places} ({exemption.reason})")


def _name_exempted(exemption: Exemption) -> str:
    named = ("organization", "division", "table", "indicator")
    return ", ".join(f"{key} {value}" for key in named if (value := getattr(exemption, key)) is not None)


def _value_of(rule: Rule, key: str) -> str:
    if key.startswith("params."):
        return show_value(rule.params[key.removeprefix("params.")].value)
    value: Any = getattr(rule, "assert_" if key == "assert" else key.partition(".")[0], None)
    if key in ("message", "fix", "title", "why", "notes") and value is not None:
        value = value[say("zh", "en")]
    return "" if value is None or key in ("examples", "source", "exempt") else show_value(value)


def show_value(value: Any) -> str:
    """Return a value in one short line."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Mapping):
        text = "; ".join(f"{name} = {part}" for name, part in value.items())
    elif isinstance(value, tuple):
        text = "[" + ", ".join(map(str, value)) + "]"
    else:
        text = str(getattr(value, "value", value))
    return _cut(text)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
