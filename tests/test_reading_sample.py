"""``perflint test`` on a pack with sample files: originals beside the documents they must read into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from packs import HEAD, RULE

from perflint.cli import main
from perflint.pack.files import shipped_packs
from perflint.pack.load import load_pack
from perflint.reading.sample import run_samples

TABLE = """\
2026年项目支出绩效目标表
一级指标\t二级指标\t三级指标\t指标值\t计量单位
产出指标\t数量指标\t维修里程\t≥5\t公里
满意度指标\t服务对象满意度指标\t群众满意度\t≥95\t%
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one sample that reads as its document says."""
    (tmp_path / "pack.yaml").write_text(f"{HEAD}rules:\n{RULE}", encoding="utf-8")
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "a.txt").write_text(TABLE, encoding="utf-8")
    assert main(["read", str(tmp_path / "samples" / "a.txt"), "-o", str(tmp_path / "samples")]) == 0
    return tmp_path


def change(pack: Path, value: Any) -> None:
    """Put *value* where the document of the sample tells the value of the first indicator."""
    path = pack / "samples" / "a.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["tables"][0]["indicators"][0]["value"] = value
    path.write_text(json.dumps(document), encoding="utf-8")


def test_a_sample_that_reads_as_it_should_passes(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["test", str(pack)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "base 1.2.0：1 份样表，全部相符"


def test_a_difference_is_shown_at_its_place(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(pack, "≥6")
    capsys.readouterr()
    assert main(["test", str(pack), "--lang", "en"]) == 1
    place = "/tables/0/indicators/0/value"
    assert f"{pack / 'samples' / 'a.txt'}: {place}: '≥6' expected, '≥5' read" in capsys.readouterr().out.splitlines()


def test_a_row_too_few_is_one_difference(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "samples" / "a.txt").write_text("\n".join(TABLE.splitlines()[:-1]), encoding="utf-8")
    capsys.readouterr()
    assert main(["test", str(pack)]) == 1
    assert "/tables/0/indicators：应有 2 项，读到 1 项" in capsys.readouterr().out


def test_a_sample_without_its_document_is_a_fault_that_says_how_to_write_it(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / "samples" / "a.json").unlink()
    capsys.readouterr()
    assert main(["test", str(pack)]) == 1
    assert f"perflint read {pack / 'samples' / 'a.txt'} -o {pack / 'samples'}" in capsys.readouterr().out


def test_a_sample_that_cannot_be_read_does_not_stop_the_others(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "samples" / "0.docx").write_bytes(b"PK\x03\x04")
    (pack / "samples" / "0.json").write_bytes((pack / "samples" / "a.json").read_bytes())
    capsys.readouterr()
    assert main(["test", str(pack)]) == 1
    output = capsys.readouterr().out
    assert "0.docx" in output
    assert "2 份样表" in output


@pytest.mark.parametrize("name", shipped_packs())
def test_the_samples_of_the_shipped_packs_hold(name: str) -> None:
    found = run_samples(Path(shipped_packs()[name]), load_pack(name).forms)
    assert [(sample.path.name, sample.faults) for sample in found if sample.faults] == []


def test_a_shipped_pack_has_a_sample() -> None:
    assert [
        sample.path.name for sample in run_samples(Path(shipped_packs()["cn-43-hunan"]), load_pack("cn-43-hunan").forms)
    ]
