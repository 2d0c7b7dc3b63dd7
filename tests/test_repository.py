"""What the repository says about itself is true: generated pages, rules, hooks."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml
from test_rules import PACKS, list_rules

from docs.generate import REGISTER, build_pages_of_rules, enter_rules, list_pages, read_pages_of_rules, renew
from perflint.pack.model import RetiredRule, Rule

ROOT = Path(__file__).parent.parent
RULES = {rule.id: rule for _, rule in list_rules()}


def test_the_pages_of_the_rules_are_what_the_generator_writes() -> None:
    written, generated = read_pages_of_rules(), build_pages_of_rules(PACKS.values())
    stale = sorted(name for name in written.keys() | generated.keys() if written.get(name) != generated.get(name))
    assert stale == [], "make docs rewrites them"


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_the_tables_in_a_page_are_what_the_generator_writes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == renew(text, page.parent.name)


def test_every_page_is_there_in_both_languages() -> None:
    zh, en = ({page.name for page in list_pages() if page.parent.name == lang} for lang in ("zh", "en"))
    assert zh == en


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_has_examples(rule: Rule) -> None:
    assert [kind for kind in ("pass", "fail") if not rule.examples.of(kind)] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_names_what_it_rests_on(rule: Rule) -> None:
    assert rule.source
    assert all(source.document.strip() for source in rule.source)


def test_ids_and_names_are_unique_among_the_shipped_packs() -> None:
    used = Counter(word for _, rule in list_rules() for word in (rule.id, rule.name, *rule.formerly))
    assert [word for word, times in used.items() if times > 1] == []


REGISTERED = list(csv.DictReader(REGISTER.read_text(encoding="utf-8").splitlines()))
KNOWN: dict[str, Rule | RetiredRule] = {
    **RULES,
    **{rule.id: rule for pack in PACKS.values() for rule in pack.retired if rule.status == "removed"},
}


@pytest.mark.parametrize("line", REGISTERED, ids=lambda line: line["id"])
def test_no_shipped_id_ever_vanishes_or_changes_its_meaning(line: dict[str, str]) -> None:
    rule = KNOWN.get(line["id"]) or next((r for r in KNOWN.values() if line["id"] in r.formerly), None)
    assert rule is not None, "a rule that is dropped stays as {id: …, name: …, status: removed}"
    assert line["name"] in (rule.name, *rule.formerly), "a new name keeps the old one under formerly"
    assert isinstance(rule, RetiredRule) or rule.id != line["id"] or rule.since == line["since"]


def test_every_shipped_rule_is_in_the_register() -> None:
    text = REGISTER.read_text(encoding="utf-8")
    assert text == enter_rules(text, PACKS.values()), "make docs enters it"
    assert len({line["id"] for line in REGISTERED}) == len(REGISTERED)


def test_the_hooks_of_pre_commit_are_the_ones_the_pages_name() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["perflint", "perflint-set", "perflint-packs"]
    for lang in ("zh", "en"):
        page = (ROOT / "docs" / lang / "pre-commit.md").read_text(encoding="utf-8")
        assert all(f"`{hook['id']}`" in page for hook in hooks)
