"""How the examples of a pack ended → text for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from perflint.engine.examples import ExampleResult
from perflint.language import say
from perflint.pack.coverage import Coverage, measure_coverage
from perflint.pack.model import Pack, Rule

_KINDS = {
    "pass": ("合格", "pass"),
    "fail": ("不合格", "fail"),
    "unknown": ("未能判断", "unknown"),
    "not_applicable": ("不适用", "not applicable"),
}
# A rule that was never seen to fail may be one that cannot.
REQUIRED = ("pass", "fail")


def list_lacking(rules: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
    """Yield each rule that lacks an example it must have, with the kind."""
    for rule in rules:
        yield from ((rule, kind) for kind in REQUIRED if not rule.examples.of(kind))


def render_examples_text(pack: Pack, rules: Sequence[Rule], results: Sequence[ExampleResult]) -> str:
    """Return every fault, then a line of what was run and lines of what the examples cover."""
    faults = [_describe_lack(rule, kind) for rule, kind in list_lacking(rules)]
    faults += [_describe_result(result) for result in results if not result.ok]
    counted = say(f"{len(rules)} 条规则、{len(results)} 个例子", f"{len(rules)} rules, {len(results)} examples")
    outcome = say(f"不符 {len(faults)} 处", f"{len(faults)} faults") if faults else say("全部相符", "all hold")
    told = say(f"{pack.id} {pack.version}：{counted}，{outcome}", f"{pack.id} {pack.version}: {counted}, {outcome}")
    return "".join(f"{line}\n" for line in (*faults, told, *_describe_coverage(measure_coverage(rules))))


def _describe_lack(rule: Rule, kind: str) -> str:
    told = say(f"{rule.id} {rule.name} 没有 {kind} 例子", f"{rule.id} {rule.name} has no {kind} example")
    return f"{rule.places['id']}: {told}"


def _describe_result(result: ExampleResult) -> str:
    return f"{result.rule.places['id'].file}:{result.example.line}: {result.describe()}"


def _describe_coverage(coverage: Sequence[Coverage]) -> Iterator[str]:
    if not any(kind.able for kind in coverage):
        return
    counts = [f"{say(*_KINDS[kind.kind])} {kind.covered}/{len(kind.able)}" for kind in coverage]
    yield say("  例子覆盖的规则：", "  rules with examples: ") + say("，", ", ").join(counts)
    for kind in coverage:
        if kind.lacking and kind.kind not in REQUIRED:
            ids = say("、", ", ").join(rule.id for rule in kind.lacking)
            yield say(f"    没有 {kind.kind} 例子：{ids}", f"    no {kind.kind} example: {ids}")


def collect_examples(pack: Pack, rules: Sequence[Rule], results: Sequence[ExampleResult]) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "id": pack.id,
        "version": pack.version,
        "rules": len(rules),
        "examples": len(results),
        "coverage": {
            kind.kind: {"able": len(kind.able), "covered": kind.covered, "lacking": [rule.id for rule in kind.lacking]}
            for kind in measure_coverage(rules)
        },
        "lacking": [{"rule": rule.id, "name": rule.name, "kind": kind} for rule, kind in list_lacking(rules)],
        "failures": [_collect_result(result) for result in results if not result.ok],
    }


def _collect_result(result: ExampleResult) -> dict[str, Any]:
    rule, example = result.rule, result.example
    return {
        "rule": rule.id,
        "name": rule.name,
        "path": rule.places["id"].file,
        "line": example.line,
        "example": f"{example.kind}[{example.index}]",
        "expected": example.kind,
        "got": result.got,
        "message": result.fault,
        "cells": dict(result.operands),
        "values": dict(result.values),
    }
