"""Where a piece of a rule's expression stands in its file: the file is read once more, without the examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from perflint.errors import Problem
from perflint.pack.deferred import cut_examples
from perflint.pack.model import Rule
from perflint.pack.strict_yaml import YamlFile, parse_yaml
from perflint.record import replace


def point_at(rule: Rule, part: tuple[str | int, ...], start: int, width: int, message: str) -> Problem:
    """Return *message* with the place, and the line, of ``width`` characters from ``start`` in a text of *rule*.

    Args:
        part: Keys from the rule to the text: ``("when",)``, ``("let", "gap")``.
    """
    file = _read_file(rule.places["id"].file)
    found = file.root["rules"] if file is not None else []
    index = next((at for at, written in enumerate(found) if written.get("id") == rule.id), None)
    if file is None or index is None:
        place = rule.places["id"]
        return Problem(message=message, path=place.file, line=place.line, column=place.column)
    problem = file.problem(message, ("rules", index, *part), offset=start, width=width)
    return replace(problem, pointer=None)


@cache
def _read_file(path: str) -> YamlFile | None:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError:  # gone since the pack was loaded
        return None
    return parse_yaml(cut_examples(text)[0], path=path)
