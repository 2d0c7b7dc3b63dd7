"""Derived fields that a pack defines, ``define:``, checked one behind the other: each reads what stands before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from perflint.expression.check import check_expression
from perflint.expression.field_read import FieldRead
from perflint.expression.names import Names
from perflint.expression.problems import ExpressionErrors, ExpressionProblem
from perflint.expression.rule import Vocabulary
from perflint.expression.syntax import MAX_DEPTH
from perflint.expression.tree import Checked, Defined
from perflint.language import say
from perflint.record import replace
from perflint.schema.model import Field, Model, record_of


def define_fields(
    model: Model, record: str, texts: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Model, dict[str, Checked]]:
    """Return the model with the pack-defined fields of *record*, and their checked expressions.

    A definition reads fields of its own record, earlier definitions, ``params`` and ``vocab``.

    Raises:
        ExpressionErrors: Every fault, placed at ``("define", record, name)``.
    """
    problems: list[ExpressionProblem] = []
    checked_fields: dict[str, Checked] = {}
    depths: dict[str, int] = {}
    plain, fields = model, dict[str, Field]()
    for name, text in texts.items():
        names = Names(
            model=model,
            params=vocabulary.params,
            vocab=vocabulary.vocab,
            roots={record: record_of(record)},
            item=record,
            follows_needs=False,
        )
        where = ("define", record, name)
        if model.find(record, name) is not None or not name.isidentifier() or "__" in name:
            message = say(f"名字“{name}”已有含义", f"the name '{name}' is taken")
            problems.append(ExpressionProblem(message=message, where=where))
        try:
            checked = check_expression(text, names)
        except ExpressionErrors as error:
            problems.extend(replace(problem, where=where) for problem in error.problems_found)
            continue
        checked_fields[name] = checked
        depths[name] = 1 + max((depths.get(path[0], 0) for path in _list_reads(record, checked.tree)), default=0)
        if depths[name] > MAX_DEPTH:
            message = say(f"定义嵌套超过 {MAX_DEPTH} 层", f"definitions are nested deeper than {MAX_DEPTH}")
            problems.append(ExpressionProblem(message=message, where=where))
            depths[name] = 0  # what builds on it is not told too
        fields[name] = Field(name=name, type=checked.type, reading="define", title=name, title_en=name)
        model = plain.with_fields(lambda name: fields if name == record else {})
    if problems:
        raise ExpressionErrors(problems)
    return model, checked_fields


def describe_definitions(defines: Mapping[str, Mapping[str, Checked]]) -> dict[str, dict[str, Defined]]:
    """Return the type of each definition, and what it reads, through other definitions too: record → field."""
    return {record: _describe_fields(record, fields) for record, fields in defines.items()}


def _describe_fields(record: str, fields: Mapping[str, Checked]) -> dict[str, Defined]:
    found: dict[str, Defined] = {}
    for name, checked in fields.items():  # each reads only earlier ones
        reads = (path for part in _list_reads(record, checked.tree) for path in _follow(part, found))
        found[name] = Defined(checked.type, tuple(dict.fromkeys(reads)))
    return found


def _list_reads(record: str, tree: ast.expr) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(tree):
        if isinstance(node, FieldRead) and isinstance(node.base, ast.Name) and node.base.id == record:
            yield (*node.path[:-1], node.path[-1].partition("__")[0])


def _follow(path: tuple[str, ...], defined: Mapping[str, Defined]) -> tuple[tuple[str, ...], ...]:
    """Return what is read in the end by who reads *path*."""
    if path[0] in defined:
        return defined[path[0]].reads
    return () if path[0] == "target" else (path,)
