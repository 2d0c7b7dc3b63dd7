"""A pack from a stranger may be written to grow without bound: it ends in an error, soon, and takes no memory."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from packs import HEAD, UNIT_RULE, write

from perflint.engine import watchdog
from perflint.engine.examples import run_examples
from perflint.errors import PackError
from perflint.pack.load import load_pack

STEPS = 50


def chain(first: str, step: str) -> str:
    """Return ``let`` lines: v0 is *first*, and each later one *step* with ``@`` for the one before."""
    lines = [f"v0: '{first}'", *(f"v{number}: '{step.replace('@', f'v{number - 1}')}'" for number in range(1, STEPS))]
    return "".join(f"    {line}\n" for line in lines)


def faults_of(folder: Path, text: str) -> list[str]:
    pack = load_pack(write(folder, mine=text)["mine"], thorough=True)
    return [result.describe().splitlines()[0] for result in run_examples(pack) if not result.ok]


def with_lets(lets: str, assertion: str) -> str:
    """Return a pack with these ``let`` lines and an assertion on them."""
    written = UNIT_RULE.replace("stated(unit) and unit in vocab.people_units", assertion)
    return HEAD + "rules:\n" + written.replace("  assert:", f"  let:\n{lets}  assert:")


@pytest.mark.parametrize(
    ("first", "step", "end"),
    [
        pytest.param("[i for i in table.indicators]", "@ + @", "size(@) > 0", id="lists"),
        pytest.param('default(name, "甲")', "join([@, @])", "length(@) > 0", id="texts"),
    ],
)
def test_what_doubles_step_by_step_is_stopped(first: str, step: str, end: str, tmp_path: Path) -> None:
    text = with_lets(chain(first, step), end.replace("@", f"v{STEPS - 1}"))
    assert {fault.partition(" (")[2] for fault in faults_of(tmp_path, text)} == {
        "规则没有运行完：列表或文本的长度超过 1000000)"
    }


def test_definitions_that_read_one_another_twice_are_computed_once(tmp_path: Path) -> None:
    lines = [f"    d{number}: d{number - 1} + d{number - 1}\n" for number in range(1, STEPS)]
    written = UNIT_RULE.replace("assert: stated(unit) and", f"assert: d{STEPS - 1} > 0 and stated(unit) and")
    text = HEAD + "    d0: length(default(unit, ''))\n" + "".join(lines) + "rules:\n" + written
    assert faults_of(tmp_path, text) == []


def test_definitions_nest_to_a_limit(tmp_path: Path) -> None:
    lines = [f"    d{number}: d{number - 1} + 1\n" for number in range(1, STEPS + 5)]
    text = HEAD + "    d0: length(default(unit, ''))\n" + "".join(lines) + "rules:\n" + UNIT_RULE
    with pytest.raises(PackError) as caught:
        faults_of(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.message, problem.excerpt) == ("定义嵌套超过 50 层", "    d50: d49 + 1")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="only POSIX can interrupt")
def test_an_example_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "SECONDS", 0.1)
    text = with_lets(chain("[i for i in table.indicators]", "[a for a in @ for b in @]"), f"size(v{STEPS - 1}) > 0")
    many = text.replace("pass: [{indicator: {name: 甲, unit: 人}}]", "pass: [{table: {indicators: [{}, {}, {}]}}]")
    assert [fault.rpartition(": ")[2] for fault in faults_of(tmp_path, many)] == [
        "规则运行超过 0.1 秒，已中止",
        "应为 fail，实为 pass",
    ]
