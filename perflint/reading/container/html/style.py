"""What the style sheets inside a page hide or strike through, written to the elements themselves.

    <style>.x5 {display: none}</style> … <td class=x5>  ──apply_styles──▶  <td class=x5 style="display: none">

Excel and Word write such classes when they save as a page. Only selectors of one class, tag or id are followed, and no
rules for media such as print.
Source: CSS 2.2, 4.1 (syntax) and 5 (selectors).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perflint.reading.container.xml import Element

_AT_RULE = re.compile(r"@[^{};@]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_SELECTOR = re.compile(r"[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]*[.#][\w-]+", re.ASCII)
_TELLING = re.compile(r"\b(display|visibility|text-decoration(?:-line)?)\s*:\s*([^;!]+)", re.IGNORECASE)

Declarations = dict[str, str]


def apply_styles(root: Element) -> None:
    """Add what the page's own style sheets say about each element to its ``style``; what it says itself goes before."""
    rules: dict[str, Declarations] = {}
    for sheet in root.iter("style"):
        for selector, declarations in _list_rules(sheet.text or ""):
            rules.setdefault(selector, {}).update(declarations)
    if not rules:
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            _apply(element, rules)


def _list_rules(text: str) -> Iterator[tuple[str, Declarations]]:
    bare = _drop_comments(text.replace("<!--", "").replace("-->", ""))
    for block in _AT_RULE.sub("", bare).split("}")[:-1]:
        *_, selectors, body = ("", "", *block.rsplit("{", 2))
        declarations = {name.lower(): value.strip() for name, value in _TELLING.findall(body)}
        for selector in selectors.split(",") if declarations else ():
            if _SELECTOR.fullmatch(selector.strip()):
                yield selector.strip(), declarations


def _drop_comments(text: str) -> str:
    """By hand: to search for the end of a comment that has none takes time with the square of their number."""
    kept, at = [], 0
    while (begin := text.find("/*", at)) >= 0 and (end := text.find("*/", begin + 2)) >= 0:
        kept.append(text[at:begin])
        at = end + 2
    return "".join([*kept, text[at:]])


def _apply(element: Element, rules: dict[str, Declarations]) -> None:
    tag = element.tag.lower()
    names = [f".{name}" for name in (element.get("class") or "").split()]
    names += [f"#{element.get('id')}"] if element.get("id") else []
    own = element.get("style") or ""
    found: Declarations = {}
    for name in (tag, *names, *(tag + name for name in names)):
        found.update(rules.get(name, {}))
    found = {name: value for name, value in found.items() if not re.search(rf"\b{name}\s*:", own, re.IGNORECASE)}
    if found:
        element.set("style", ";".join([*(f"{name}: {value}" for name, value in found.items()), own]))
