"""``perflint explain``: all there is to know about one rule, and with ``--effective`` where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perflint.commands.arguments import Call, Parser, add_packs
from perflint.commands.packs import find_rule
from perflint.commands.rules import name_severity, name_state
from perflint.document import write_data
from perflint.language import say
from perflint.pack import Example, Pack, Param, Place, Rule, Source
from perflint.render.width import measure, pad, wrap


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "explain",
        say(
            "解释一条规则：查什么、为什么、依据、怎么改、例子。",
            "Explain a rule: what it checks and why, sources, fix, examples.",
        ),
        [
            ("perflint explain PT101", say("按编号", "by id")),
            (
                "perflint explain unit-missing --effective",
                say("按名称，并说明每个值是谁定的", "by name, and who set each value"),
            ),
        ],
    )
    parser.add_argument("rule", metavar="ID|NAME", help=say("规则编号或名称", "rule id or name"))
    add_packs(parser)
    parser.add_argument(
        "--effective", action="store_true", help=say("每个值是哪个包、哪一行定的", "which pack and line set each value")
    )
    return parser


def run(call: Call) -> int:
    """Print the explanation."""
    pack, rule = find_rule(call, call.arguments.rule)
    sections = [*_head(pack, rule, call.lang), *_body(rule, call.lang), *_logic(pack, rule)]
    sections += _origins(pack, rule) if call.arguments.effective else _examples(rule)
    width = call.terminal.width
    call.terminal.write("\n".join(wrap(line, width, hanging=_hanging(line)) for line in sections) + "\n")
    return 0


def _hanging(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 2)


def _head(pack: Pack, rule: Rule, lang: str) -> Iterator[str]:
    yield f"{rule.id} {rule.name}  {name_severity(rule, lang)}"
    yield rule.title[lang]
    yield ""
    state = name_state(rule, lang)
    if state:
        yield say(f"状态：{state}", f"state: {state}")
    version = next((part.version for part in pack.parts if part.id == rule.pack), pack.version)
    yield say(f"规则包：{rule.pack} {version}，自 {rule.since} 起", f"pack: {rule.pack} {version}, since {rule.since}")
    for title, values in (
        (say("标签", "tags"), rule.tags),
        (say("曾用", "formerly"), rule.formerly),
        (say("取代", "replaces"), rule.replaces),
        (say("由其取代", "replaced by"), (rule.replaced_by,) if rule.replaced_by else ()),
    ):
        if values:
            yield f"{title}{say('：', ': ')}{say('、', ', ').join(values)}"


def _body(rule: Rule, lang: str) -> Iterator[str]:
    for title, texts in (
        (say("为什么", "why"), rule.why),
        (say("怎么改", "how to mend it"), rule.fix),
        (say("可能误报", "when it may be wrong"), rule.notes),
    ):
        if texts is not None:
            yield from ("", title, f"  {texts[lang].strip()}")
    yield from ("", say("依据", "sources"))
    yield from (f"  {_name_source(source)}" for source in rule.source)


def _name_source(source: Source) -> str:
    parts = [f"《{source.document}》", source.number, source.article, source.url]
    checked = "" if source.checked else say("（未核对原文）", " (not compared with the text)")
    return " ".join(part for part in parts if part) + checked


def _logic(pack: Pack, rule: Rule) -> Iterator[str]:
    yield from ("", say("怎么查", "how it checks"))
    yield f"  for_each: {rule.for_each}"
    if rule.when is not None:
        yield f"  when: {rule.when}"
    if rule.needs:
        yield f"  needs: {', '.join(rule.needs)}"
    yield from (f"  let {name}: {text}" for name, text in rule.let.items())
    yield f"  assert: {rule.assert_}"
    yield from (f"  {_describe_exemption(exemption)}" for exemption in rule.exempt)
    for name in _params_of(rule, pack):
        value = pack.values_for(rule)[name]
        yield f"  params.{name} = {_show(value)}"


def _describe_exemption(exemption: Any) -> str:
    named = ("organization", "division", "table", "indicator")
    places = ", ".join(f"{key} {value}" for key in named if (value := getattr(exemption, key)) is not None)
    return say(f"不查：{places}（{exemption.reason}）", f"exempt: {places} ({exemption.reason})")


def _params_of(rule: Rule, pack: Pack) -> list[str]:
    """Return the parameters that the rule's expressions or texts mention."""
    texts = [rule.when or "", *rule.let.values(), rule.assert_, *rule.message.values()]
    return [name for name in pack.params if any(_mentions(text, f"params.{name}") for text in texts)]


def _mentions(text: str, name: str) -> bool:
    found = text.find(name)
    return found >= 0 and not (text[found + len(name) :][:1].isalnum() or text[found + len(name) :].startswith("_"))


def _examples(rule: Rule) -> Iterator[str]:
    titles = {
        "pass": say("合格的例子", "passes"),
        "fail": say("不合格的例子", "fails"),
        "unknown": say("无法判断的例子", "cannot be decided"),
        "not_applicable": say("不适用的例子", "does not apply"),
    }
    for kind, title in titles.items():
        examples = rule.examples.of(kind)
        if examples:
            yield from ("", title)
            yield from (line for example in examples for line in _describe_example(example))


def _describe_example(example: Example) -> Iterator[str]:
    if example.note is not None:
        yield f"  # {example.note}"
    yield from (f"  {line}" for line in write_data(example.parts).splitlines())


def _origins(pack: Pack, rule: Rule) -> Iterator[str]:
    """Yield a line for each value: what it is, who set it, where, and why if it was an override."""
    yield from ("", say("每个值从哪里来", "where each value comes from"))
    rows = [(key, _value_of(rule, key), place) for key, place in rule.places.items()]
    rows += [
        (f"params.{name}", _show(_param(pack, rule, name).value), _param(pack, rule, name).place)
        for name in _params_of(rule, pack)
        if f"params.{name}" not in rule.places
    ]
    first = max(measure(key) for key, _, _ in rows)
    second = max(measure(value) for _, value, _ in rows)
    for key, value, place in rows:
        yield f"  {pad(key, first)}  {pad(value, second)}  {_describe_place(place)}"


def _param(pack: Pack, rule: Rule, name: str) -> Param:
    return rule.params.get(name, pack.params[name])


def _describe_place(place: Place) -> str:
    reason = say(f"（{place.reason}）", f" ({place.reason})") if place.reason else ""
    return f"{place.pack}  {place}{reason}"


_SHOWN = 40


def _value_of(rule: Rule, key: str) -> str:
    if key.startswith("params."):
        return _show(rule.params[key.removeprefix("params.")].value)
    value: Any = getattr(rule, "assert_" if key == "assert" else key.partition(".")[0], None)
    if key in ("message", "fix", "title", "why", "notes") and value is not None:
        value = value[say("zh", "en")]
    return "" if value is None or key in ("examples", "source", "exempt") else _show(value)


def _show(value: Any) -> str:
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Mapping):
        text = "; ".join(f"{name} = {part}" for name, part in value.items())
    elif isinstance(value, tuple):
        text = "[" + ", ".join(map(str, value)) + "]"
    else:
        text = str(getattr(value, "value", value))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
