"""What a format tells about a rule beside its findings: title, reason, regulation, repair."""

from __future__ import annotations

from collections.abc import Iterator

from perflint.language import say
from perflint.pack.model import Rule, Source
from perflint.render.width import clean
from perflint.render.words import pick_text


def explain_rule(rule: Rule, *, markdown: bool) -> str:
    """Return title, why, sources, fix and notes of *rule* in the language in force, as Markdown or plain text."""
    return "\n\n".join(_sections(rule, markdown=markdown)) or rule.id


def cite_source(source: Source) -> str:
    """Return one source as people cite it: ``《文件》（文号）第十二条``."""
    number = f"（{source.number}）" if source.number else ""
    return f"{source.document}{number}{source.article or ''}"


def cite_sources(rule: Rule) -> str:
    """Return all sources of *rule* on one line, those that were not compared with the text marked."""
    return _join_sources(rule, markdown=False)


def _sections(rule: Rule, *, markdown: bool) -> Iterator[str]:
    parts = [
        (None, pick_text(rule.title)),
        (None, pick_text(rule.why)),
        (say("依据", "Source"), _join_sources(rule, markdown=markdown)),
        (say("怎样改", "How to repair"), pick_text(rule.fix)),
        (say("可能的误报", "May be wrong when"), pick_text(rule.notes)),
    ]
    for heading, text in parts:
        if not text:
            continue
        escaped = escape_markdown(text) if markdown and heading != say("依据", "Source") else text
        lead = (f"**{heading}**" if markdown else heading) + say("：", ": ") if heading else ""
        yield lead + escaped


def _join_sources(rule: Rule, *, markdown: bool) -> str:
    cited = []
    for source in rule.source:
        text = escape_markdown(cite_source(source)) if markdown else cite_source(source)
        url = source.url if source.url and source.url.startswith(("https://", "http://")) else None
        linked = f"[{text}]({url.replace(')', '%29')})" if markdown and url else text
        cited.append(linked + ("" if source.checked else say("（未核对原文）", " (not compared with the text)")))
    return say("；", "; ").join(cited)


def escape_markdown(text: str) -> str:
    """Return *text* so that Markdown shows it as it is on one line, in a table too, and ``@`` calls nobody."""
    text = clean(text).replace("&", "&amp;")
    for character in "\\`*_{}[]<>|#~$":
        text = text.replace(character, "\\" + character)
    return " ".join(text.replace("@", "&#64;").split())
