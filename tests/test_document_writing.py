from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.document.loading import parse_document
from perflint.document.writing import write_data

EXAMPLES = sorted(Path(__file__).parents[1].glob("examples/*.json"))

own_values = st.recursive(
    st.none()
    | st.booleans()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.integers(-(10**12), 10**12).map(Decimal)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_written_reads_as_the_same_data(path: Path) -> None:
    data = parse_document(path.read_bytes()).data
    assert parse_document(write_data(data)).data == data


@given(own_values)
def test_any_value_survives_with_its_printed_decimals(value: Any) -> None:
    data = {"perflint": "document/1", "tables": [], "x-own": value}
    assert repr(parse_document(write_data(data)).data) == repr(data)


def test_rows_stay_on_one_line() -> None:
    data = {"tables": [{"indicators": [{"name": "修路", "value": Decimal("1.50")}, {"name": "甲" * 120}]}], "empty": []}
    assert write_data(data) == (
        '{\n  "tables": [\n    {\n      "indicators": [\n'
        '        {"name": "修路", "value": 1.50},\n'
        f'        {{"name": "{"甲" * 120}"}}\n'
        '      ]\n    }\n  ],\n  "empty": []\n}\n'
    )
