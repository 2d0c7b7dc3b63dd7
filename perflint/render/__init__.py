"""Report → text, JSON, SARIF and so on: one file a format, and only the one asked for is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from perflint.errors import ConfigError, Problem
from perflint.finding import Report
from perflint.language import say, speaking
from perflint.render.options import RenderOptions
from perflint.report.inputs import ProgramLike


@dataclass(frozen=True, slots=True)
class Format:
    """One way to render.

    Attributes:
        module: The module of this package whose ``render`` does it.
        suffix: What a file of it is usually called.
        zh, en: What it is for, in a few words.
    """

    module: str
    suffix: str
    zh: str
    en: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": Format("text", ".txt", "给人看", "for people"),
        "json": Format("report_json", ".json", "完整报告", "the whole report"),
    }
)


def render(
    report: Report,
    format: str,  # noqa: A002 - the name users know from --format
    *,
    program: ProgramLike | None = None,
    color: bool = False,
    width: int | None = None,
    statistics: bool = False,
) -> str | bytes:
    """Return *report* in *format*, one of ``FORMATS``; bytes for xlsx, else text without a byte order mark.

    Args:
        program: The rules of the run, for titles, reasons and sources; without it those are left out.
        color: Whether text is coloured.
        width: Columns of the terminal; None leaves lines as long as they come.
        statistics: Whether text lists the ledger and every notice.

    Raises:
        ConfigError: No such format, or what it needs is not installed.
    """
    entry = FORMATS.get(format)
    if entry is None:
        hint = say(f"可用：{'、'.join(FORMATS)}", f"legal: {', '.join(FORMATS)}")
        raise ConfigError(Problem(message=say(f"没有格式 {format}", f"unknown format {format}"), hint=hint))
    rules = {rule.id: rule for rule in program.rules} if program is not None else {}
    options = RenderOptions(rules=rules, color=color, width=width, statistics=statistics)
    with speaking(report.lang):
        rendered = cast("str | bytes", import_module(f"{__name__}.{entry.module}").render(report, options))
    return _storable(rendered) if isinstance(rendered, str) else rendered


def _storable(text: str) -> str:
    """Return *text* so that it can be written as UTF-8: half characters of odd file names become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
