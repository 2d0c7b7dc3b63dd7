"""Dates and years in printed text, as ISO 8601."""

from __future__ import annotations

from perflint.interpret.calendar import days_in_month, is_date
from perflint.interpret.folding import fold_characters
from perflint.interpret.numerals import read_numeral
from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_LONGEST_TEXT = 100_000
_LONGEST_DATE = 80
_NUMERAL = LazyPattern(r"[〇零○一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=[月日号])")
_DATE = LazyPattern(
    r"(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})(?:"
    r"年度?(?:(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})[日号]?|(?P<monthend>底|末))?|(?P<yearend>年?[底末]))?"
    r"|(?P<mark>[./-])(?P<month2>[0-9]{1,2})(?:(?P=mark)(?P<day2>[0-9]{1,2}))?(?![0-9])"
    r"|(?P<month3>[0-9]{2})(?P<day3>[0-9]{2})(?![0-9])"
    r"|$)"
)
_YEAR = LazyPattern(
    r"(?<![0-9A-Za-z.])(?<![0-9],)(?P<year>(?:19|20)[0-9]{2})"
    r"(?= ?\)? ?年|[./-](?:0?[1-9]|1[0-2])(?![0-9])(?!万|元|%)|(?:-|—|~|至)(?:19|20)[0-9]{2}(?![0-9])|$)"
)
_DOCUMENT_NUMBER = LazyPattern(r"[〔\[(](?:19|20)[0-9]{2}[〕\])][第0-9]")


def read_date(text: str) -> str | None:
    """Read the one date that *text* prints, in any of the usual forms, words before and after it included.

    Returns:
        ``2025-11-17``; ``2025-12`` or ``2025`` when the day or the month is not printed; 12月底 and 年底 are their last
        day. None for no date, several different dates, a date without a year, or a day that does not exist.
    """
    folded = "".join(fold_characters(text[:_LONGEST_TEXT]).split())
    if len(folded) > _LONGEST_DATE:
        return None
    spelt = _NUMERAL.sub(_spell, folded) if "年" in folded else folded
    dates = {_build(found) for found in _DATE.finditer(spelt)}
    return dates.pop() if len(dates) == 1 else None


def _spell(match: re.Match[str]) -> str:
    word = match.group()
    if len(word) == 4 and "十" not in word:
        return "".join(str("〇一二三四五六七八九".index("〇" if c in "零○" else c)) for c in word)
    number = read_numeral(word)
    return word if number is None else str(number)


def _build(found: re.Match[str]) -> str | None:
    year = int(found["year"])
    if found["yearend"]:
        return f"{year}-12-31"
    printed_month = found["month"] or found["month2"] or found["month3"]
    if printed_month is None:
        return str(year)
    month = int(printed_month)
    if not 1 <= month <= 12:
        return None
    if found["monthend"]:
        return f"{year}-{month:02}-{days_in_month(year, month)}"
    printed_day = found["day"] or found["day2"] or found["day3"]
    if printed_day is None:
        return f"{year}-{month:02}"
    day = int(printed_day)
    return f"{year}-{month:02}-{day:02}" if is_date(year, month, day) else None


def read_years(text: str) -> tuple[int, ...]:
    """Read the years 1900 to 2099 that *text* names, each once, in order of appearance.

    A year stands before 年, in a date, at an end of a stretch of years, or at the end of the text; 2000元 is none, and
    neither is the year in a document number (〔2018〕34号).
    """
    folded = fold_characters(text[:_LONGEST_TEXT])
    if "19" not in folded and "20" not in folded:
        return ()
    numbered = {found.start() + 1 for found in _DOCUMENT_NUMBER.finditer(folded)}
    return tuple(dict.fromkeys(int(f["year"]) for f in _YEAR.finditer(folded) if f.start() not in numbered))


def first_day(date: str) -> str:
    """Return the first day an ISO date can mean: ``2025`` → ``2025-01-01``, ``2025-04`` → ``2025-04-01``."""
    return date + ("-01-01", "-01", "")[min(date.count("-"), 2)]


def last_day(date: str) -> str:
    """Return the last day an ISO date can mean: ``2025`` → ``2025-12-31``, ``2025-04`` → ``2025-04-30``."""
    if date.count("-") == 0:
        return f"{date}-12-31"
    if date.count("-") == 1:
        year, month = date.split("-")
        return f"{date}-{days_in_month(int(year), int(month))}"
    return date
