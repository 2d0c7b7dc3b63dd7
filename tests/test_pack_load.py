from __future__ import annotations

import gc
import pickle
import re
from decimal import Decimal
from pathlib import Path

import pytest
from packs import BASE, HEAD, RULE, UNIT_RULE, head, rule, write

from perflint import Linter
from perflint.errors import PackError, Problem
from perflint.finding import Severity
from perflint.language import speaking
from perflint.pack.load import load_pack, load_packs
from perflint.pack.model import Exemption, Pack, Place, Source


def load(folder: Path, *names: str) -> Pack:
    (pack,) = load_packs([folder / f"{name}.yaml" for name in names])
    return pack


def told(*sources: str | Path) -> list[str]:
    """Return the problems as ``file «marked text»: message | hint``, without folders and, in hints, line numbers."""
    with speaking("en"), pytest.raises(PackError) as caught:
        load_packs(sources)
    found = []
    for problem in caught.value.problems:
        text = f"{Path(problem.path or '').name}{marked(problem)}: {problem.message}"
        if problem.hint:
            text += " | " + re.sub(r"/[^ :]*/([^/ :]+)(:\d+:\d+)?", r"\1", problem.hint)
        found.append(text)
    return found


def marked(problem: Problem) -> str:
    """Return what the caret underlines."""
    if problem.excerpt is None or problem.column is None:
        return ""
    start = (problem.caret or problem.column) - 1
    return f" «{problem.excerpt[start : start + problem.width]}»"


# --- one pack


def test_rule_holds_what_is_written(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE)["base"]
    pack = load_pack(path)
    first = pack.rules[0]
    assert (pack.id, pack.prefix, pack.version, pack.path) == ("base", "PT", "1.2.0", str(path))
    assert pack.title == {"zh": "通用规则", "en": "Core rules"}
    assert (first.id, first.name, first.since, first.status) == ("PT101", "ari-expenditure-sum", "1.0.0", "stable")
    assert (first.severity, first.enabled, first.tags) == (Severity.ERROR, True, ("arithmetic",))
    assert first.source == (Source(document="中华人民共和国预算法", article="第十二条", checked=False),)
    assert (first.for_each, first.when) == ("table", 'table.kind == "overall"')
    assert first.needs == ("budget.total", "budget.by_use.basic", "budget.by_use.project")
    assert first.let == {"parts": "budget.by_use.basic + budget.by_use.project", "gap": "parts - budget.total"}
    assert (first.assert_, first.at) == ("abs(gap) <= params.tolerance", "budget.total")
    assert first.message == {"zh": "合计 ${parts}，差 ${gap}", "en": "the sum is ${parts}, off by ${gap}"}
    assert (first.fix, first.notes, first.pack, first.params, first.exempt) == (None, None, "base", {}, ())
    assert first.places["assert"] == Place(file=str(path), line=28, column=3, pack="base")


def test_pack_holds_parameters_vocabularies_and_fields(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, base=BASE)["base"])
    assert pack.params["tolerance"].value == Decimal("0.005")
    assert pack.vocab == {
        "people_units": ("人", "户", "单"),
        "level2": {"数量指标": "quantity", "质量指标": "quality"},
    }
    assert pack.define == {"indicator": {"class2": 'lookup(vocab.level2, level2, "")'}}
    assert list(pack.derived["indicator"]) == ["class2"]
    assert [f"{key} {place.line}" for key, place in pack.places.items()] == [
        "params.tolerance 8",
        "vocab.people_units 10",
        "vocab.level2 11",
        "define.indicator.class2 14",
    ]


def test_examples_are_plain_data_with_their_lines(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, base=BASE)["base"])
    examples = pack.rules[0].examples
    assert [(example.kind, example.index, example.line) for example in examples.all] == [
        ("pass", 0, 32),
        ("fail", 0, 33),
    ]
    (failing,) = examples.of("fail")
    assert failing.parts == {"table": {"budget": {"total": 4, "by_use": {"basic": 1, "project": 2}}}}
    assert type(failing.parts["table"]) is dict
    assert failing.values == {"gap": "-1"}


def test_examples_read_late_are_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE)["base"]
    early, late = load_pack(path, thorough=True), load_pack(path, thorough=False)
    assert [rule.examples.all for rule in late.rules] == [rule.examples.all for rule in early.rules]
    assert early == late


def test_fault_in_an_example_is_told_unless_examples_are_left_for_later(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE.replace("values: {gap:", "values: {gpa:"))["base"]
    assert told(path) == ["base.yaml «gpa»: rule PT101: expected value 'gpa' is no name of 'let' | did you mean gap?"]
    assert load_pack(path, thorough=False).rules[0].id == "PT101"


def test_only_what_is_found_has_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE.replace("pass: [{table:", "pass: [{at: /tables/0, table:"))["base"]
    assert told(path) == ["base.yaml «at»: rule PT101: a pass example has no 'at' | 'at' stands under fail and unknown"]


def test_pack_can_be_pickled(tmp_path: Path) -> None:
    for thorough in (True, False):
        pack = load_pack(write(tmp_path, base=BASE)["base"], thorough=thorough)
        copy = pickle.loads(pickle.dumps(pack))  # noqa: S301 - our own bytes
        assert copy == pack
        assert [rule.examples.all for rule in copy.rules] == [rule.examples.all for rule in pack.rules]
        assert copy.rules[0].places["id"] == pack.rules[0].places["id"]


def test_loading_leaves_no_garbage_and_the_collector_as_it_was(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE)["base"]
    load_pack(path)
    gc.collect()
    gc.disable()
    try:
        pack = load_pack(path)
        assert not gc.isenabled()
        del pack
        assert gc.collect() < 1000
    finally:
        gc.enable()
    load_pack(path)
    assert gc.isenabled()


# --- a folder


def test_folder_is_one_pack_its_files_in_order_of_name(tmp_path: Path) -> None:
    rules = {"b": RULE, "a": UNIT_RULE}
    write(tmp_path, pack=HEAD, **{name: f"perflint: pack/1\nrules:\n{text}" for name, text in rules.items()})
    pack = load_pack(tmp_path)
    assert [rule.id for rule in pack.rules] == ["PT401", "PT101"]
    assert pack.rules[0].places["name"].file == str(tmp_path / "a.yaml")


def test_folder_needs_its_main_file(tmp_path: Path) -> None:
    write(tmp_path, rules="perflint: pack/1\nrules: []\n")
    assert told(tmp_path) == [f"{tmp_path.name}: the folder holds no pack.yaml"]
    (tmp_path / "inner").mkdir()
    write(tmp_path / "inner", pack=BASE)
    assert told(tmp_path) == [f"{tmp_path.name}: the folder holds no pack.yaml | there are packs inside: inner"]


def test_other_files_of_a_folder_hold_rules_only(tmp_path: Path) -> None:
    write(tmp_path, pack=BASE, more="perflint: pack/1\nvocab: {a: [b]}\n")
    assert told(tmp_path) == ["more.yaml «p»: 'rules' is missing", "more.yaml «vocab»: 'vocab' belongs in pack.yaml"]


def test_pack_file_in_a_subfolder_is_not_silently_left_out(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "forms").mkdir()
    write(tmp_path, pack=BASE)
    write(tmp_path / "deep", lost="perflint: pack/1\nrules: []\n")
    write(tmp_path / "forms", town="perflint: form/1\n")
    assert told(tmp_path) == [f"lost.yaml: a pack file must not lie in a subfolder | move it to {tmp_path.name}"]
    (tmp_path / "deep" / "lost.yaml").unlink()
    assert load_pack(tmp_path).forms == (str(tmp_path / "forms" / "town.yaml"),)


def test_hash_is_of_every_file_and_of_every_extended_pack(tmp_path: Path) -> None:
    paths = write(tmp_path, base=BASE, county=head("county", "LK", "./base.yaml"))
    base, county = load_pack(paths["base"]), load_pack(paths["county"])
    assert [part.id for part in county.parts] == ["base", "county"]
    assert county.parts[0].sha256 == base.sha256
    write(tmp_path, base=BASE + "# a remark\n")
    assert load_pack(paths["base"]).sha256 != base.sha256
    assert load_pack(paths["county"]).sha256 != county.sha256
    assert load_pack(paths["county"]).parts[1] == county.parts[1]


# --- extends and override

COUNTY = (
    head("county", "LK", "./base.yaml")
    + """\
override:
  unit-missing:
    severity: error
    reason: 区财政局2026年要求
    message: {zh: 请补单位, en: add the unit}
    exempt:
    - {organization: "*中学", reason: 另有规定}
  PT101: {params: {tolerance: "0.01"}, enabled: false, reason: 四舍五入}
vocab:
  people_units: {add: [户次], remove: [单]}
  level2: {add: {时效指标: time}}
  own: [甲]
params:
  limit: {type: integer, default: 3, title: {zh: 上限, en: limit}}
rules:
"""
    + rule("LK001", "own-rule", "when: stated(unit) and unit in vocab.own and unit in vocab.people_units")
)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    write(tmp_path, base=BASE, county=COUNTY)
    return tmp_path


def test_override_changes_the_inherited_rule_and_remembers_where(packs: Path) -> None:
    pack = load(packs, "county")
    sums, units, own = pack.rules
    file = str(packs / "county.yaml")
    assert (sums.id, units.id, own.id) == ("PT101", "PT401", "LK001")
    assert (sums.pack, units.pack, own.pack) == ("base", "base", "county")
    assert (units.severity, units.message["zh"]) == (Severity.ERROR, "请补单位")
    assert units.places["severity"] == Place(file=file, line=11, column=5, pack="county", reason="区财政局2026年要求")
    assert units.places["title"].pack == "base"
    assert units.exempt == (
        Exemption(
            organization="*中学",
            reason="另有规定",
            place=Place(file=file, line=15, column=7, pack="county"),
        ),
    )
    assert (sums.enabled, sums.params["tolerance"].value) == (False, Decimal("0.01"))
    assert pack.params["tolerance"].value == Decimal("0.005")
    assert pack.values_for(sums) == {"tolerance": Decimal("0.01"), "limit": Decimal(3)}
    assert pack.values_for(units)["tolerance"] == Decimal("0.005")


def test_vocabulary_is_extended_not_replaced(packs: Path) -> None:
    pack = load(packs, "county")
    assert pack.vocab["people_units"] == ("人", "户", "户次")
    assert pack.vocab["level2"] == {"数量指标": "quantity", "质量指标": "quality", "时效指标": "time"}
    assert {key: place.line for key, place in pack.places.items() if key.startswith("vocab.people")} == {
        "vocab.people_units": 10,
        "vocab.people_units.单": 18,
        "vocab.people_units.户次": 18,
    }


def test_override_is_inherited(packs: Path) -> None:
    town = head("town", "TN", "./county.yaml") + (
        "override:\n  PT401: {fix: {zh: 补上, en: add it}, exempt: [{table: 甲, reason: 乙}], reason: 镇}\n"
        "vocab:\n  people_units: {add: [单], remove: [户次]}\n"
    )
    write(packs, town=town)
    pack = load(packs, "town")
    units = pack.find_rule("unit-missing")
    assert units is not None
    assert (units.severity, units.fix) == (Severity.ERROR, {"zh": "补上", "en": "add it"})
    assert [item.place.pack for item in units.exempt] == ["county", "town"]
    assert units.places["severity"].pack == "county"
    assert units.places["fix"].pack == "town"
    assert pack.vocab["people_units"] == ("人", "户", "单")
    assert [part.id for part in pack.parts] == ["base", "county", "town"]


def test_later_override_of_the_same_value_wins(packs: Path) -> None:
    write(packs, town=head("town", "TN", "./county.yaml") + "override:\n  PT401: {severity: info, reason: 镇}\n")
    units = load(packs, "town").find_rule("PT401")
    assert units is not None
    assert (units.severity, units.places["severity"].pack) == (Severity.INFO, "town")


def test_replaced_rule_gives_way(packs: Path) -> None:
    own = rule("TN001", "unit-missing-here", "replaces: [unit-missing]")
    write(packs, town=head("town", "TN", "./county.yaml") + "rules:\n" + own)
    pack = load(packs, "town")
    assert [rule.id for rule in pack.rules] == ["PT101", "LK001", "TN001"]
    assert pack.rules[2].replaces == ("PT401",)
    (retired,) = pack.retired
    assert (retired.id, retired.name, retired.status, retired.replaced_by) == (
        "PT401",
        "unit-missing",
        "replaced",
        "TN001",
    )
    assert (retired.place.pack, retired.place.line) == ("town", 23)


def test_removed_rule_keeps_its_id_taken(tmp_path: Path) -> None:
    gone = "- {id: PT900, name: gone, status: removed, replaced_by: PT101, formerly: [PT899]}\n"
    path = write(tmp_path, base=BASE + gone)["base"]
    (retired,) = load_pack(path).retired
    assert (retired.id, retired.status, retired.replaced_by, retired.formerly) == (
        "PT900",
        "removed",
        "PT101",
        ("PT899",),
    )
    again = write(tmp_path, again=BASE + gone + rule("PT900", "new-one"))["again"]
    assert told(again) == [
        "again.yaml «PT900»: 'PT900' already names rule PT900 | the other place is again.yaml (base)"
    ]


def test_former_names_still_mean_the_rule(packs: Path) -> None:
    write(packs, base=BASE + "  formerly: [PT400, unit-absent]\n")
    write(packs, town=head("town", "TN", "./base.yaml") + "override:\n  unit-absent: {severity: info, reason: 镇}\n")
    pack = load(packs, "town")
    units = pack.find_rule("PT400")
    assert units is not None
    assert (units.id, units.severity, units.formerly) == ("PT401", Severity.INFO, ("PT400", "unit-absent"))


def test_a_former_name_in_a_pack_is_told_with_its_place(packs: Path) -> None:
    write(packs, base=BASE + "  formerly: [PT400, unit-absent]\n")
    override = "override:\n  unit-absent: {severity: info, reason: 镇}\n"
    write(packs, town=head("town", "TN", "./base.yaml") + override)
    write(packs, village=head("village", "VL", "./town.yaml") + "rules: []\n")
    [notice] = Linter([packs / "village.yaml"]).run([]).report.notices
    assert (notice.path, notice.line, notice.column) == (str(packs / "town.yaml"), 10, 3)
    assert (notice.code, notice.rule, notice.message, notice.hint) == (
        "perflint/rule-renamed",
        "PT401",
        "“unit-absent”现在是 PT401 unit-missing",
        "改写成 PT401",
    )
    write(packs, town=head("town", "TN", "./base.yaml") + override.replace("unit-absent", "unit-missing"))
    assert Linter([packs / "village.yaml"]).run([]).report.notices == ()


# --- several packs at once


def test_extended_pack_is_not_loaded_twice(packs: Path) -> None:
    loaded = load_packs([packs / "base.yaml", packs / "county.yaml"])
    assert [pack.id for pack in loaded] == ["county"]


def test_unrelated_packs_stay_apart(packs: Path) -> None:
    write(packs, other=head("other", "OT") + "vocab: {people_units: [头]}\nrules:\n" + rule("OT001", "other-rule"))
    loaded = load_packs([packs / "county.yaml", packs / "other.yaml"])
    assert [(pack.id, pack.vocab["people_units"]) for pack in loaded] == [
        ("county", ("人", "户", "户次")),
        ("other", ("头",)),
    ]


SISTER = (
    head("sister", "SR", "base")
    + """\
override:
  PT101: {severity: warning, reason: 某某}
vocab:
  people_units: {add: [名]}
rules: []
"""
)


def test_packs_with_a_common_ancestor_are_taken_together(packs: Path) -> None:
    write(packs, sister=SISTER.replace("pack: base", "pack: ./base.yaml"))
    pack = load(packs, "county", "sister")
    sums = pack.find_rule("PT101")
    assert sums is not None
    assert (pack.id, pack.prefix, pack.version, pack.path) == ("county+sister", "LK+SR", "1.0.0+1.0.0", None)
    assert [part.id for part in pack.parts] == ["base", "county", "sister"]
    assert (sums.severity, sums.enabled) == (Severity.WARNING, False)
    assert pack.vocab["people_units"] == ("人", "户", "户次", "名")
    assert [rule.id for rule in pack.rules] == ["PT101", "PT401", "LK001"]


def test_one_pack_may_extend_both(packs: Path) -> None:
    write(packs, sister=SISTER.replace("pack: base", "pack: ./base.yaml"))
    write(packs, town=head("town", "TN", "./county.yaml", "./sister.yaml") + "rules: []\n")
    sums = load(packs, "town").find_rule("PT101")
    assert sums is not None
    assert (sums.severity, sums.enabled) == (Severity.WARNING, False)


def test_contradicting_overrides_are_a_load_error(packs: Path) -> None:
    sister = SISTER.replace("pack: base", "pack: ./base.yaml").replace("severity: warning", "enabled: true")
    write(packs, sister=sister + "", town=head("town", "TN", "./county.yaml", "./sister.yaml"))
    expected = [
        ("sister.yaml «enabled»: enabled of rule PT101 is set in two ways | the other place is county.yaml (county)")
    ]
    assert told(packs / "town.yaml") == expected
    assert told(packs / "county.yaml", packs / "sister.yaml") == expected


def test_contradicting_vocabulary_is_a_load_error(packs: Path) -> None:
    sister = head("sister", "SR", "./base.yaml") + "vocab: {level2: {add: {时效指标: timeliness}}}\n"
    write(packs, sister=sister)
    assert told(packs / "county.yaml", packs / "sister.yaml") == [
        (
            "sister.yaml «时效指标»: '时效指标' of vocabulary level2 is changed in two ways | "
            "the other place is county.yaml (county)"
        )
    ]


def test_override_of_a_rule_that_another_pack_replaces_is_a_load_error(packs: Path) -> None:
    replacing = head("sister", "SR", "./base.yaml") + "rules:\n" + rule("SR001", "mine", "replaces: PT401")
    write(packs, sister=replacing)
    found = told(packs / "county.yaml", packs / "sister.yaml")
    assert [line.split(" | ")[0] for line in found] == [
        "county.yaml «severity»: rule PT401 is replaced by SR001; setting severity has no effect",
        "county.yaml «message»: rule PT401 is replaced by SR001; setting message has no effect",
    ]


def test_one_prefix_in_two_packs_is_a_load_error(packs: Path) -> None:
    write(packs, other=head("other", "LK") + "rules: []\n")
    assert told(packs / "county.yaml", packs / "other.yaml") == [
        (
            "other.yaml «LK»: the prefix LK belongs to county | "
            "see county.yaml; packs with one prefix do not load together"
        )
    ]


def test_one_pack_id_for_two_packs_is_a_load_error(packs: Path) -> None:
    write(packs, other=head("county", "CX") + "rules: []\n")
    assert told(packs / "county.yaml", packs / "other.yaml") == [
        "other.yaml «county»: two different packs are called 'county' | the other one is county.yaml"
    ]


def test_duplicate_rule_id_is_a_load_error(packs: Path) -> None:
    write(packs, base=BASE + RULE.replace("ari-expenditure-sum", "other"))
    assert told(packs / "base.yaml") == [
        "base.yaml «PT101»: 'PT101' already names rule PT101 | the other place is base.yaml (base)"
    ]


def test_duplicate_rule_name_is_a_load_error_even_in_unrelated_packs(packs: Path) -> None:
    write(packs, other=head("other", "OT") + "rules:\n" + rule("OT001", "own-rule"))
    assert told(packs / "county.yaml", packs / "other.yaml") == [
        "other.yaml «name»: duplicate rule name 'own-rule' | the other place is county.yaml"
    ]


# --- what is refused

REFUSED = {
    "rule": (
        "override:\n  unit-mising: {severity: error, reason: x}\n",
        "county.yaml «unit-mising»: there is no rule 'unit-mising' | did you mean unit-missing?",
    ),
    "no reason": (
        "override:\n  unit-missing: {severity: error}\n",
        "county.yaml «{{»: 'reason' (reason) is missing | who changed it and on what ground",
    ),
    "nothing": (
        "override:\n  unit-missing: {reason: x}\n",
        (
            "county.yaml «{{»: 'unit-missing' says too little | "
            "legal keys: severity, enabled, params, message, fix, exempt, reason"
        ),
    ),
    "logic": (
        "override:\n  unit-missing: {assert: stated(unit), reason: x}\n",
        (
            "county.yaml «assert»: the logic of a rule cannot be overridden: 'assert' | "
            "write a rule of your own with replaces: unit-missing"
        ),
    ),
    "parameter": (
        "override:\n  PT101: {params: {tolerence: 1}, reason: x}\n",
        "county.yaml «tolerence»: rule PT101 has no parameter 'tolerence' | did you mean tolerance?",
    ),
    "parameter of another rule": (
        "override:\n  PT401: {params: {tolerance: 1}, reason: x}\n",
        "county.yaml «tolerance»: rule PT401 has no parameter 'tolerance' | this rule has none",
    ),
    "value": (
        "override:\n  PT101: {params: {tolerance: 2}, reason: x}\n",
        "county.yaml «2»: parameter tolerance cannot be 2 | at most 1",
    ),
    "type": (
        "override:\n  PT101: {params: {tolerance: 甲}, reason: x}\n",
        "county.yaml «甲»: must be a number, not '甲'",
    ),
    "parameter again": (
        "params:\n  tolerance: {type: decimal, default: 1, title: {zh: 甲, en: a}}\n",
        (
            "county.yaml «tolerance»: parameter tolerance is declared by base | "
            "see base.yaml; to change its value, give 'params' for a rule under 'override'"
        ),
    ),
    "vocabulary": (
        "vocab:\n  peple_units: {add: [甲]}\n",
        (
            "county.yaml «peple_units»: there is no inherited vocabulary 'peple_units' to change | "
            "did you mean people_units?"
        ),
    ),
    "vocabulary again": (
        "vocab:\n  people_units: [甲]\n",
        (
            "county.yaml «people_units»: vocabulary people_units is defined by base | "
            "see base.yaml; to change it, write {{add: […], remove: […]}}"
        ),
    ),
    "word": (
        "vocab:\n  people_units: {remove: [甲]}\n",
        "county.yaml «甲»: vocabulary people_units has no '甲' | it has: 人、户、单",
    ),
    "word of a map": (
        "vocab:\n  level2: {add: {数量指标: number}}\n",
        (
            "county.yaml «number»: '数量指标' already means 'quantity', not 'number' | "
            "set at base.yaml; list it in 'remove' too to change it"
        ),
    ),
    "list for a map": (
        "vocab:\n  level2: {add: [数量]}\n",
        "county.yaml «[»: vocabulary level2 is a map",
    ),
    "field": (
        "define:\n  indicator: {class2: name}\n",
        "county.yaml «class2»: indicator already has a field class2 | defined by base at base.yaml",
    ),
    "replaced rule": (
        "rules:\n" + rule("LK001", "mine", "replaces: unit-mising"),
        "county.yaml «unit-mising»: there is no rule 'unit-mising' | did you mean unit-missing?",
    ),
    "prefix": (
        "rules:\n" + rule("PT999", "mine"),
        "county.yaml «PT999»: rule id PT999 must start with LK",
    ),
    "since": (
        "rules:\n" + rule("LK001", "mine").replace("since: 1.0.0", "since: 1.1"),
        "county.yaml «1.1»: rule LK001: 'since' must be text, not 1.1 | quote a text: \"1.1\"",
    ),
    "since later": (
        "rules:\n" + rule("LK001", "mine").replace("since: 1.0.0", "since: 1.0.1"),
        "county.yaml «1.0.1»: rule LK001: since 1.0.1 is later than the pack | the pack has version 1.0.0",
    ),
    "until": (
        "rules:\n" + rule("LK001", "mine", "until: 2.0.0"),
        "county.yaml «until»: rule LK001: only a deprecated rule has 'until' | say status: deprecated",
    ),
    "until has come": (
        "rules:\n" + rule("LK001", "mine", "status: deprecated", "until: '1.0'"),
        (
            "county.yaml «'1.0'»: rule LK001: deprecated until 1.0, which has come | "
            "the pack has version 1.0.0; say status: removed"
        ),
    ),
    "error on trial": (
        "rules:\n" + rule("LK001", "mine", "status: preview").replace("severity: warning", "severity: error"),
        (
            "county.yaml «error»: rule LK001: a rule on trial cannot be an error | "
            "use warning or info, or say status: stable"
        ),
    ),
    "successor": (
        "rules:\n" + rule("LK001", "mine", "status: deprecated", "replaced_by: unit-mising"),
        "county.yaml «unit-mising»: rule LK001: there is no rule 'unit-mising' | did you mean unit-missing?",
    ),
    "yields to none": (
        "rules:\n" + rule("LK001", "mine", "yields_to: [PT401, unit-mising]"),
        "county.yaml «unit-mising»: rule LK001: there is no rule 'unit-mising' | did you mean unit-missing?",
    ),
    "yields to itself": (
        "rules:\n" + rule("LK001", "mine", "yields_to: [mine]"),
        "county.yaml «mine»: rule LK001: LK001 yields to itself | name another rule",
    ),
    "placeholder": (
        "rules:\n" + rule("LK001", "mine", "fix: {zh: '改 ${name}', en: fix}"),
        (
            "county.yaml «'改 ${{name}}'»: rule LK001: 'fix' cannot hold a placeholder ${{…}} | "
            "placeholders stand in 'message' only"
        ),
    ),
    "rows in a message": (
        "rules:\n" + rule("LK001", "mine").replace("zh: 缺单位", "zh: '${[i for i in table.indicators]}'"),
        "county.yaml «[i for i in table.indicators]»: rule LK001: cannot show list[indicator] | name a field of it",
    ),
    "own rule": (
        "override:\n  mine: {severity: info, reason: x}\nrules:\n" + rule("LK001", "mine"),
        "county.yaml «mine»: rule LK001 belongs to this pack | change it at county.yaml",
    ),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused_change(tmp_path: Path, text: str, expected: str) -> None:
    paths = write(tmp_path, base=BASE, county=head("county", "LK", "./base.yaml") + text)
    assert told(paths["county"]) == [expected.format(**paths)]


def test_unknown_pack_in_extends_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, county=head("county", "LK", "no-such-pack"))["county"]
    (found,) = told(path)
    assert found.startswith("county.yaml «no-such-pack»: there is no pack 'no-such-pack'")


def test_version_of_an_extended_pack_is_checked(tmp_path: Path) -> None:
    county = head("county", "LK").rstrip() + '\n  extends: [{pack: ./base.yaml, version: ">=2"}]\n'
    paths = write(tmp_path, base=BASE, county=county)
    assert told(paths["county"]) == ['county.yaml «">=2"»: needs base >=2, found 1.2.0 | it is at base.yaml']


def test_requirement_on_perflint_is_checked(tmp_path: Path) -> None:
    text = head("county", "LK") + '  requires: {perflint: ">=99", model: document/1}\nrules: []\n'
    (found,) = told(write(tmp_path, county=text)["county"])
    assert found.startswith('county.yaml «">=99"»: needs perflint >=99, this is ')
    assert found.endswith(" | update perflint: pip install -U budget-perflint")


def test_a_pack_that_needs_more_says_so_and_nothing_else(tmp_path: Path) -> None:
    text = head("county", "LK") + '  requires: {perflint: ">=99", model: document/2}\nnovelty: 1\nrules: [{id: x}]\n'
    paths = write(tmp_path, county=text, town=head("town", "TN", "./county.yaml") + "rules: []\n")
    for path in paths.values():
        assert [line.split(": ")[1].split(",")[0] for line in told(path)] == [
            "needs perflint >=99",
            "needs the document model document/2",
        ]


def test_circle_of_packs_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, a=head("a", "AA", "./b.yaml"), b=head("b", "BB", "./a.yaml"))
    assert told(paths["a"]) == ["b.yaml «./a.yaml»: packs extend each other in a circle: a → b → a"]


def test_every_problem_is_told_at_once_and_in_order(tmp_path: Path) -> None:
    text = BASE.replace("severity: error", "severity: eror", 1).replace("name: unit-missing", "name: Unit")
    text = text.replace('default: "0.005"', "default: 5").replace("people_units: [人, 户, 单]", "people_units: 人")
    found = told(write(tmp_path, base=text)["base"])
    assert [line.split(" | ")[0] for line in found] == [
        "base.yaml «5»: parameter tolerance cannot be 5",
        "base.yaml «人»: 'people_units' must be a list, not text",
        "base.yaml «eror»: rule PT101: 'severity' cannot be 'eror'",
        "base.yaml «Unit»: rule PT401: 'name' cannot be 'Unit'",
    ]


def test_broken_base_does_not_hide_what_is_wrong_with_the_rest(tmp_path: Path) -> None:
    county = head("county", "LK", "./base.yaml") + "override:\n  PT101: {severity: eror, reason: x}\n"
    paths = write(tmp_path, base=BASE.replace("severity: error", "severity: eror", 1), county=county)
    assert [line.split(" | ")[0] for line in told(paths["county"])] == [
        "base.yaml «eror»: rule PT101: 'severity' cannot be 'eror'",
        "county.yaml «eror»: 'severity' cannot be 'eror'",
    ]


def test_problems_are_data_too(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE.replace("severity: error", "severity: eror", 1))["base"]
    with pytest.raises(PackError) as caught:
        load_pack(path)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column, problem.width) == (str(path), 19, 13, 4)
    assert (problem.message, problem.hint, problem.pointer) == (
        "规则 PT101：“severity”不能是“eror”",
        "是否想写 error？",
        "/rules/0/severity",
    )
    assert problem.excerpt == "  severity: eror"


# --- expressions


def test_typo_in_field_is_a_load_error(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE.replace("at: budget.total", "at: budget.totl"))["base"]
    with speaking("en"), pytest.raises(PackError) as caught:
        load_pack(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.excerpt) == (29, "  at: budget.totl")
    assert problem.excerpt is not None
    assert problem.column is not None
    assert problem.excerpt[problem.column - 1 :] in ("totl", "budget.totl")
    assert "total" in (problem.hint or "")


def test_fault_in_a_message_points_into_the_placeholder(tmp_path: Path) -> None:
    path = write(tmp_path, base=BASE.replace("差 ${gap}", "差 ${gpa}"))["base"]
    (found,) = told(path)
    assert found.startswith("base.yaml «gpa»: rule PT101: ")
    with pytest.raises(PackError) as caught:
        load_pack(path)
    (problem,) = caught.value.problems
    assert (problem.excerpt or "")[(problem.caret or problem.column or 0) - 1 :].startswith("gpa}")


def test_overridden_message_is_checked_where_it_is_written(packs: Path) -> None:
    county = head("county", "LK", "./base.yaml") + (
        "override:\n  PT101: {message: {zh: '差 ${gpa}', en: off}, reason: x}\n"
    )
    write(packs, county=county)
    (found,) = told(packs / "county.yaml")
    assert found.startswith("county.yaml «gpa»: rule PT101: ")


def test_broken_definition_is_told_once_and_not_by_its_users(tmp_path: Path) -> None:
    text = BASE.replace("lookup(vocab.level2, level2", "lookup(vocab.levl2, level2").replace(
        "assert: stated(unit)", 'assert: class2 == "" or stated(unit)'
    )
    (found,) = told(write(tmp_path, base=text)["base"])
    assert found.startswith("base.yaml «vocab.levl2»: ")


def test_removed_vocabulary_word_does_not_break_rules_but_removed_vocabulary_would(packs: Path) -> None:
    write(packs, town=head("town", "TN", "./base.yaml") + "vocab: {people_units: {remove: [人, 户, 单]}}\n")
    assert load(packs, "town").vocab["people_units"] == ()
