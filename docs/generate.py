"""Rewrite what docs/ takes from elsewhere: ``python -m docs.generate``, or ``make docs``. New rules join the register.

The pages under docs/rules come from the shipped packs: those of the core rules in ``zh`` and ``en``, those of any other
pack in a folder of its name. The other pages hold tables read off the schemas; a page says where with
``<!-- generated: NAME -->`` … ``<!-- end -->``; what stands between is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.meanings import FACTS as FACT_MEANINGS
from docs.meanings import FUNCTIONS as FUNCTION_MEANINGS
from docs.meanings import KINDS
from perflint import Target, read_value
from perflint.functions import FUNCTIONS
from perflint.pack.files import shipped_packs
from perflint.pack.header import read_header
from perflint.pack.load import load_pack
from perflint.pack.model import Pack
from perflint.render.rule_pages import INDEX, build_rule_pages
from perflint.schema import load_schema
from perflint.schema.model import SCOPES, Record, load_model

DOCS = Path(__file__).parent
RULES = DOCS / "rules"
# Every rule that was ever shipped: id, name and version under which it first came.
REGISTER = DOCS.parent / "rules" / "register.csv"
_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Rewrite the pages of rules, and every page that has a generated part."""
    pages = build_pages_of_rules(load_pack(name, thorough=True) for name in shipped_packs())
    for stale in read_pages_of_rules().keys() - pages.keys():
        (RULES / stale).unlink()
    for name, text in pages.items():
        (RULES / name).parent.mkdir(parents=True, exist_ok=True)
        (RULES / name).write_text(text, encoding="utf-8")
    packs = [load_pack(name) for name in shipped_packs()]
    REGISTER.write_text(enter_rules(REGISTER.read_text(encoding="utf-8"), packs), encoding="utf-8")
    for page in list_pages():
        page.write_text(renew(page.read_text(encoding="utf-8"), page.parent.name), encoding="utf-8")


def enter_rules(register: str, packs: Iterable[Pack]) -> str:
    """Return the text of the register of shipped rules with the rules that are new; a line once there never changes."""
    entered = {line.partition(",")[0] for line in register.splitlines()}
    shipped = (rule for pack in packs for rule in pack.rules if rule.pack == pack.id)
    new = sorted(f"{rule.id},{rule.name},{rule.since}" for rule in shipped if rule.id not in entered)
    heading, *lines = register.splitlines()
    return "\n".join([heading, *sorted([*lines, *new])]) + "\n"


def build_pages_of_rules(packs: Iterable[Pack]) -> dict[str, str]:
    """Return the pages of the shipped packs by their path below docs/rules."""
    return {f"{_folder_of(pack.id)}{name}": text for pack in packs for name, text in build_rule_pages(pack).items()}


def read_pages_of_rules() -> dict[str, str]:
    """Return the pages that are there, likewise."""
    return {path.relative_to(RULES).as_posix(): path.read_text(encoding="utf-8") for path in RULES.glob("**/*.md")}


def _folder_of(pack: str) -> str:
    return "" if pack == "cn-core" else f"{pack}/"


def list_pages() -> list[Path]:
    """Return the pages of both languages that are written by hand."""
    return sorted([*DOCS.glob("zh/*.md"), *DOCS.glob("en/*.md")])


def renew(text: str, lang: str) -> str:
    """Return the page with its generated parts as they should be."""
    return _BLOCK.sub(lambda found: found[1] + "\n".join(_PARTS[found[2]](lang)) + "\n" + found[3], text)


def _fields(lang: str) -> Iterator[str]:
    """Yield a table for each record of a document, from the outside inwards."""
    records = load_model().records
    for name in _reachable(records):
        record = records[name]
        yield from ("", f"### `{name}` {record.title if lang == 'zh' else record.title_en}", "")
        yield "| 字段 | 表上的叫法 | 内容 |" if lang == "zh" else "| field | on the form | holds |"
        yield "|---|---|---|"
        for field in record.fields.values():
            if field.key is not None:
                names = "、".join((field.title, *field.aliases))
                shown = names if lang == "zh" else f"{field.title_en} ({names})"
                yield f"| `{field.key}` | {shown} | {_describe(field, lang)} |"
    yield ""


def _reachable(records: Mapping[str, Record]) -> list[str]:
    found = ["document"]
    for name in found:  # grows while it is walked
        for field in records[name].fields.values():
            inner = field.type.item or field.type
            if field.key is not None and inner.record is not None and inner.record not in found:
                found.append(inner.record)
    return found


def _describe(field: Any, lang: str) -> str:
    if field.choices:
        return " ".join(f"`{choice}`" for choice in field.choices)
    if field.type.kind == "list":
        return f"`{field.type.item.record}` × n"
    if field.type.kind == "record":
        return f"`{field.type.record}`"
    zh, en = _READINGS[field.reading]
    return zh if lang == "zh" else en


def _settings(lang: str) -> Iterator[str]:
    schema = load_schema("config-1")
    yield "| 设置 | 意思 | 默认 |" if lang == "zh" else "| setting | meaning | default |"
    yield "|---|---|---|"
    for name, part in schema["properties"].items():
        if name.startswith("$"):
            continue
        title, more = ("title", "description") if lang == "zh" else ("x-en", "x-en-description")
        text = (
            "：".join(filter(None, (part[title], part.get(more))))
            if lang == "zh"
            else ": ".join(filter(None, (part[title], part.get(more))))
        )
        default = f"`{str(part['default']).lower()}`" if "default" in part else ""
        yield f"| `{name}` | {text} | {default} |"


def _scopes(lang: str) -> Iterator[str]:
    records = load_model().records
    yield "| `for_each` | 每个 |" if lang == "zh" else "| `for_each` | each |"
    yield "|---|---|"
    for name, scope in SCOPES.items():
        if name == "cell":
            title = "有文字的格子" if lang == "zh" else "cell that holds text"
        else:
            record = records[scope.record]
            title = record.title if lang == "zh" else record.title_en
        yield f"| `{name}` | {title} |"


def _functions(lang: str) -> Iterator[str]:
    yield "| 函数 | 得到 | 意思 |" if lang == "zh" else "| function | gives | meaning |"
    yield "|---|---|---|"
    for name, function in sorted(FUNCTIONS.items()):
        required = len(function.parameters) - function.optional
        shown = [str(p) if i < required else f"[{p}]" for i, p in enumerate(function.parameters)]
        yield f"| `{name}({', '.join(shown)})` | `{function.result}` | {_pick(FUNCTION_MEANINGS[name], lang)} |"


def _kinds(lang: str) -> Iterator[str]:
    """Yield the kinds of a value with a cell of each, as the reader reads it today."""
    yield (
        "| 种类 `target.kind` | 意思 | 例 | 读作 |" if lang == "zh" else "| `target.kind` | meaning | cell | read as |"
    )
    yield "|---|---|---|---|"
    for kind in load_model().records["target"].fields["kind"].choices:
        *meaning, cell = KINDS[kind]
        target = read_value(cell)
        if target.kind != kind:
            raise ValueError(f"{cell} is no example of the kind {kind} but of {target.kind}")
        yield f"| `{kind}` | {_pick(meaning, lang)} | {cell} | {_show_facts(target)} |"


def _show_facts(target: Target) -> str:
    facts = {name: getattr(target, name) for name in _SHOWN_FACTS}
    return " ".join(f"`{name} {value}`" for name, value in facts.items() if value is not None)


def _facts(lang: str) -> Iterator[str]:
    """Yield a table for each record that a function reads out of a text."""
    makers = {function.result: name for name, function in FUNCTIONS.items()}
    for record, meanings in FACT_MEANINGS.items():
        called = next(name for result, name in makers.items() if record in str(result))
        yield from ("", f"`{called}`" if record != "target" else "`target`", "")
        yield "| 字段 | 内容 | 意思 |" if lang == "zh" else "| field | holds | meaning |"
        yield "|---|---|---|"
        for name, field in load_model().records[record].fields.items():
            yield f"| `{name}` | `{field.type}` | {_pick(meanings[name], lang)} |"
    yield ""


def _pick(meaning: Sequence[str], lang: str) -> str:
    return meaning[0] if lang == "zh" else meaning[1]


def _packs(lang: str) -> Iterator[str]:
    for name, path in sorted(shipped_packs().items(), key=lambda item: (item[0] != "cn-core", item[0])):
        yield f"- [{read_header(path).title[lang]} `{name}`](../rules/{_folder_of(name)}{lang}/{INDEX})"


_PARTS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "facts": _facts,
    "fields": _fields,
    "functions": _functions,
    "kinds": _kinds,
    "packs": _packs,
    "scopes": _scopes,
    "settings": _settings,
}

_SHOWN_FACTS = (
    "comparator",
    "number",
    "low",
    "high",
    "unit",
    "date",
    "start",
    "end",
    "bound",
    "every",
    "day",
    "reason",
)

# How a cell is read → what may stand in it.
_READINGS = {
    "text": ("文字", "text"),
    "plain": ("文字", "text"),
    "printed": ("数或原样文字", "number, or text as printed"),
    "amount": ("金额：数或原样文字", "amount: number, or text as printed"),
    "percent": ("百分比：数或原样文字", "percentage: number, or text as printed"),
    "number": ("数或原样文字", "number, or text as printed"),
    "year": ("四位年份", "year, four digits"),
    "date": ("日期，原样文字", "date, text as printed"),
}

if __name__ == "__main__":
    main()
