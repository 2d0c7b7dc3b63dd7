"""Forms of many provinces and layouts read as a person reads them, from the base vocabulary alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from damage import DAMAGES, measure, read_blocks
from form_files import FormFile, list_forms
from make_files import Blocks

from perflint.reading import read
from perflint.reading.cell.fold import list_keys
from perflint.reading.container.source import open_source
from perflint.reading.form.load import find_form, load_forms
from perflint.reading.grid import Grid
from perflint.reading.header.words import INDICATORS, fields_of, is_grade_word, list_shorter

FORMS = list_forms()
SPANNED = list_forms(".html")
BASE = find_form(load_forms(), "base")
WORDS = BASE.level_words
_SEPARATORS = re.compile(r"[\s:：]+|(?<=指标)-|(?<=\d)-(?=\d{4})|(?<=月)[-至](?=\d)")
_YEAR = re.compile(r"^20\d\d(?=年度)")
_FURNITURE = re.compile(
    r"[（(]?20\d\d\s*年?度?[)）]?|年度[)）]|指标\d|\d+|第\d页，共\d页|[（(](?:盖章|万元)[)）].*|附表\d|其中|…+|[A-Za-z]+"
)


def _find(data: Any, path: str) -> Any:
    for key in path.split("."):
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _plain(value: Any) -> Any:
    """Return a value with texts for numbers, without notes of its own (``x-…``)."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if not key.startswith("x-")}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None else str(value)


def _drop_blanks(row: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in row.items() if value not in (None, [])}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path.name)
def test_every_row_is_read_as_printed(form: FormFile) -> None:
    found = [table.get("indicators", []) for table in read(form.path).data["tables"]]
    wanted = [rows for _, rows in form.tables]
    assert [[_drop_blanks(row) for row in rows] for rows in found] == [list(map(_drop_blanks, rows)) for rows in wanted]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path.name)
def test_what_stands_over_the_rows_is_read_as_printed(form: FormFile) -> None:
    tables = read(form.path).data["tables"]
    found = [
        {path: _plain(_find(table, path)) for path in fields}
        for (fields, _), table in zip(form.tables, tables, strict=True)
    ]
    assert found == [fields for fields, _ in form.tables]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path.name)
def test_every_printed_text_is_in_the_document_or_a_word_of_the_form(form: FormFile) -> None:
    document = "".join(
        json.dumps(dict(read(form.path).data), ensure_ascii=False, default=str)
        .replace("\\n", "")
        .replace('\\"', '"')
        .split()
    )
    texts = [
        cell.text
        for block in open_source(form.path).blocks
        for cell in (block.cells if isinstance(block, Grid) else (block,))
        if "".join(cell.text.split()) not in document
    ]
    pieces = {piece for text in texts for piece in _SEPARATORS.split(text) if piece and piece not in document}
    assert {piece for piece in pieces if not _is_word(piece)} == set()


def _is_word(text: str) -> bool:
    if _FURNITURE.fullmatch(text) or is_grade_word(text) or WORDS.is_level(text) or fields_of(text, INDICATORS, BASE):
        return True
    if any(fields_of(text, kind, BASE) for kind in BASE.lists):
        return True
    known = BASE.contexts.keys() | BASE.labels_by_name.keys() | BASE.header_groups | BASE.total_words
    keys = (*list_keys(text), *list_keys(_YEAR.sub("", text)))
    shorter = (short for key in keys for short in list_shorter(key, BASE.label_words, years=False))
    return any(key in known for key in (*keys, *shorter))


def _open(form: FormFile) -> Blocks:
    """Return the blocks of a form; the places of cells are left to ``read_blocks``."""
    return [
        replace(block, cells=tuple(replace(cell, origin="") for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in open_source(form.path).blocks
    ]


@pytest.mark.parametrize("form", SPANNED, ids=lambda form: form.path.stem)
def test_lost_merges_and_moved_rows_are_never_wrong_in_silence(form: FormFile) -> None:
    blocks = _open(form)
    silent = {name: measure(damage(blocks, Random(3)), form.rows).silent for name, damage in DAMAGES.items()}
    assert {name: rows for name, rows in silent.items() if rows} == {}


@pytest.mark.parametrize("name", ["blank_row_added", "blank_column_first", "blank_column_last"])
@pytest.mark.parametrize("form", SPANNED, ids=lambda form: form.path.stem)
def test_an_added_blank_row_or_column_changes_nothing(form: FormFile, name: str) -> None:
    blocks = _open(form)
    damaged = [DAMAGES[name]([block], Random(seed))[0] for seed, block in enumerate(blocks)]
    assert read_blocks(damaged)["tables"] == read_blocks(blocks)["tables"]
