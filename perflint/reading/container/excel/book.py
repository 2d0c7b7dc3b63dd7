"""The state of reading that the sheets of one workbook share."""

from __future__ import annotations

from perflint.errors import Problem
from perflint.reading.container.archive import Archive
from perflint.reading.container.contents import ReadingLimits
from perflint.record import dataclass, field


@dataclass(slots=True, kw_only=True)
class Book:
    """A workbook while its sheets are read.

    Attributes:
        strings: The shared texts, by number.
        formats: The format code of each cell style.
        struck_styles, struck_strings: Numbers of the styles and of the shared texts that are struck through.
        since_1904: Days are counted from 1904, not from 1900.
        cells: How many were read so far.
        pending: Names of the formulas without a stored value.
    """

    archive: Archive
    limits: ReadingLimits
    strings: list[str]
    formats: list[str]
    struck_styles: frozenset[int]
    struck_strings: frozenset[int]
    since_1904: bool
    cells: int = 0
    pending: list[str] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
