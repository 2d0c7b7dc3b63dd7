"""``perflint explain``: all there is to know about one rule, and with ``--effective`` where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator

from perflint.commands.arguments import Call, Parser, add_packs
from perflint.commands.origins import describe_exemption, find_used, list_origins, show_value
from perflint.commands.packs import find_rule
from perflint.commands.rules import name_severity, name_state
from perflint.document.writing import write_data
from perflint.language import say
from perflint.pack.examples import Example
from perflint.pack.model import Pack, Rule, Source
from perflint.render.width import wrap


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
    sections += list_origins(pack, rule) if call.arguments.effective else _examples(rule)
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
        (say("让给", "yields to"), rule.yields_to),
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
    yield from (f"  {describe_exemption(exemption)}" for exemption in rule.exempt)
    values = pack.values_for(rule)
    yield from (f"  params.{name} = {show_value(values[name])}" for name in find_used(pack, rule).params)


def _examples(rule: Rule) -> Iterator[str]:
    titles = {
        "pass": say("合格的例子", "passes"),
        "fail": say("不合格的例子", "fails"),
        "unknown": say("未能判断的例子", "cannot be decided"),
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
