"""The files of form templates: parsed, checked, and what each extends.

forms/*.yaml ──parse_forms──▶ for each form the YAML of it and of those that it extends
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.oserror import advise_reading, explain
from perflint.pack.files import list_files
from perflint.pack.strict_yaml import YamlFile, parse_yaml
from perflint.pack.suggest import name_choices
from perflint.reading.form.check import check_form

Lineage = list[Mapping[str, Any]]


def parse_forms(places: Sequence[Path]) -> Iterator[Lineage]:
    """Yield what each form and those that it extends say, by the ids of the forms.

    Args:
        places: files, or folders of them.

    Raises:
        PackError: every mistake in the files: not a form, an unknown key, an id that another one has; or the first form
            that extends an unknown one.
    """
    written: dict[str, YamlFile] = {}
    problems: list[Problem] = []
    files = (Path(file) for place in places for file in list_files(str(place)))
    # The same file may be named twice: packs list the templates of the packs that they extend.
    for path in {file.resolve(): file for file in files}.values():
        try:
            file = _parse_form(path)
        except PackError as error:
            problems.extend(error.problems)
            continue
        problems += _list_repeated(file, written)
        written[file.root["form"]["id"]] = file
    if problems:
        raise PackError(problems)
    for form_id in sorted(written):
        yield _list_lineage(form_id, written)


def _list_repeated(file: YamlFile, written: Mapping[str, YamlFile]) -> Iterator[Problem]:
    form_id = file.root["form"]["id"]
    if form_id in written:
        other = written[form_id].path
        message = say(f"表式 {form_id} 在 {other} 里也有", f"the form {form_id} is also in {other}")
        yield file.problem(message, ("form", "id"))


def _parse_form(path: Path) -> YamlFile:
    try:
        source = path.read_bytes()
    except OSError as error:
        message = say(f"打不开表式模板：{explain(error)}", f"cannot open the form: {explain(error)}")
        raise PackError(Problem(message=message, path=str(path), hint=advise_reading(error))) from None
    file = parse_yaml(source, path=str(path))
    check_form(file)
    return file


def _list_lineage(form_id: str, written: Mapping[str, YamlFile]) -> Lineage:
    """Return what a form and those that it extends say, the form itself first.

    Raises:
        PackError: It extends an unknown form, or itself.
    """
    lineage: Lineage = []
    seen: list[str] = []
    following: str | None = form_id
    while following is not None:
        file = written[following]
        seen.append(following)
        lineage.append(file.root)
        following = file.root["form"].get("extends")
        if following in seen:
            message = say(f"表式 {form_id} 继承了自己", f"form {form_id} extends itself")
            raise PackError(file.problem(message, ("form", "extends")))
        if following is not None and following not in written:
            name = seen[-1]
            message = say(f"表式 {name} 继承的 {following} 不存在", f"form {name} extends the unknown form {following}")
            raise PackError(file.problem(message, ("form", "extends"), hint=name_choices(following, sorted(written))))
    return lineage
