"""The packs of provinces and counties: which join in by themselves, and that sound tables stay clean."""

from __future__ import annotations

import json

import pytest
from planting import CLEAN

from perflint import Linter
from perflint.finding import Severity
from perflint.pack.find import auto_packs


@pytest.mark.parametrize(
    ("organization", "packs"),
    [
        ("株洲市渌口区某镇人民政府", ("cn-43-hunan", "cn-430212", "cn-core")),
        ("株洲市石峰区某镇人民政府", ("cn-43-hunan", "cn-430204", "cn-core")),
        ("芷江侗族自治县某乡人民政府", ("cn-431228", "cn-core")),
        ("黄石市阳新县某镇人民政府", ("cn-42-hubei", "cn-420222", "cn-core")),
        ("唐山市丰润区某镇人民政府", ("cn-13-hebei", "cn-130208", "cn-core")),
        ("武汉市某区教育局", ("cn-42-hubei", "cn-core")),
        ("四川省某厅", ("cn-51-sichuan", "cn-core")),
        ("绵阳市某县农业农村局", ("cn-51-sichuan", "cn-core")),
        ("某市某局", ("cn-core",)),
        (None, ("cn-core",)),
    ],
)
def test_packs_join_in_by_the_name_of_the_organization_alone(organization: str | None, packs: tuple[str, ...]) -> None:
    assert auto_packs(None, organization) == packs


@pytest.mark.parametrize(
    ("division", "packs"),
    [
        ("430212", ("cn-43-hunan", "cn-430212", "cn-core")),
        ("431228", ("cn-43-hunan", "cn-431228", "cn-core")),
        ("420222", ("cn-42-hubei", "cn-420222", "cn-core")),
        ("510100", ("cn-51-sichuan", "cn-core")),
        ("110000", ("cn-core",)),
    ],
)
def test_the_division_code_goes_before_the_name(division: str, packs: tuple[str, ...]) -> None:
    assert auto_packs(division, "河北省某厅") == packs


@pytest.mark.parametrize(
    ("document", "division"),
    [
        ("hunan-overall", "430000"),
        ("hunan-frequencies", "430000"),
        ("hunan-scoring", "431228"),
        ("hunan-police", "430204"),
        ("hubei-overall", "420222"),
        ("hubei-transport", "420000"),
        ("hubei-veterans", "420000"),
        ("hebei-projects", "130208"),
        ("hebei-water", "130000"),
        ("sichuan-list", "510000"),
        ("sichuan-relics", "510000"),
    ],
)
def test_a_clean_table_is_clean_with_the_pack_of_its_place_too(document: str, division: str) -> None:
    data = json.loads((CLEAN / f"{document}.json").read_text(encoding="utf-8"))
    data["organization"]["division_code"] = division
    findings = Linter(packs=["auto"]).check(data).findings
    assert [(f.name, f.location.pointer) for f in findings if f.severity is not Severity.INFO] == []
