from __future__ import annotations

from pathlib import Path

import packs
import pytest

from perflint.errors import ConfigError
from perflint.finding import Severity
from perflint.language import speaking
from perflint.pack.load import load_pack
from perflint.pack.model import Pack
from perflint.selection import Selection, refuse_unknown


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    rules = [
        packs.RULE,
        packs.UNIT_RULE,
        packs.rule("PT402", "unit-odd", "enabled: false", "tags: [unit]", "formerly: [PT499]"),
        "- {id: PT403, name: unit-gone, status: removed, replaced_by: PT402}\n",
    ]
    return load_pack(packs.write(tmp_path, base=packs.HEAD + "rules:\n" + "".join(rules))["base"])


def chosen(pack: Pack, **asked: tuple[str, ...]) -> list[str]:
    return [rule.id for (one,) in [Selection(**asked).apply([pack])] for rule in one.rules]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["PT101", "PT401"]),
        (("all",), (), ["PT101", "PT401"]),
        (("PT402",), (), ["PT402"]),
        (("PT499",), (), ["PT402"]),
        (("all", "unit-odd"), (), ["PT101", "PT401", "PT402"]),
        (("arithmetic",), (), ["PT101"]),
        (("unit",), (), []),
        ((), ("arithmetic",), ["PT401"]),
        (("PT101", "PT401"), ("unit-missing",), ["PT101"]),
    ],
)
def test_the_chosen_rules_run(
    pack: Pack, select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    assert chosen(pack, select=select, ignore=ignore) == expected


def test_a_severity_is_changed_by_id_or_name(pack: Pack) -> None:
    selection = Selection(severity={"ari-expenditure-sum": Severity.INFO, "PT401": Severity.ERROR})
    (changed,) = selection.apply([pack])
    assert [rule.severity for rule in changed.rules] == [Severity.INFO, Severity.ERROR]


def test_what_means_no_rule_is_found(pack: Pack) -> None:
    selection = Selection(
        select=("PT101", "PT100", "arithmetic", "all"), ignore=("unit",), severity={"unit": Severity.INFO}
    )
    assert selection.unknown_in([pack]) == (("select", "PT100"), ("severity", "unit"))


@pytest.mark.parametrize(
    ("setting", "entry", "expected"),
    [
        ("select", "PT100", "select: there is no rule or tag 'PT100'\n    → did you mean PT101"),
        ("severity", "zzz", "severity: there is no rule 'zzz'\n    → perflint rules lists the rules"),
        ("ignore", "unit-gone", "ignore: rule unit-gone is no longer in use\n    → replaced by PT402"),
    ],
)
def test_unknown_rule_id_is_told_with_a_suggestion(pack: Pack, setting: str, entry: str, expected: str) -> None:
    with speaking("en"), pytest.raises(ConfigError) as caught:
        refuse_unknown([(setting, entry)], [pack])
    assert str(caught.value).startswith(expected)
