"""``perflint rules``: what is checked, pack by pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from perflint.commands.arguments import Call, Parser, add_packs, one_of
from perflint.commands.packs import list_packs, recall_pack
from perflint.language import say
from perflint.pack.model import Pack, Rule
from perflint.render.width import measure, pad


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "rules",
        say("列出规则：编号、严重程度、名称、题目。", "List the rules: id, severity, name, title."),
        [
            ("perflint rules", say("所有规则", "every rule")),
            ("perflint rules 满意度", say("题目里有这个词的规则", "the rules with this word in the title")),
            ("perflint rules --tag arithmetic", say("带这个标签的规则", "the rules with this tag")),
            ("perflint rules --pack ./my-county.yaml", say("我的规则包里生效的规则", "the rules in force in my pack")),
        ],
    )
    parser.add_argument(
        "words",
        metavar="WORD",
        nargs="*",
        default=[],
        help=say("只列编号、名称或题目里有这些词的", "only those with these words in id, name or title"),
    )
    add_packs(parser)
    parser.add_argument(
        "--tag",
        metavar="TAG",
        action="append",
        default=[],
        help=say("只列带这个标签的，可写多次", "only those with this tag; repeatable"),
    )
    parser.add_argument("--format", metavar="F", type=one_of("text", "json"), default="text", help="text | json")
    return parser


def run(call: Call) -> int:
    """Print the list."""
    packs = [recall_pack(pack) for pack in list_packs(call)]
    chosen = [
        (pack, rule)
        for pack, rule in _choose(packs, call.arguments.tag)
        if all(_mentions(rule, word) for word in call.arguments.words)
    ]
    if call.arguments.format == "json":
        call.terminal.write(
            json.dumps([_as_data(pack, rule) for pack, rule in chosen], ensure_ascii=False, indent=2) + "\n"
        )
    else:
        call.terminal.write("\n".join(_as_lines(chosen, call.lang)) + "\n")
    return 0


def _choose(packs: Iterable[Pack], tags: list[str]) -> Iterator[tuple[Pack, Rule]]:
    """Yield each rule once, by pack and id, from the pack that defines it if that is among *packs*."""
    packs = list(packs)
    own = {rule.id for pack in packs for rule in pack.rules if rule.pack == pack.id}
    seen: set[str] = set()
    for pack in packs:
        for rule in sorted(pack.rules, key=lambda rule: rule.id):
            if rule.id not in seen and (rule.pack == pack.id or rule.id not in own) and set(tags) <= set(rule.tags):
                seen.add(rule.id)
                yield pack, rule


def _mentions(rule: Rule, word: str) -> bool:
    texts = (rule.id, rule.name, *rule.title.values())
    return any(word.casefold() in text.casefold() for text in texts)


def _as_lines(chosen: list[tuple[Pack, Rule]], lang: str) -> Iterator[str]:
    if not chosen:
        yield say("没有这样的规则", "there is no such rule")
        return
    names = max(measure(rule.name) for _, rule in chosen)
    heading = None
    for pack, rule in chosen:
        if pack.id != heading:
            yield from ([""] if heading is not None else [])
            yield f"{pack.id} {pack.version}  {pack.title[lang]}"
            heading = pack.id
        level = pad(name_severity(rule, lang), 7 if lang == "en" else 4)
        state = name_state(rule, lang)
        note = say(f"（{state}）", f" ({state})") if state else ""
        yield f"  {pad(rule.id, 6)}  {level}  {pad(rule.name, names)}  {rule.title[lang]}{note}"


def name_severity(rule: Rule, lang: str) -> str:
    """Return the severity as a person says it."""
    return _SEVERITIES[rule.severity.value][lang]


def name_state(rule: Rule, lang: str) -> str:
    """Return what is unusual about the rule's standing: preview, deprecated, off; empty if nothing is."""
    marks = [_STATUSES[rule.status][lang]] if rule.status in _STATUSES else []
    if not rule.enabled:
        marks.append({"zh": "默认不启用", "en": "off by default"}[lang])
    return {"zh": "、", "en": ", "}[lang].join(marks)


_SEVERITIES = {
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "警告", "en": "warning"},
    "info": {"zh": "提示", "en": "info"},
}
_STATUSES = {
    "preview": {"zh": "试行", "en": "preview"},
    "deprecated": {"zh": "将停用", "en": "deprecated"},
}


def _as_data(pack: Pack, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "pack": rule.pack,
        "in_force_in": pack.id,
        "severity": rule.severity.value,
        "status": rule.status,
        "enabled": rule.enabled,
        "tags": list(rule.tags),
        "for_each": rule.for_each,
        "title": dict(rule.title),
    }
