"""What is written is read back: any drawn table, in every format, the same document but for origins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from damage import DAMAGES, read_blocks
from draw_tables import draw_document
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import Blocks, write_docx, write_html, write_pdf, write_tabs, write_xls, write_xlsx
from sample_forms import SAMPLES, Sample

from perflint.document.loading import build_document
from perflint.reading.assembly.document import build_document_data
from perflint.reading.container.source import open_source
from perflint.reading.form.load import load_forms
from perflint.reading.grid import Grid, Source

WRITERS = {
    "docx": (write_docx, ".docx"),
    "xlsx": (write_xlsx, ".xlsx"),
    "xls": (write_xls, ".xls"),
    "html": (write_html, ".html"),
    "tabs": (write_tabs, ".txt"),
    "pdf": (write_pdf, ".pdf"),
}


def _read_file(blocks: Blocks, kind: str, folder: Path) -> dict[str, Any]:
    write, suffix = WRITERS[kind]
    path = write(blocks, folder / f"table{suffix}")
    return build_document_data(open_source(path), load_forms())


def _pick(document: dict[str, Any], tables: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Return what a document holds of the parts the expected tables name."""
    found: list[dict[str, Any]] = document["tables"]
    return [
        {key: found[at][key] for key in table if key in found[at]} if at < len(found) else {}
        for at, table in enumerate(tables)
    ] + found[len(tables) :]


def _flatten_breaks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _flatten_breaks(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_flatten_breaks(item) for item in value]
    return value.replace("\n", " ") if isinstance(value, str) else value


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_sample_form_reads_the_same_from_every_format(sample: Sample, kind: str, tmp_path: Path) -> None:
    found = _pick(_read_file(sample.blocks, kind, tmp_path), sample.tables)
    wanted = list(sample.tables)
    # A tab dump has no line breaks inside cells; the writer prints a space.
    assert found == (_flatten_breaks(wanted) if kind == "tabs" else wanted)


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_drawn_table_reads_back(seed: int) -> None:
    blocks, table = draw_document(seed)
    document = read_blocks(blocks)
    assert _pick(document, (table,)) == [table]
    assert document.get("unread", []) == []


@given(st.integers(0, 10**9), st.sampled_from(sorted(WRITERS)))
@settings(max_examples=24, deadline=None)
def test_drawn_table_reads_back_from_a_file_and_every_value_is_where_its_origin_says(
    tmp_path_factory: pytest.TempPathFactory, seed: int, kind: str
) -> None:
    blocks, table = draw_document(seed)
    write, suffix = WRITERS[kind]
    source = open_source(write(blocks, tmp_path_factory.mktemp("drawn") / f"table{suffix}"))
    data = build_document_data(source, load_forms())
    assert _pick(data, (table,)) == [table]
    assert data.get("unread", []) == []
    printed = _list_printed(source)
    document = build_document(data)
    misplaced = {
        (pointer, document.origin(pointer))
        for pointer, value in _list_values(table, "/tables/0")
        if not any(value in text for text in printed.get(document.origin(pointer) or "", ()))
    }
    assert misplaced == set()


def _list_printed(source: Source) -> dict[str, list[str]]:
    """Return what stands at each place of a file; a line of text holds several cells."""
    printed: dict[str, list[str]] = {}
    for block in source.blocks:
        for one in block.cells if isinstance(block, Grid) else (block,):
            printed.setdefault(one.origin, []).append(one.text)
    return printed


def _list_values(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield every printed text of a table with its JSON Pointer."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "scope":  # told by the label beside the goal
                yield from _list_values(item, f"{pointer}/{key}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _list_values(item, f"{pointer}/{at}")
    elif value is not None:
        yield pointer, value


@given(st.integers(0, 10**9), st.sampled_from(["blank_row_added", "blank_column_last", "blank_column_first"]))
@settings(max_examples=40, deadline=None)
def test_blank_row_or_column_changes_nothing(seed: int, name: str) -> None:
    blocks, _ = draw_document(seed)
    assert read_blocks(DAMAGES[name](blocks, Random(seed)))["tables"] == read_blocks(blocks)["tables"]


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_lost_spans_change_no_value_in_silence(seed: int) -> None:
    blocks, _ = draw_document(seed)
    whole, lost = read_blocks(blocks), read_blocks(DAMAGES["spans_lost"](blocks, Random(seed)))
    changed = [
        number
        for number, (one, other) in enumerate(
            zip(whole["tables"][0]["indicators"], lost["tables"][0]["indicators"], strict=False)
        )
        if one != other
    ]
    flagged = {notice["origin"].partition("C")[0] for notice in lost.get("x-notices", ())}
    places = [lost["origins"][f"/tables/0/indicators/{number}"].partition("C")[0] for number in changed]
    assert [place for place in places if place not in flagged] == []
