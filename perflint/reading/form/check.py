"""Whether a form template is written as it must be: every key and name in it, against its schema.

YamlFile ──check_form──▶ every mistake with its line
"""

from __future__ import annotations

from collections.abc import Iterator

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.shape import check_shape
from perflint.pack.strict_yaml import YamlFile

MARKER = "form/1"
BASE = "base"


def check_form(file: YamlFile) -> None:
    """Check the shape of a form template.

    Raises:
        PackError: It is none, or every mistake in it: a misspelt key would be a form that looks active and is not.
    """
    root = file.root
    if not isinstance(root, dict) or root.get("perflint") != MARKER:
        message = say(
            f"不是表式模板：第一行应是 `perflint: {MARKER}`", f"not a form: the first line must be `perflint: {MARKER}`"
        )
        raise PackError(Problem(message=message, path=file.path))
    problems = [*_list_deviations(file), *_list_missing(file)]
    if problems:
        raise PackError(problems)


def _list_deviations(file: YamlFile) -> Iterator[Problem]:
    for fault in check_shape(file.root, schema="form-1"):
        yield file.problem(fault.message, fault.path, on_key=fault.on_key, hint=fault.hint)


def _list_missing(file: YamlFile) -> Iterator[Problem]:
    """Yield what only ``base`` may do without: a form that extends none knows no header at all."""
    form = file.root.get("form")
    if isinstance(form, dict) and "extends" not in form and form.get("id") != BASE:
        hint = say(f"拿不准写 extends: {BASE}", f"if unsure, write extends: {BASE}")
        yield file.problem(say("缺少“extends”（继承）", "'extends' is missing"), ("form",), hint=hint)
