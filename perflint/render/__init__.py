"""Report → text, JSON, SARIF and so on: one file a format, and only the one asked for is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from perflint.errors import ConfigError, Problem
from perflint.finding import Report
from perflint.language import say, speaking
from perflint.record import dataclass
from perflint.render.options import RenderOptions
from perflint.typed import cast

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.report.inputs import BookLike


@dataclass(frozen=True, slots=True)
class Format:
    """One way to render.

    Attributes:
        module: The module of this package that does it.
        suffix: What a file of it is usually called.
        zh, en: What it is for, in a few words.
        draws: Whether it shows the tables as the form looks, which a report carries only if asked.
        streams: Whether it can be written document by document while others are still being checked; its module then
            has ``begin``, ``part`` and ``end``, which yields bit by bit. Any other has ``pieces``, which yields the
            whole bit by bit once the run is over.
        tells_unread: Whether it says what could not be read.
    """

    module: str
    suffix: str
    zh: str
    en: str
    draws: bool = False
    streams: bool = False
    tells_unread: bool = True


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": Format("text", ".txt", "给人看", "for people", streams=True),
        "concise": Format("concise", ".txt", "一处一行", "one line a finding", streams=True),
        "json": Format("report_json", ".json", "完整报告", "the whole report"),
        "jsonl": Format(
            "report_jsonl", ".jsonl", "完整报告，一行一项", "the whole report, one item a line", streams=True
        ),
        "sarif": Format("sarif", ".sarif", "代码扫描服务", "code scanning services"),
        "gitlab": Format("gitlab", ".json", "GitLab 代码质量", "GitLab code quality", tells_unread=False),
        "github": Format("github", ".txt", "GitHub Actions 注释", "GitHub Actions annotations", streams=True),
        "junit": Format("junit", ".xml", "测试报告", "test reports"),
        "csv": Format(
            "table_csv", ".csv", "表格，Excel 可直接打开", "a table that Excel opens", streams=True, tells_unread=False
        ),
        "xlsx": Format("table_xlsx", ".xlsx", "工作簿", "a workbook"),
        "html": Format("html", ".html", "给人看的网页，一个文件", "a page for people, one file", draws=True),
        "markdown": Format("markdown", ".md", "合并请求里的评论", "a comment on a pull request"),
    }
)


def render(
    report: Report,
    format: str,  # noqa: A002 - the name users know from --format
    *,
    program: BookLike | None = None,
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
    options = build_options(program, color=color, width=width, statistics=statistics)
    entry = FORMATS.get(format)
    if entry is not None and entry.streams:
        with speaking(report.lang):
            whole = render_begin(format, options) + render_part(report, format, options)
            return whole + "".join(render_end(report, format, options))
    rendered = list(render_pieces(report, format, options))
    return b"".join(rendered) if isinstance(rendered[0], bytes) else "".join(rendered)


def render_pieces(report: Report, format: str, options: RenderOptions) -> Iterator[Any]:  # noqa: A002
    """Yield the whole report bit by bit, text or bytes, in a format that does not stream."""
    return _speak(report, cast("Iterator[str | bytes]", _load(format).pieces(report, options)))


def _speak(report: Report, rendered: Iterator[Any]) -> Iterator[Any]:
    """Yield each piece as it is in the language of *report*."""
    while True:
        # Whoever takes the pieces may speak another language in between.
        with speaking(report.lang):
            piece = next(rendered, None)
        if piece is None:
            return
        yield _storable(piece) if isinstance(piece, str) else piece


def build_options(
    program: BookLike | None, *, color: bool = False, width: int | None = None, statistics: bool = False
) -> RenderOptions:
    """Return the options of a rendering; see ``render``."""
    rules = {rule.id: rule for rule in program.rules} if program is not None else {}
    return RenderOptions(rules=rules, color=color, width=width, statistics=statistics)


def render_begin(format: str, options: RenderOptions) -> str:  # noqa: A002
    """Return what comes before the first document, in the language in force, in a format that streams."""
    return _storable(cast("str", _load(format).begin(options)))


def render_part(report: Report, format: str, options: RenderOptions) -> str:  # noqa: A002
    """Return what is to be written of the findings of one document, in a format that streams."""
    with speaking(report.lang):
        return _storable(cast("str", _load(format).part(report, options)))


def render_end(report: Report, format: str, options: RenderOptions) -> Iterator[str]:  # noqa: A002
    """Yield what comes behind the last document, in a format that streams; *report* need not hold its findings."""
    return _speak(report, cast("Iterator[str]", _load(format).end(report, options)))


def _load(format: str) -> Any:  # noqa: A002
    entry = FORMATS.get(format)
    if entry is None:
        hint = say(f"可用：{'、'.join(FORMATS)}", f"legal: {', '.join(FORMATS)}")
        raise ConfigError(Problem(message=say(f"没有格式 {format}", f"unknown format {format}"), hint=hint))
    return import_module(f"{__name__}.{entry.module}")


def _storable(text: str) -> str:
    """Return *text* so that it can be written as UTF-8: half characters of odd file names become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
