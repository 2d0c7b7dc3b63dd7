"""What a run holds back until its end: whole and in order, wherever it lies."""

from __future__ import annotations

import json
import pickle
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import PROGRAM, sample
from reporting import (
    FakeOutcome,
    FakeProgram,
    build_report,
    document,
    evaluation,
    indicator,
    make_rule,
    message_of,
    table,
)

from perflint.errors import ConfigError, Problem
from perflint.finding import Report
from perflint.record import replace
from perflint.render import FORMATS, build_options, render, render_pieces
from perflint.render.lazy_json import write_json
from perflint.report.kept import Kept, Packing
from perflint.report.sorted_lines import SortedLines

PACKING = Packing(lambda members: pickle.dumps(tuple(members)), pickle.loads, 3)


def kept(*members: int) -> Kept[int]:
    made: Kept[int] = Kept(PACKING)
    for member in members:
        made.extend([member])
    return made


@given(st.lists(st.integers(), max_size=20))
def test_members_come_back_in_order_however_many_there_are(members: list[int]) -> None:
    made = kept(*members)
    assert (list(made), len(made), made == tuple(members)) == (members, len(members), True)
    assert made[1:3] == tuple(members[1:3])
    assert pickle.loads(pickle.dumps(made)) == tuple(members)  # noqa: S301


def test_several_may_go_through_it_at_once() -> None:
    made = kept(*range(10))
    assert list(pairwise(made)) == list(zip(made, list(made)[1:], strict=False))


def test_a_few_members_stay_a_tuple_in_memory() -> None:
    assert (kept(1, 2).settle(), type(kept(1, 2, 3, 4).settle())) == ((1, 2), Kept)


def test_where_no_temporary_file_can_be_written_the_message_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(ConfigError, match=r"临时文件写不了：No such file or directory\n.*TMPDIR"):
        kept(1, 2, 3)


@given(st.lists(st.tuples(st.text(max_size=2), st.text(max_size=3)), max_size=40))
def test_lines_come_back_by_key_the_last_of_each(pairs: list[tuple[str, str]]) -> None:
    lines = SortedLines(limit=5, piece=2)
    for key, line in pairs:
        lines.add(key, line)
    assert list(lines) == sorted(dict(pairs).items())


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report of six documents with sixty findings and twelve unreadable files, most of which lie in files."""
    for name in ("_FINDINGS", "_DOCUMENTS", "_PROBLEMS"):
        monkeypatch.setattr(f"perflint.report.tally.{name}", _smaller(name))
    return build()


def build() -> Report:
    program = FakeProgram(rules=[make_rule(id="PT101"), make_rule(id="PT102", name="other")])
    pointers = [f"/tables/0/indicators/{row}/value" for row in range(10)]
    found = [FakeOutcome(rule=row % 2, item=at, at=at, message=f"第{row}行") for row, at in enumerate(pointers)]
    rows = [indicator(f"指标{row}") for row in range(10)]
    evaluations = [evaluation(document(table(*rows), path=f"{name}.json"), program, *found) for name in "甲乙丙丁戊己"]
    errors = [Problem(message="坏", path=f"坏{number}.json") for number in range(12)]
    return build_report(evaluations, program, message_of=message_of, errors=errors)


def _smaller(name: str) -> Packing:
    from perflint.report import tally

    packing: Packing = getattr(tally, name)
    return packing._replace(limit=4)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_a_report_that_lies_in_a_file_reads_the_same_in_every_format(name: str, many: Report) -> None:
    assert isinstance(many.findings, Kept)
    assert isinstance(many.errors, Kept)
    held = replace(
        many, findings=tuple(many.findings), checked=tuple(many.checked), errors=tuple(many.errors), counted=None
    )
    assert render(many, name) == render(held, name)


def test_json_piece_by_piece_is_json_at_once() -> None:
    made = sample()
    whole = render(made, "json", program=PROGRAM)
    assert isinstance(whole, str)
    assert json.dumps(json.loads(whole), ensure_ascii=False, indent=2) + "\n" == whole


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_lists_that_are_not_there_yet_are_written_as_if_they_were(value: object) -> None:
    def delay(part: object) -> object:
        if isinstance(part, dict):
            return {name: delay(inner) for name, inner in part.items()}
        return map(delay, part) if isinstance(part, list) else part

    assert "".join(write_json(delay(value))) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def test_no_piece_of_a_long_report_holds_it_all(many: Report) -> None:
    for name in ("json", "sarif", "gitlab"):
        sizes = [len(piece) for piece in render_pieces(many, name, build_options(None))]
        assert max(sizes) < sum(sizes) / 5, name
