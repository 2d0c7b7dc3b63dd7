"""The first lines of a pack: who it is and for which documents, without reading its rules."""

from __future__ import annotations

import os
import re
from pathlib import Path

from perflint.bounded import read_written
from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.oserror import explain
from perflint.pack.files import MAIN_FILE
from perflint.pack.model import AppliesTo, Header
from perflint.pack.strict_yaml import parse_yaml

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

# The block of the key ``pack``: its line, and every line below that is indented, blank or a comment.
_BLOCK = re.compile(rb"^pack:[^\n]*\n(?:[ \r#][^\n]*\n|\n)*", re.MULTILINE)


def read_header(path: str | Path) -> Header:
    """Return the header of the pack at *path*, a file or a folder with ``pack.yaml``.

    Raises:
        PackError: It cannot be read, or names no id.
    """
    file = Path(path, MAIN_FILE) if os.path.isdir(path) else Path(path)
    try:
        source = read_written(file)
    except OSError as error:
        message = say(f"读不了：{explain(error)}", f"cannot read: {explain(error)}")
        raise PackError(Problem(message=message, path=str(file))) from None
    root = _parse_block(source, str(file))
    written = root.get("pack") if isinstance(root, dict) else None
    if not isinstance(written, dict) or not isinstance(written.get("id"), str):
        message = say("没有写明包的信息（pack）", "the block 'pack' is missing or names no id")
        raise PackError(Problem(message=message, path=str(file)))
    return Header(
        id=written["id"],
        prefix=str(written.get("prefix", "")),
        version=str(written.get("version", "")),
        title={key: str(text) for key, text in _table(written.get("title")).items()},
        applies_to=read_applies_to(_table(written.get("applies_to"))),
        path=str(path),
    )


def _parse_block(source: bytes, path: str) -> Any:
    """Return the values of the block ``pack`` alone, of the whole file if it does not stand by itself."""
    block = _BLOCK.search(source)
    if block is not None:
        try:
            return parse_yaml(block[0], path=path).root
        except PackError:
            pass  # an unusual layout, or a fault that the whole file tells better
    return parse_yaml(source, path=path).root


def read_applies_to(written: dict[str, Any]) -> AppliesTo:
    """Return the scope of a pack as written under ``applies_to``."""
    return AppliesTo(
        divisions=_texts(written.get("divisions")),
        organizations=_texts(written.get("organizations")),
        forms=_texts(written.get("forms")),
    )


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in value) if isinstance(value, list) else ()
