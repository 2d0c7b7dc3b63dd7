"""``perflint test``: do the rules of these packs end as their examples say, in both evaluators?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from perflint.commands.arguments import CLEAN, FOUND, UNUSABLE, Call, Parser, one_of, read_jobs, wrong_value
from perflint.commands.mutants import mutate_pack
from perflint.commands.packs import expand_packs, find_owners, list_packs
from perflint.engine.examples import run_examples
from perflint.errors import ConfigError, PackError, Problem
from perflint.language import say
from perflint.pack.find import find_pack
from perflint.pack.load import load_pack
from perflint.pack.model import Pack, Rule
from perflint.pack.suggest import did_you_mean, find_close
from perflint.record import replace
from perflint.render.example_results import collect_examples, list_lacking, render_examples_text

if TYPE_CHECKING:
    from perflint.reading.sample import Sample

SAMPLES = "samples"


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "test",
        say(
            "运行规则包里每条规则的例子，用两个求值器各算一遍；不写包时运行配置里的包和自带的包。"
            "有例子不符时退出码为 1。",
            "Run the examples of every rule of these packs through both evaluators; without a pack those of the "
            "configuration and the shipped ones. The exit code is 1 if an example does not hold.",
        ),
        [
            ("perflint test ./my-county.yaml", say("运行一个规则包的例子", "the examples of one pack")),
            ("perflint test ./my-county.yaml --rule MY901", say("只运行一条规则的", "those of one rule")),
        ],
    )
    parser.add_argument("packs", nargs="*", metavar="PACK", help=say("文件、文件夹或编号", "file, folder or id"))
    parser.add_argument(
        "--changed",
        action="store_true",
        help=say(
            "写出的是改动的文件（pre-commit 用）：运行它们所属的包，别的略过",
            "the names are files that changed, as pre-commit gives them: the packs they belong to, others passed over",
        ),
    )
    parser.add_argument(
        "--rule",
        metavar="RULE",
        action="append",
        default=[],
        help=say("只运行这条规则，可写多次", "this rule only; repeatable"),
    )
    parser.add_argument(
        "--inherited",
        action="store_true",
        help=say("继承来的规则也运行；改动会使其例子不符", "inherited rules too, whose examples an override may break"),
    )
    _add_mutation(parser)
    parser.add_argument(
        "--format",
        metavar="F",
        type=one_of("text", "json"),
        default="text",
        help=say("text（默认）或 json；不用于 --mutate", "text, the default, or json; not for --mutate"),
    )
    parser.set_defaults(pack=None)
    return parser


def _add_mutation(parser: Parser) -> None:
    parser.add_argument(
        "--mutate",
        action="store_true",
        help=say(
            "把规则改一处再运行例子，列出例子没有发现的改动",
            "run the examples on rules with one small change, and list the changes that no example notices",
        ),
    )
    parser.add_argument(
        "--fail-under",
        metavar="N",
        type=_read_percent,
        default=0,
        help=say(
            "用于 --mutate：发现的改动少于 N% 时退出码为 1", "with --mutate: exit code 1 below N % of changes noticed"
        ),
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=read_jobs,
        default=0,
        help=say("用于 --mutate：进程数，默认为处理器个数", "with --mutate: processes, by default one a processor"),
    )


def _read_percent(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise wrong_value(say(f"应为 0 到 100 的整数，不能是“{text}”", f"is a number from 0 to 100, not '{text}'"))
    return int(text)


def run(call: Call) -> int:
    """Run the examples; a pack that is not sound does not stop the others."""
    packs, problems = _load_packs(call)
    if packs:
        _refuse_unknown(call.arguments.rule, list(packs.values()))
    if call.arguments.mutate:
        codes = {_mutate_pack(call, pack) for pack in packs.values()}
    else:
        codes = _test_packs(call, packs, problems)
    return UNUSABLE if problems else max(codes, default=CLEAN)


def _load_packs(call: Call) -> tuple[dict[str | Path, Pack], list[Problem]]:
    packs: dict[str | Path, Pack] = {}
    problems: list[Problem] = []
    for name in _choose_packs(call):
        try:
            packs[name] = load_pack(name, thorough=True)
        except PackError as error:
            problems += error.problems
    if call.arguments.format == "text":
        for problem in problems:
            call.terminal.note(problem.describe())
    return packs, problems


def _test_packs(call: Call, packs: Mapping[str | Path, Pack], problems: Sequence[Problem]) -> set[int]:
    """Run the examples of each pack, and its sample files; return the exit code of each."""
    codes, collected = set(), []
    for name, pack in packs.items():
        rules = tuple(rule for rule in pack.rules if _is_wanted(call, pack, rule))
        results = tuple(run_examples(replace(pack, rules=rules)))
        samples = () if call.arguments.rule else _run_samples(name, pack)
        whole = not any(list_lacking(rules)) and all(result.ok for result in results)
        codes.add(CLEAN if whole and not any(sample.faults for sample in samples) else FOUND)
        if call.arguments.format == "json":
            read = [{"path": str(sample.path), "faults": list(sample.faults)} for sample in samples]
            collected.append({**collect_examples(pack, rules, results), "samples": read})
        else:
            call.terminal.write(render_examples_text(pack, rules, results) + _render_samples(pack, samples))
    if call.arguments.format == "json":
        data = {"perflint": "test/1", "packs": collected, "problems": [asdict(problem) for problem in problems]}
        call.terminal.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    return codes


def _choose_packs(call: Call) -> Sequence[str | Path]:
    if call.arguments.changed:
        return find_owners(call.arguments.packs)
    return list(expand_packs(call.arguments.packs)) or list_packs(call)


def _refuse_unknown(names: Sequence[str], packs: Sequence[Pack]) -> None:
    legal = {name for pack in packs for rule in pack.rules for name in (rule.id, rule.name)}
    for name in names:
        if name not in legal:
            message = say(f"没有规则“{name}”", f"there is no rule '{name}'")
            raise ConfigError(Problem(message=message, hint=did_you_mean(find_close(name, sorted(legal)))))


def _run_samples(name: str | Path, pack: Pack) -> tuple[Sample, ...]:
    """Read the originals in the pack's ``samples/`` with its forms."""
    location = Path(find_pack(name))
    if not (location / SAMPLES).is_dir():
        return ()
    from perflint.reading.sample import run_samples  # readers are heavy, and few packs have samples

    return tuple(run_samples(location, pack.forms))


def _render_samples(pack: Pack, samples: Sequence[Sample]) -> str:
    """Return every fault, then how many files were read; nothing of a pack that has none."""
    if not samples:
        return ""
    faults = [f"{sample.path}: {fault}" for sample in samples for fault in sample.faults]
    outcome = say(f"不符 {len(faults)} 处", f"{len(faults)} faults") if faults else say("全部相符", "all hold")
    told = say(
        f"{pack.id} {pack.version}：{len(samples)} 份样表，{outcome}",
        f"{pack.id} {pack.version}: {len(samples)} sample files, {outcome}",
    )
    return "".join(f"{line}\n" for line in (*faults, told))


def _mutate_pack(call: Call, pack: Pack) -> int:
    """Show what survives; how much may is for the authors of a pack to decide, with ``--fail-under``."""
    rules = tuple(rule for rule in pack.rules if _is_wanted(call, pack, rule))
    share = mutate_pack(call, replace(pack, rules=rules), jobs=call.arguments.jobs)
    return FOUND if share < call.arguments.fail_under else CLEAN


def _is_wanted(call: Call, pack: Pack, rule: Rule) -> bool:
    if call.arguments.rule:
        return rule.id in call.arguments.rule or rule.name in call.arguments.rule
    return call.arguments.inherited or rule.pack in pack.id.split("+")
