"""Every example of every shipped rule, each a test of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from perflint.engine.examples import run_example
from perflint.engine.program import Program, compile_program
from perflint.pack.examples import Example
from perflint.pack.files import shipped_packs
from perflint.pack.load import load_pack
from perflint.pack.model import Pack, Rule

PACKS = {name: load_pack(name, thorough=True) for name in shipped_packs()}


def list_rules() -> Iterator[tuple[Pack, Rule]]:
    """Yield each shipped rule once, with the pack that defines it."""
    for pack in PACKS.values():
        yield from ((pack, rule) for rule in pack.rules if rule.pack == pack.id)


EXAMPLES = {
    f"{rule.id}-{example.kind}-{example.index}": (pack.id, rule, example)
    for pack, rule in list_rules()
    for example in rule.examples.all
}


@cache
def compile_alone(pack: str, rule: str) -> Program:
    (found,) = (known for known in PACKS[pack].rules if known.id == rule)
    return compile_program([replace(PACKS[pack], rules=(replace(found, enabled=True),))])


@pytest.mark.parametrize(("pack", "rule", "example"), EXAMPLES.values(), ids=list(EXAMPLES))
def test_the_rule_ends_as_its_example_says(pack: str, rule: Rule, example: Example) -> None:
    result = run_example(compile_alone(pack, rule.id), example)
    assert result.ok, result.describe()
