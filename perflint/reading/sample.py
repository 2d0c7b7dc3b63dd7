"""The sample files of a pack: does each original still read into the document that lies beside it?

samples/a.docx, samples/a.json ──read, compare──▶ Sample
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from perflint.document.loading import parse_document
from perflint.errors import DocumentError
from perflint.language import say
from perflint.reading import read

FOLDER = "samples"
# Where a value stood depends on the file, not on what it says.
_NOT_COMPARED = frozenset({"source", "origins", "x-notices"})
_SHOWN = 80  # characters of a value


class Sample(NamedTuple):
    """One sample file.

    Attributes:
        path: The original.
        faults: What is wrong, a line each: it cannot be read, its document is missing, or where the two differ.
    """

    path: Path
    faults: tuple[str, ...]


def run_samples(location: Path, forms: Iterable[str]) -> Iterator[Sample]:
    """Yield the samples of the pack at *location*, by name; a pack of one file, or without the folder, has none.

    Args:
        forms: The form templates of the pack, inherited ones included.
    """
    forms = tuple(forms)
    for path in _list_originals(location / FOLDER):
        yield Sample(path, tuple(_list_faults(path, forms)))


def _list_originals(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    return sorted(path for path in files if path.suffix != ".json")


def _list_faults(path: Path, forms: tuple[str, ...]) -> Iterator[str]:
    beside = path.with_suffix(".json")
    if not beside.is_file():
        yield say(
            f"旁边没有 {beside.name}；先用 perflint read {path} -o {path.parent} 写出，再逐格核对",
            f"{beside.name} is not beside it; write it with perflint read {path} -o {path.parent}, "
            "then check every cell",
        )
        return
    try:
        expected = parse_document(beside.read_bytes(), path=str(beside)).data
        got = read(path, forms=forms).data
    except DocumentError as error:
        yield str(error)
        return
    # What the document does not tell is not asked: a county may leave out what could not be read.
    told = {key: value for key, value in got.items() if key in expected or key != "unread"}
    yield from _compare(_drop(expected), _drop(told), "")


def _drop(data: Any) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in _NOT_COMPARED}


def _compare(expected: Any, got: Any, pointer: str) -> Iterator[str]:
    """Yield a line for each place where two values differ."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in dict.fromkeys((*expected, *got)):
            yield from _compare_member(key, expected, got, pointer)
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for index, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from _compare(one, other, f"{pointer}/{index}")
    elif isinstance(expected, list) and isinstance(got, list):
        yield say(
            f"{pointer}：应有 {len(expected)} 项，读到 {len(got)} 项",
            f"{pointer}: {len(expected)} items expected, {len(got)} read",
        )
    elif expected != got:
        yield say(
            f"{pointer}：应为 {_show(expected)}，读到 {_show(got)}",
            f"{pointer}: {_show(expected)} expected, {_show(got)} read",
        )


def _compare_member(key: str, expected: dict[str, Any], got: dict[str, Any], pointer: str) -> Iterator[str]:
    place = f"{pointer}/{key}"
    if key not in got:
        yield say(
            f"{place}：应为 {_show(expected[key])}，没有读到", f"{place}: {_show(expected[key])} expected, nothing read"
        )
    elif key not in expected:
        yield say(f"{place}：多读了 {_show(got[key])}", f"{place}: {_show(got[key])} read, nothing expected")
    else:
        yield from _compare(expected[key], got[key], place)


def _show(value: Any) -> str:
    if isinstance(value, list):
        return say(f"{len(value)} 项", f"{len(value)} items")
    if isinstance(value, dict):
        return say("一组", "a record")
    text = say("空白", "blank") if value is None else say(f"“{value}”", f"'{value}'")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
