"""Where the report of ``check`` goes: to the output and to files, written as findings come or at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby

from perflint.finding import Finding, Report, Verdict
from perflint.programs import RuleBook
from perflint.record import dataclass
from perflint.render import FORMATS, build_options, render_begin, render_end, render_part, render_pieces
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Self


class Output(NamedTuple):
    """One rendering: its format, the file that it goes to or None for the output, and how it is to look there."""

    format: str
    path: str | None = None
    color: bool = False
    width: int | None = None
    statistics: bool = False

    @property
    def streams(self) -> bool:
        """Whether it is written document by document."""
        return FORMATS[self.format].streams

    def begin(self) -> str:
        """Return what comes before the first document."""
        return render_begin(self.format, build_options(None))

    def part(self, report: Report, book: RuleBook) -> str:
        """Return what is to be written of one document."""
        return render_part(report, self.format, build_options(book, color=self.color, width=self.width))

    def end(self, report: Report, book: RuleBook) -> Iterator[str | bytes]:
        """Yield what is to be written at the end: the whole, if nothing was before."""
        options = build_options(book, color=self.color, width=self.width, statistics=self.statistics)
        if self.streams:
            yield from render_end(report, self.format, options)
        else:
            yield from render_pieces(report, self.format, options)


@dataclass(frozen=True, slots=True)
class ShowParts:
    """Findings → the text of each output that streams; made where the findings are, in whichever process."""

    outputs: tuple[Output, ...]
    lang: str

    def __call__(self, findings: Sequence[Finding], book: RuleBook, /) -> tuple[str, ...]:
        """Return one text an output."""
        reports = [self._report(list(found)) for _, found in groupby(findings, key=lambda f: f.document.path)]
        return tuple("".join(output.part(report, book) for report in reports) for output in self.outputs)

    def _report(self, findings: Sequence[Finding]) -> Report:
        return Report(
            packs=(),
            documents=1,
            tables=0,
            findings=tuple(finding for finding in findings if finding.verdict is not Verdict.UNKNOWN),
            unknowns=tuple(finding for finding in findings if finding.verdict is Verdict.UNKNOWN),
            rules=(),
            lang=self.lang,
        )


@final
class Outputs:
    """Writes all outputs of a run. A context: files take their places when it ends well.

    Args:
        write: Writes to the output.
    """

    def __init__(self, outputs: Sequence[Output], *, lang: str, write: Callable[[str | bytes], None]) -> None:
        self._outputs, self._lang = outputs, lang
        self._streaming = tuple(output for output in outputs if output.streams)
        self._stack = ExitStack()
        self._writers = {output: write if output.path is None else self._open(output.path) for output in outputs}
        self._begun = False

    def _open(self, path: str) -> Callable[[str | bytes], None]:
        from perflint.commands.files import PendingFile  # most runs write to the output alone

        return self._stack.enter_context(PendingFile(path)).write

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.__exit__(*raised)  # type: ignore[arg-type]

    @property
    def keep(self) -> bool:
        """Whether any output wants the findings at the end."""
        return len(self._streaming) < len(self._outputs)

    @property
    def draw(self) -> bool:
        """Whether any output shows the tables as the form looks."""
        return any(FORMATS[output.format].draws for output in self._outputs)

    @property
    def tells_unread(self) -> bool:
        """Whether any output says what could not be read."""
        return any(FORMATS[output.format].tells_unread for output in self._outputs)

    @property
    def show(self) -> ShowParts | None:
        """What makes texts of findings, None when there is no use for them."""
        return ShowParts(self._streaming, self._lang) if self._streaming else None

    def take(self, shown: tuple[str, ...] | None) -> None:
        """Write what ``show`` made of some findings."""
        for output, text in zip(self._streaming, shown or (), strict=bool(shown)):
            if text:
                self._begin()
                self._writers[output](text)

    def finish(self, report: Report, book: RuleBook) -> None:
        """Write what is left to write, files first."""
        self._begin()
        for output in sorted(self._outputs, key=lambda output: output.path is None):
            for piece in output.end(report, book):
                self._writers[output](piece)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            for output in self._streaming:
                self._writers[output](output.begin())
