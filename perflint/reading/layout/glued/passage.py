"""A text made of several paragraphs, each of which keeps its place in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from perflint.reading.grid import Paragraph
from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Paragraphs joined by line breaks.

    Attributes:
        starts: Where each paragraph begins in the text.
        origins: Where each stands in the file.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[str, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> Passage:
        """Return paragraphs as one text."""
        starts, place = [], 0
        for one in paragraphs:
            starts.append(place)
            place += len(one.text) + 1
        text = "\n".join(one.text for one in paragraphs)
        return cls(text=text, starts=tuple(starts), origins=tuple(one.origin for one in paragraphs))

    @classmethod
    def join(cls, first: Passage, second: Passage) -> Passage:
        """Return two texts as one."""
        if not second.starts:
            return first
        shift = len(first.text) + 1
        starts = (*first.starts, *(shift + start for start in second.starts))
        return cls(text=f"{first.text}\n{second.text}", starts=starts, origins=(*first.origins, *second.origins))

    def part(self, begin: int, end: int | None = None) -> Passage:
        """Return a part of the text."""
        stop = len(self.text) if end is None else end
        first = max(bisect_right(self.starts, begin) - 1, 0)
        last = max(bisect_right(self.starts, max(stop - 1, begin)), first + 1)
        starts = tuple(max(start - begin, 0) for start in self.starts[first:last])
        return Passage(text=self.text[begin:stop], starts=starts, origins=self.origins[first:last])

    def origin_of(self, place: int) -> str:
        """Return where the character at a place stands in the file."""
        number = bisect_right(self.starts, place) - 1
        return self.origins[max(number, 0)] if self.origins else ""

    def list_paragraphs(self) -> list[Paragraph]:
        """Return the text as paragraphs again, blank ones left out."""
        ends = [*(start - 1 for start in self.starts[1:]), len(self.text)]
        texts = [self.text[begin : max(end, begin)] for begin, end in zip(self.starts, ends, strict=True)]
        return [
            Paragraph(text=text.strip("\n"), origin=origin)
            for text, origin in zip(texts, self.origins, strict=True)
            if text.strip()
        ]
