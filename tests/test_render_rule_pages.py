from __future__ import annotations

from pathlib import Path

import packs
import pytest

from perflint.cli import main
from perflint.pack.load import load_pack
from perflint.render.rule_pages import build_rule_pages


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    packs.write(tmp_path, base=packs.BASE)
    return build_rule_pages(load_pack(tmp_path / "base.yaml", thorough=True))


def test_a_pack_of_one_file_has_an_index_and_one_page_a_language(pages: dict[str, str]) -> None:
    assert sorted(pages) == ["en/README.md", "en/base.md", "zh/README.md", "zh/base.md"]


def test_the_index_leads_to_every_rule(pages: dict[str, str]) -> None:
    rows = [line for line in pages["en/README.md"].splitlines() if line.startswith("| [")]
    assert rows[0] == ("| [PT101](base.md#pt101) | `ari-expenditure-sum` | error | The parts differ from the total |")


def test_a_page_shows_what_the_rule_reports_on_its_first_failing_example(pages: dict[str, str]) -> None:
    assert "> 合计 3，差 -1" in pages["zh/base.md"].splitlines()
    assert "> the sum is 3, off by -1" in pages["en/base.md"].splitlines()


def test_a_page_says_what_nobody_compared_with_the_text(pages: dict[str, str]) -> None:
    assert "- 《中华人民共和国预算法》 第十二条（未核对原文）" in pages["zh/base.md"].splitlines()


def test_inherited_rules_stay_with_their_own_pack(tmp_path: Path) -> None:
    packs.write(tmp_path, base=packs.BASE)
    county = "perflint: pack/1\npack:\n  {id: county, prefix: CO, version: 1.0.0, title: {zh: 县, en: County}, "
    (tmp_path / "county.yaml").write_text(county + "extends: [{pack: ./base.yaml}]}\n", encoding="utf-8")
    assert sorted(build_rule_pages(load_pack(tmp_path / "county.yaml"))) == ["en/README.md", "zh/README.md"]


def test_the_command_writes_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: dict[str, str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["docs", "./base.yaml", "-o", "out"]) == 0
    assert {name: (tmp_path / "out" / name).read_text(encoding="utf-8") for name in pages} == pages
