"""The unit and the year of a document: what its tables say, or else the text around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.interpret.folding import fold_characters
from perflint.language import say
from perflint.reading.draft import Notice, Record
from perflint.reading.line import Slot
from perflint.reading.table.reader import TableReader

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def build_head(
    tables: Sequence[Record], readers: Sequence[TableReader], narrative: Sequence[Slot], notices: list[Notice]
) -> Record:
    """Return the organization and the year of the document, what is not printed left out.

    Args:
        tables: And before them covers, behind them what labels in the text before the first one say.
    """
    names = [table["organization"]["name"] for table in tables if table.get("organization", {}).get("name")]
    names += [name for reader in readers for name in reader.organizations]
    head: Record = {}
    if names:
        head["organization"] = {"name": names[0]}
    year = _find_year(tables, narrative, notices)
    if year is not None:
        head["fiscal_year"] = year
    return head


def _find_year(tables: Sequence[Record], narrative: Sequence[Slot], notices: list[Notice]) -> int | None:
    years = [table["fiscal_year"] for table in tables if table.get("fiscal_year")]
    if years:
        return int(years[0])
    history = [year["year"] for table in tables for year in table.get("budget", {}).get("history", ()) if year["year"]]
    if history:
        return _infer_year(max(history) + 1, say("所列往年的下一年", "the year after the prior years printed"), notices)
    printed = {int(year) for slot in narrative for year in _YEAR.findall(fold_characters(slot.text))}
    if len(printed) == 1:
        return _infer_year(
            printed.pop(), say("表外文字里唯一的年份", "the only year in the text around the tables"), notices
        )
    return None


def _infer_year(year: int, reason: str, notices: list[Notice]) -> int:
    text = say(f"标题没有写年度；{year} 是{reason}", f"no title names the year; {year} is {reason}")
    notices.append(Notice("year_inferred", text, ""))
    return year
