"""Two columns of one meaning: which is read, and what is said of the other."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.draft import Notice
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.indicator.item import OWN


def drop_level_weights(columns: list[Column]) -> None:
    """Of several columns of weights those left of the names weigh whole levels: known, and none of the indicator's."""
    for group in {column.group for column in columns}:
        weights = [at for at, one in enumerate(columns) if one.group == group and one.field == "weight"]
        names = [at for at, one in enumerate(columns) if one.group == group and one.field == "name"]
        for at in weights if len(weights) > 1 and names else ():
            if at < names[0]:
                columns[at] = columns[at]._replace(field="foreign")


def drop_doubles(columns: list[Column], header: Header) -> list[Notice]:
    """Two columns of one meaning: the second is not read, and said so."""
    seen: dict[tuple[int, str], Column] = {}
    notices = []
    for at, column in enumerate(columns):
        known = seen.setdefault((column.group, column.field), column)
        if known is not column and column.field in OWN:
            text = say(
                f"两列意思相同：“{known.label}”和“{column.label}”；后一列没有读",
                f"two columns mean the same: {known.label} and {column.label}; the second is not read",
            )
            notices.append(Notice("column_doubled", text, header.origin))
            columns[at] = column._replace(field="unknown")
    return notices


def drop_twin_values(columns: list[Column], header: Header) -> list[Notice]:
    """Two value columns of one indicator that nothing tells apart: none is read, and said so."""
    named = {column.group for column in columns if column.field in {"name", "level1"}}
    if named and 0 not in named:  # the columns stand in another order: the first group belongs to the one with the name
        first = min(named)
        swapped = {0: first, first: 0}
        columns[:] = [column._replace(group=swapped.get(column.group, column.group)) for column in columns]
        named = {0, *named} - {first}
    values = [
        at for at, one in enumerate(columns) if one.field == "value" and (one.group == 0 or one.group not in named)
    ]
    around = next((one.section for one in columns if one.field == "name"), None)
    sections = [columns[at].section or around or "annual" for at in values]
    if len(values) < 2 or len(set(sections)) == len(sections):
        return []
    labels = [columns[at].label for at in values]
    for at in values:
        columns[at] = columns[at]._replace(field="unknown")
    for at, column in enumerate(columns):
        if column.group not in named:
            columns[at] = column._replace(group=0)
    text = say(
        f"几列指标值分不清哪列是目标，都没有读：{'、'.join(labels)}",
        f"nothing tells which value column is the target, none is read: {', '.join(labels)}",
    )
    return [Notice("column_doubled", text, header.origin)]


def doubt_blocks(columns: Sequence[Column], header: Header) -> list[Notice]:
    """Whole blocks side by side of which nothing says the period: both are read, and a person must tell them apart."""
    groups = {column.group for column in columns if column.field == "value"}
    named = {column.group for column in columns if column.field == "name"}
    sections = {column.group: column.section for column in columns if column.field == "value"}
    if any(column.level1 is not None for column in columns):
        return []
    if len(groups) < 2 or groups != named or len(set(sections.values()) - {None}) == len(groups):
        return []
    text = say(
        f"并排的 {len(groups)} 块指标没有写明各是哪个时期（实施期还是年度），都按没有写明读",
        f"{len(groups)} blocks of indicators side by side do not say their period; all are read without one",
    )
    return [Notice("section_unknown", text, header.origin)]
