"""``perflint baseline``: what is there is accepted, once and in writing, whatever its number."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from perflint.cli import main
from perflint.report.sorted_lines import SortedLines

BASELINE = "perflint-baseline.jsonl"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_table(tmp_path / "甲.json", 8)
    write_table(tmp_path / "乙.json", 3)
    return tmp_path


def write_table(path: Path, rows: int) -> None:
    """Write a table of so many indicators, each of them counted in money and named in percent."""
    indicators = [
        {
            "section": "annual",
            "level1": "产出指标",
            "level2": "数量指标",
            "name": f"第{row}所学校的合格率",
            "comparator": "≥",
            "value": "95",
            "unit": "万元",
        }
        for row in range(rows)
    ]
    table = {"id": "t", "kind": "overall", "title": "目标表", "indicators": indicators}
    data = {"perflint": "document/1", "organization": {"name": f"{path.stem}镇"}, "fiscal_year": 2026}
    path.write_text(json.dumps({**data, "tables": [table]}, ensure_ascii=False), encoding="utf-8")


def run(*argv: str) -> int:
    return main([argv[0], *argv[1:], "--isolated", "--pack", "cn-core"])


def read(name: str = BASELINE) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def test_what_was_written_down_counts_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ".", "--fail-on", "info", "--format", "concise") == 1
    found = len(capsys.readouterr().out.splitlines())
    assert run("baseline", "write", ".") == 0
    assert f"{BASELINE}：{found} 项，新增 {found}，删去 0" in capsys.readouterr().err
    assert run("check", ".", "--fail-on", "info", "--baseline", BASELINE) == 0
    keys = [str(entry["fingerprint"]) for entry in read()]
    assert (len(keys), keys) == (found, sorted(set(keys)))


def test_new_findings_join_only_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("baseline", "write", "甲.json")
    before = read()
    assert run("baseline", "write", ".") == 2
    assert "确认要扩大基线时加 --grow" in capsys.readouterr().err
    assert read() == before
    assert run("baseline", "write", ".", "--grow") == 0
    assert [entry for entry in read() if entry["organization"] == "甲镇"] == before
    assert {entry["organization"] for entry in read()} == {"甲镇", "乙镇"}
    assert [path.name for path in folder.glob(".perflint*")] == []


def test_what_is_gone_is_dropped_and_what_was_not_checked_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("baseline", "write", ".")
    before = read()
    write_table(folder / "甲.json", 5)
    capsys.readouterr()
    assert run("baseline", "prune", "甲.json") == 0
    after = read()
    assert f"{len(after)} 项，新增 0，删去 {len(before) - len(after)}" in capsys.readouterr().err
    assert [entry for entry in after if entry not in before] == []
    gone = {str(entry["label"]).partition(" · ")[0] for entry in before if entry not in after}
    assert gone >= {f"产出指标 / 数量指标 / 第{row}所学校的合格率" for row in (5, 6, 7)}
    assert [entry for entry in after if entry["organization"] == "乙镇"] == [
        entry for entry in before if entry["organization"] == "乙镇"
    ]


def test_the_file_is_the_same_however_little_fits_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    run("baseline", "write", ".")
    monkeypatch.setattr("perflint.report.baseline.SortedLines", partial(SortedLines, limit=3, piece=2))
    run("baseline", "write", ".", "--baseline", "other.jsonl")
    assert Path("other.jsonl").read_bytes() == Path(BASELINE).read_bytes()


def test_where_nothing_is_wrong_the_baseline_is_empty(folder: Path) -> None:
    write_table(folder / "空.json", 0)
    assert run("baseline", "write", "空.json", "--select", "unit-missing") == 0
    assert read() == []
    assert run("check", "空.json", "--select", "unit-missing", "--baseline", BASELINE) == 0


def test_an_unreadable_file_is_told_and_the_others_are_written_down(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "坏.json").write_text('{"perflint": "document/1", "tables": [', encoding="utf-8")
    assert run("baseline", "write", ".") == 2
    assert "坏.json:1:39: 文件到这里就断了" in capsys.readouterr().err
    assert {entry["organization"] for entry in read()} == {"甲镇", "乙镇"}
