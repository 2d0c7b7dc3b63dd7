"""One table of a document: its name, its year, its sections and goals settled, its keys in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from perflint.reading.draft import Draft, Record
from perflint.reading.layout.titles import find_title_year

_TABLE_ORDER = (
    "id kind form title organization fiscal_year currency_unit filed_on project budget duties goals tasks projects "
    "spending payment_plan indicators sign_off"
).split()
_YEARLY = ("年度", "本年", "当年", "全年")


def build_tables(drafts: Sequence[Draft], origins: dict[str, str]) -> list[Record]:
    """Return the tables with their keys in order; write where their values stand into *origins*."""
    names = _name_tables([draft.data["kind"] for draft in drafts])
    return [
        _build_table(draft, number, name, origins)
        for number, (draft, name) in enumerate(zip(drafts, names, strict=True))
    ]


def _build_table(draft: Draft, number: int, name: str, origins: dict[str, str]) -> Record:
    data = draft.data
    data["id"] = name
    year = find_title_year(draft)
    if year is not None and data.get("fiscal_year") is None:
        data["fiscal_year"] = year
    _settle_sections(data)
    places = _drop_headings(data)
    _settle_goals(data)
    moved = ((_move(key, places), origin) for key, origin in draft.origins.items())
    origins.update({f"/tables/{number}{key}": origin for key, origin in moved if key is not None})
    ordered = {key: data[key] for key in _TABLE_ORDER if key in data}
    return {**ordered, **{key: value for key, value in data.items() if key not in ordered}}


def _name_tables(kinds: Sequence[str]) -> Iterator[str]:
    """Yield the kind of each table, with a running number where there are several of the kind."""
    often, so_far = Counter(kinds), Counter[str]()
    for kind in kinds:
        so_far[kind] += 1
        yield kind if often[kind] == 1 else f"{kind}-{so_far[kind]}"


def _settle_sections(data: Record) -> None:
    """Keep the section only where a table has more than one; a table without any is annual."""
    items = data.get("indicators", [])
    if any(item.get("section") == "long_term" for item in items):
        for at, item in enumerate(items):
            items[at] = {"section": item.get("section", "annual"), **{k: v for k, v in item.items() if k != "section"}}
    else:
        for item in items:
            item.pop("section", None)


def _drop_headings(data: Record) -> dict[str, str | None]:
    """Leave out blank goals that are the heading of one below; return where each goal is now, None where it is not."""
    goals = data.get("goals", [])
    kept = [at for at, goal in enumerate(goals) if not _is_heading(goal, goals[at + 1 :])]
    if len(kept) == len(goals):
        return {}
    data["goals"] = [goals[at] for at in kept]
    return {f"/goals/{at}": f"/goals/{kept.index(at)}" if at in kept else None for at in range(len(goals))}


def _is_heading(goal: Record, later: Sequence[Record]) -> bool:
    numbered = any(map(str.isdigit, goal.get("label") or ""))
    return goal["text"] is None and not numbered and any(one["text"] and one["scope"] == goal["scope"] for one in later)


def _move(key: str, places: Mapping[str, str | None]) -> str | None:
    front = "/".join(key.split("/", 3)[:3])
    place = places.get(front, front)
    return None if place is None else place + key[len(front) :]


def _settle_goals(data: Record) -> None:
    """Keep the heading of a goal only where two goals of one scope need telling apart.

    An overall goal beside one that says it is the year's is the goal of the whole term.
    """
    goals = data.get("goals", [])
    overall = [goal for goal in goals if goal["scope"] == "annual" and _is_overall(goal.get("label"))]
    if len(overall) == 1 and any(goal["scope"] == "annual" and _names_year(goal.get("label")) for goal in goals):
        overall[0]["scope"] = "long_term"
    scopes = [goal["scope"] for goal in goals]
    for goal in goals:
        if len(scopes) == len(set(scopes)) or goal.get("label") is None:
            goal.pop("label", None)


def _is_overall(label: str | None) -> bool:
    return label is not None and "总" in label and not _names_year(label)


def _names_year(label: str | None) -> bool:
    return label is not None and any(word in label for word in _YEARLY)
