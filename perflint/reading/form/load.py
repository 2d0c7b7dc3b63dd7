"""The form templates there are, from the store unless a file of them has changed.

places of files ──load_forms──▶ Form …
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.files import shipped_folder
from perflint.pack.freshness import are_settled, is_fresh, stamp
from perflint.reading.form.template import Form
from perflint.store import read_entry, write_entry

FORMS_FOLDER = Path("cn-core") / "forms"


@lru_cache(maxsize=8)
def load_forms(extra: tuple[Path, ...] = ()) -> tuple[Form, ...]:
    """Return the shipped forms and those of further files or folders, sorted by id, ``base`` included.

    Raises:
        PackError: every mistake in the files: not a form, an unknown key, an id that another one has; or the first form
            that extends an unknown one. Forms with faults are never stored.
    """
    places = [str(place.absolute()) for place in (_find_shipped(), *extra)]
    name = repr(("forms", places))
    forms: tuple[Form, ...] | None = read_entry(name, is_fresh)
    if forms is None:
        started = time.time_ns()
        forms = _build_forms((_find_shipped(), *extra))
        if are_settled(places, started):
            write_entry(name, stamp(places, started), forms)
    return forms


def _build_forms(places: tuple[Path, ...]) -> tuple[Form, ...]:
    # To load a YAML parser takes longer than to read stored forms.
    from perflint.reading.form.build import build_form
    from perflint.reading.form.files import parse_forms

    return tuple(map(build_form, parse_forms(places)))


def find_form(forms: Iterable[Form], form_id: str) -> Form:
    """Return the form of that id.

    Raises:
        PackError: there is none; the hint lists the known ids.
    """
    known = {form.id: form for form in forms}
    if form_id not in known:
        names = ", ".join(sorted(known))
        hint = say(f"现有的表式：{names}", f"known forms: {names}")
        raise PackError(Problem(message=say(f"没有表式 {form_id}", f"unknown form {form_id}"), hint=hint))
    return known[form_id]


def _find_shipped() -> Path:
    packs = shipped_folder()
    if packs is not None and Path(packs, FORMS_FOLDER).is_dir():
        return Path(packs, FORMS_FOLDER)
    message = say(
        "自带的表式模板（rules/cn-core/forms）没有安装",
        "the shipped form templates (rules/cn-core/forms) are not installed",
    )
    hint = say("重新安装 budget-perflint", "install budget-perflint again")
    raise PackError(Problem(message=message, hint=hint))
