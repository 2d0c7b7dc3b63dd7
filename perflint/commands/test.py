"""``perflint test``: do the rules of these packs end as their examples say, in both evaluators?"""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from pathlib import Path

from perflint.commands.arguments import Call, Parser, read_jobs
from perflint.commands.mutants import mutate_pack
from perflint.commands.packs import expand_packs, find_owners, list_packs
from perflint.engine.examples import ExampleResult, run_examples
from perflint.errors import ConfigError, PackError, Problem
from perflint.language import say
from perflint.pack import Pack, Rule, load_pack
from perflint.pack.find import find_pack
from perflint.pack.suggest import did_you_mean, find_close
from perflint.record import replace

CLEAN, FOUND, UNUSABLE = 0, 1, 2
SAMPLES = "samples"

# A rule that was never seen to fail may be one that cannot.
_REQUIRED = ("pass", "fail")


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
    parser.set_defaults(pack=None)
    return parser


def _read_percent(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise ArgumentTypeError(
            say(f"应为 0 到 100 的整数，不能是“{text}”", f"is a number from 0 to 100, not '{text}'")
        )
    return int(text)


def run(call: Call) -> int:
    """Run the examples; a pack that is not sound does not stop the others."""
    codes = {CLEAN}
    packs: dict[str | Path, Pack] = {}
    for name in _choose_packs(call):
        try:
            packs[name] = load_pack(name, thorough=True)
        except PackError as error:
            call.terminal.note(str(error))
            codes.add(UNUSABLE)
    if packs:
        _refuse_unknown(call.arguments.rule, list(packs.values()))
    for name, pack in packs.items():
        codes.add((_mutate_pack if call.arguments.mutate else _test_pack)(call, pack))
        if not (call.arguments.mutate or call.arguments.rule):
            codes.add(_test_samples(call, name, pack))
    return max(codes)


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


def _test_pack(call: Call, pack: Pack) -> int:
    rules = tuple(rule for rule in pack.rules if _is_wanted(call, pack, rule))
    faults = [line for rule in rules for line in _list_missing(rule)]
    number = 0
    for result in run_examples(replace(pack, rules=rules)):
        number += 1
        if not result.ok:
            faults.append(_describe(result))
    counted = say(f"{len(rules)} 条规则、{number} 个例子", f"{len(rules)} rules, {number} examples")
    outcome = say(f"不符 {len(faults)} 处", f"{len(faults)} faults") if faults else say("全部相符", "all hold")
    call.terminal.write("".join(f"{fault}\n" for fault in faults))
    call.terminal.write(
        say(f"{pack.id} {pack.version}：{counted}，{outcome}\n", f"{pack.id} {pack.version}: {counted}, {outcome}\n")
    )
    return FOUND if faults else CLEAN


def _test_samples(call: Call, name: str | Path, pack: Pack) -> int:
    """Read the originals in the pack's ``samples/`` with its forms; nothing is said of a pack that has none."""
    location = Path(find_pack(name))
    if not (location / SAMPLES).is_dir():
        return CLEAN
    from perflint.reading.sample import run_samples  # readers are heavy, and few packs have samples

    samples = list(run_samples(location, pack.forms))
    faults = [f"{sample.path}: {fault}" for sample in samples for fault in sample.faults]
    outcome = say(f"不符 {len(faults)} 处", f"{len(faults)} faults") if faults else say("全部相符", "all hold")
    call.terminal.write("".join(f"{fault}\n" for fault in faults))
    call.terminal.write(
        say(
            f"{pack.id} {pack.version}：{len(samples)} 份样表，{outcome}\n",
            f"{pack.id} {pack.version}: {len(samples)} sample files, {outcome}\n",
        )
    )
    return FOUND if faults else CLEAN


def _mutate_pack(call: Call, pack: Pack) -> int:
    """Show what survives; how much may is for the authors of a pack to decide, with ``--fail-under``."""
    rules = tuple(rule for rule in pack.rules if _is_wanted(call, pack, rule))
    share = mutate_pack(call, replace(pack, rules=rules), jobs=call.arguments.jobs)
    return FOUND if share < call.arguments.fail_under else CLEAN


def _is_wanted(call: Call, pack: Pack, rule: Rule) -> bool:
    if call.arguments.rule:
        return rule.id in call.arguments.rule or rule.name in call.arguments.rule
    return call.arguments.inherited or rule.pack in pack.id.split("+")


def _list_missing(rule: Rule) -> Iterator[str]:
    place = rule.places["id"]
    for kind in _REQUIRED:
        if not rule.examples.of(kind):
            yield f"{place}: " + say(
                f"{rule.id} {rule.name} 没有 {kind} 例子", f"{rule.id} {rule.name} has no {kind} example"
            )


def _describe(result: ExampleResult) -> str:
    file = result.rule.places["id"].file
    return f"{file}:{result.example.line}: {result.describe()}"
