"""``perflint test --mutate``: which small changes of a rule its examples do not notice, and what would notice them."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from perflint.commands.arguments import Call
from perflint.engine.mutation import DROPPED, Mutant, Mutation, Part, distinct, list_mutations, try_mutations
from perflint.errors import Problem
from perflint.expression.mutation import Change
from perflint.language import say
from perflint.pack.locate import point_at
from perflint.pack.model import Pack
from perflint.parallel import BATCH, Work, map_batches
from perflint.record import replace

_LONGEST = 60


def mutate_pack(call: Call, pack: Pack, *, jobs: int) -> int:
    """Write what survived and return the share that was killed, in percent, rounded down."""
    mutants = list(distinct(_try_all(call, pack, jobs)))
    survivors = [mutant for mutant in mutants if not mutant.killed]
    killed = len(mutants) - len(survivors)
    share = killed * 100 // len(mutants) if mutants else 100
    call.terminal.write("".join(f"{_describe(pack, mutant).describe()}\n" for mutant in survivors))
    call.terminal.write(
        say(
            f"{pack.id} {pack.version}：{len(mutants)} 个改动，例子发现 {killed} 个（{share}%）\n",
            f"{pack.id} {pack.version}: {len(mutants)} mutants, {killed} killed ({share} %)\n",
        )
    )
    return share


def _try_all(call: Call, pack: Pack, jobs: int) -> Iterator[Mutant]:
    mutations = list(list_mutations(pack))
    start, done = monotonic(), 0
    work = Work(call=try_mutations, context=pack, lose=_lose, at_once=BATCH)
    for batch in map_batches(work, mutations, jobs=jobs):
        yield from batch
        done = batch[-1].mutation.rule + 1 if batch else done
        if monotonic() - start > 1:
            call.terminal.show_progress(
                say(f"{pack.id}：{done}/{len(pack.rules)} 条规则", f"{pack.id}: {done} of {len(pack.rules)} rules")
            )
    call.terminal.show_progress(None)


def _lose(_: Pack, mutation: Mutation) -> list[Mutant]:
    """What ends the process that tries it does not go unnoticed."""
    return [Mutant(mutation=mutation, killed=True)]


def _describe(pack: Pack, mutant: Mutant) -> Problem:
    """Return what was changed, where, and which example would notice."""
    rule, (_, part, change) = pack.rules[mutant.mutation.rule], mutant.mutation
    key = ".".join(str(step) for step in part if isinstance(step, str))
    message = f"{rule.id} {rule.name} {key}: {_name_change(change)}"
    problem = point_at(rule, part, change.start, change.width, message)
    return replace(problem, hint=_advise(part, change))


def _name_change(change: Change) -> str:
    if change.kind in (DROPPED, "operand"):
        return say(f"去掉 {_clip(change.before)}", f"without {_clip(change.before)}")
    if change.kind == "negation":
        return f"{_clip(change.before)} → {_clip(change.after)}"
    return (
        f"{_clip(change.about)}: {change.before} → {change.after}"
        if change.about != change.before
        else (f"{change.before} → {change.after}")
    )


def _clip(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _advise(part: Part, change: Change) -> str:
    """Return which example would kill the mutant."""
    about = _clip(change.about)
    if part[0] == "needs":
        return say(f"加一个 unknown 例子，其中 {about} 为空", f"add an unknown example in which {about} is blank")
    if change.kind == DROPPED:
        return say(
            "加一个 not_applicable 例子：when 不成立，而 assert 也不成立",
            "add a not_applicable example on which neither 'when' nor 'assert' holds",
        )
    told = _ADVICE[change.kind](about)
    return told + (
        say(
            "；when 不成立的例子写在 not_applicable 下", "; one on which 'when' does not hold goes under not_applicable"
        )
        if part[0] == "when"
        else ""
    )


_ADVICE = {
    "border": lambda about: say(
        f"加一个例子，使 {about} 两边相等", f"add an example in which both sides of {about} are equal"
    ),
    "equality": lambda about: say(
        f"加两个例子：{about} 成立的和不成立的", f"add two examples: {about} holds, and does not"
    ),
    "member": lambda about: say(
        f"加两个例子：{about} 成立的和不成立的", f"add two examples: {about} holds, and does not"
    ),
    "sum": lambda about: say(
        f"加一个例子，使 {about} 的结果有别（values）", f"add an example that tells {about} (values)"
    ),
    "product": lambda about: say(
        f"加一个例子，使 {about} 的结果有别（values）", f"add an example that tells {about} (values)"
    ),
    "logic": lambda about: say(
        f"加一个例子，{about} 中只有一项成立", f"add an example in which only a part of {about} holds"
    ),
    "operand": lambda about: say(
        f"加一个例子，结果只取决于 {about}", f"add an example that turns on {about} alone, all else being as it must"
    ),
    "negation": lambda about: say(f"加一个例子，结果取决于 {about}", f"add an example that turns on {about}"),
    "number": lambda about: say(
        f"加例子：正好在 {about} 和刚过 {about} 的", f"add examples on {about} and just beyond it"
    ),
}
