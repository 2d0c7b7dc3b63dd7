"""Checked rules → one generated Python function a scope, equal to the reference evaluator and far faster.

Each user expression is lowered to a tree of names, constants, item accesses and calls of registered functions: no
attribute is left (asserted), and the code runs without builtins. What does not depend on the item of the loop is
computed once, a reader of one text is remembered by that text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from perflint.errors import EvaluationError
from perflint.expression.facts import Columns, FactsWriter
from perflint.expression.field_read import FieldRead
from perflint.expression.plan import CRASH, FAIL, LACKING, Plan, Reader, RuleFunction
from perflint.expression.tree import CheckedRule
from perflint.expression.view import Settings
from perflint.functions import FUNCTIONS
from perflint.record import dataclass
from perflint.schema.model import SCOPES, Model, Scope, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One rule to compile: its place in the program, its checked expressions, its pack's settings."""

    index: int
    rule: CheckedRule
    settings: Settings


class _Group(NamedTuple):
    """The rules of one function; *alone* as in ``RuleFunction``."""

    name: str
    scope: Scope
    tasks: list[Task]
    alone: bool


def _group(tasks: Sequence[Task]) -> Iterator[_Group]:
    """Yield the rules of each scope; of cells, those that look at the cell only by themselves: cells repeat."""
    for scope in SCOPES.values():
        here = [task for task in tasks if task.rule.scope.name == scope.name]
        alone = [task for task in here if scope.name == "cell" and _is_alone(task.rule)]
        rest = [task for task in here if task not in alone]
        if alone:
            yield _Group(f"scope_{scope.name}_alone", scope, alone, alone=True)
        if rest:
            yield _Group(f"scope_{scope.name}", scope, rest, alone=False)


def _is_alone(rule: CheckedRule) -> bool:
    checked = [*rule.needs, *(part for _, part in rule.let), rule.assert_, *rule.holes]
    trees = [part.tree for part in (*checked, *([rule.when] if rule.when is not None else []))]
    names = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return not names & (SCOPES.keys() - {rule.scope.name})


def plan_rules(tasks: Sequence[Task], model: Model, *, timed: bool = False) -> Plan:
    """Return the plan of the functions that run *tasks*; ``timed`` adds a clock around every rule."""
    return _Compiler(model, timed=timed).run(tasks)


# All that these do is to make a decimal of a length.
_SIZES = frozenset({"f_size", "f_length", "f_count"})


class _Compiler:
    def __init__(self, model: Model, *, timed: bool) -> None:
        self.model, self.timed = model, timed
        self.columns = Columns(model)
        self.constants: dict[str, Any] = {}
        self.by_identity: dict[tuple[str, int | str], str] = {}
        self.kept: list[Any] = []
        self.defines: dict[str, dict[str, Any]] = {}
        self.readers: dict[Any, tuple[str, Reader]] = {}

    def run(self, tasks: Sequence[Task]) -> Plan:
        groups = list(_group(tasks))
        for group in groups:
            self._ask_lists(group.scope)
        writers = [_ScopeWriter(self, group) for group in groups]
        facts = self._write_facts()
        # Headers unpack every column, so they are written when no expression can ask for another one.
        source = "\n".join([*facts, *(writer.write() for writer in writers)])
        columns = self.columns.by_record.items()
        return Plan(
            source=source,
            constants=self.constants,
            readers=dict(self.readers.values()),
            lists={(record, path): at for record, paths in columns for path, at in paths.items()},
            functions=tuple(
                RuleFunction(group.name, group.scope.name, tuple(task.index for task in group.tasks), group.alone)
                for group in groups
            ),
            rules=max((task.index for task in tasks), default=-1) + 1,
            timed=self.timed,
        )

    def _ask_lists(self, scope: Scope) -> None:
        while scope.parent is not None:
            parent = SCOPES[scope.parent]
            if scope.steps:
                self.columns.ask(parent.record, scope.steps)
            scope = parent

    def _write_facts(self) -> list[str]:
        """Definitions and lists ask for further columns while they are written, so write until nothing is new."""
        self.columns.ask("document", ("tables",))
        while True:
            before = {record: len(paths) for record, paths in self.columns.by_record.items()}
            self._ask_inner_records()
            writer = FactsWriter(self.columns, self.lower_define)
            written = [writer.write(record) for record in list(self.columns.by_record) if record != "cell"]
            if before == {record: len(paths) for record, paths in self.columns.by_record.items()}:
                return written

    def _ask_inner_records(self) -> None:
        for record, paths in list(self.columns.by_record.items()):
            if record == "cell":
                continue
            for path in paths:
                field = self.model.field_at(record, (*path[:-1], path[-1].partition("__")[0]))
                if field.reading in ("list", "extra") and field.type.item is not None:
                    self.columns.by_record.setdefault(field.type.item.record or "", {})

    def lower_define(self, record: str, name: str) -> str:
        """Return the code of a pack-defined field over the local columns of its record's fact reader."""
        settings = self.defines[record][name]
        return _Lowering(self, settings, {record: _Local(record)}, {}).code(settings.defines[record][name].tree)

    def use_define(self, record: str, name: str, settings: Settings) -> None:
        known = self.defines.setdefault(record, {}).setdefault(name, settings)
        if known is not settings and known.defines[record][name].text != settings.defines[record][name].text:
            message = f"two packs define {record}.{name} differently"
            raise EvaluationError(message)

    def constant(self, value: Any, kind: str = "k") -> str:
        """Return the global name that holds *value*."""
        key = (kind, id(value)) if not isinstance(value, str | Decimal) else (type(value).__name__, str(value))
        if key not in self.by_identity:
            self.by_identity[key] = f"{kind}{len(self.by_identity)}"
            self.constants[self.by_identity[key]] = value
            self.kept.append(value)  # an id is only as good as the object lives
        return self.by_identity[key]

    def reader(self, key: Any, name: str, constants: tuple[Any, ...], place: int) -> str:
        """Return the name of a new memo of a function that reads one text; *place* is that argument's position."""
        label = f"m{len(self.readers)}_{name}"
        self.readers[key] = label, Reader(name, place, constants)
        return label


@dataclass(frozen=True, slots=True)
class _Local:
    """A record whose columns are locals: ``prefix`` + index."""

    record: str
    prefix: str = "c"


class _Lowering:
    """Lowers the expressions of one rule."""

    def __init__(
        self, compiler: _Compiler, settings: Settings, roots: Mapping[str, _Local], rename: dict[str, str]
    ) -> None:
        self.compiler, self.settings, self.roots, self.rename = compiler, settings, roots, rename
        self.item: str | None = None
        self.hoisted: dict[str, int] | None = None

    def code(self, tree: ast.expr) -> str:
        """Return *tree* as source."""
        lowered = self.lower(tree)
        if any(isinstance(node, ast.Attribute) for node in ast.walk(lowered)):
            message = "an attribute is left in a lowered expression"
            raise EvaluationError(message)
        return ast.unparse(ast.fix_missing_locations(lowered))

    def lower(self, node: ast.expr) -> ast.expr:  # noqa: C901 - a table of node kinds
        """Return *node* without field reads, attributes and literals of the pack."""
        hoisted = self._hoist(node)
        if hoisted is not None:
            return hoisted
        match node:
            case FieldRead():
                return self._field(node)
            case ast.Constant():
                return node if isinstance(node.value, bool) else _name(self.compiler.constant(node.value))
            case ast.Name():
                return self._variable(node)
            case ast.Call():
                return self._call(node)
            case ast.BoolOp():
                return ast.BoolOp(node.op, [self.lower(value) for value in node.values])
            case ast.UnaryOp():
                return ast.UnaryOp(node.op, self.lower(node.operand))
            case ast.BinOp():
                return ast.BinOp(self.lower(node.left), node.op, self.lower(node.right))
            case ast.Compare():
                sides = zip(node.ops, node.comparators, strict=True)
                return self._counted(node) or ast.Compare(
                    self.lower(node.left), node.ops, [self._compared(op, side) for op, side in sides]
                )
            case ast.IfExp():
                return ast.IfExp(self.lower(node.test), self.lower(node.body), self.lower(node.orelse))
            case ast.List():
                return ast.List([self.lower(element) for element in node.elts], ast.Load())
            case ast.ListComp():
                return self._comprehension(node)
        message = f"cannot lower {type(node).__name__}"
        raise EvaluationError(message)

    def _counted(self, node: ast.Compare) -> ast.Compare | None:
        """A size compared with a whole number needs no decimal; None for any other comparison."""
        bound = node.comparators[0]
        number: Any = bound.value if isinstance(bound, ast.Constant) else None  # ast knows no decimals
        if len(node.comparators) > 1 or not isinstance(number, Decimal):
            return None
        size = self.lower(node.left)
        whole = number == number.to_integral_value()
        if whole and isinstance(size, ast.Call) and isinstance(size.func, ast.Name) and size.func.id in _SIZES:
            return ast.Compare(ast.Call(_name("len"), size.args, []), node.ops, [ast.Constant(int(number))])
        return ast.Compare(size, node.ops, [self.lower(bound)])

    def _compared(self, op: ast.cmpop, node: ast.expr) -> ast.expr:
        """A list of constants that something may be in is not made anew each time."""
        listed = isinstance(op, ast.In | ast.NotIn) and isinstance(node, ast.List)
        known, value = self._fixed(node) if listed else (False, None)
        return _name(self.compiler.constant(value)) if known else self.lower(node)

    def _variable(self, node: ast.Name) -> ast.expr:
        group, _, _ = node.id.partition(".")
        if group in ("params", "vocab") and "." in node.id:
            value = self.settings.values[node.id]
            return ast.Constant(value) if isinstance(value, bool) else _name(self.compiler.constant(value))
        return _name(self.rename.get(node.id, f"v_{node.id}"))

    def _field(self, node: FieldRead) -> ast.expr:
        record, path = node.record, node.path
        model = self.compiler.model
        first = model.records[record].fields[path[0].partition("__")[0]]
        if first.reading == "define":
            self.compiler.use_define(record, path[0], self.settings)
            column = self.compiler.columns.ask(record, path[:1])
            return self._rest(self._column(node.base, column), first.type, path[1:])
        if record != "cell" and first.reading == "item":
            return self._rest(self.lower(node.base), Type("record", record=record), path)
        if record == "cell":
            return self._column(node.base, list(model.records["cell"].fields).index(path[0]))
        return self._column(node.base, self.compiler.columns.ask(record, path))

    def _rest(self, value: ast.expr, kind: Type, path: tuple[str, ...]) -> ast.expr:
        for name in path:
            fields = self.compiler.model.records[kind.record or ""].fields
            value = ast.Subscript(value, ast.Constant(list(fields).index(name)), ast.Load())
            kind = fields[name].type
        return value

    def _column(self, base: ast.expr, column: int) -> ast.expr:
        if isinstance(base, ast.Name) and base.id in self.roots:
            return _name(f"{self.roots[base.id].prefix}{column}")
        return ast.Subscript(self.lower(base), ast.Constant(column), ast.Load())

    def _comprehension(self, node: ast.ListComp) -> ast.ListComp:
        generators = []
        for part in node.generators:
            source = self.lower(part.iter)
            name = part.target.id if isinstance(part.target, ast.Name) else ""
            self.rename[name] = f"v_{name}"
            conditions = [self.lower(condition) for condition in part.ifs]
            generators.append(ast.comprehension(ast.Name(f"v_{name}", ast.Store()), source, conditions, 0))
        return ast.ListComp(self.lower(node.elt), generators)

    def _call(self, node: ast.Call) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("stated", "blank"):
            test = ast.IsNot() if name == "stated" else ast.Is()
            return ast.Compare(self.lower(node.args[0]), [test], [ast.Constant(None)])
        if name == "contains":
            return ast.Compare(self.lower(node.args[1]), [ast.In()], [self.lower(node.args[0])])
        function = FUNCTIONS.get(name)
        if function is not None and function.reads_text:
            read = self._remembered(node, name)
            if read is not None:
                return read
        arguments = [self.lower(argument) for argument in node.args]
        if name == "default" and all(isinstance(argument, ast.Name) for argument in arguments):
            value, otherwise = arguments
            return ast.IfExp(ast.Compare(value, [ast.IsNot()], [ast.Constant(None)]), value, otherwise)
        return ast.Call(_name(f"f_{name}"), arguments, [])

    def _remembered(self, node: ast.Call, name: str) -> ast.expr | None:
        fixed = [self._fixed(argument) for argument in node.args]
        open_places = [place for place, (known, _) in enumerate(fixed) if not known]
        if len(open_places) != 1:
            return None
        place = open_places[0]
        constants = tuple(value for known, value in fixed if known)
        key = (name, place, *(value if value.__class__ is tuple else id(value) for value in constants))
        known = self.compiler.readers.get(key)
        memo = known[0] if known is not None else self.compiler.reader(key, name, constants, place)
        return ast.Subscript(_name(memo), self.lower(node.args[place]), ast.Load())

    def _fixed(self, node: ast.expr) -> tuple[bool, Any]:
        if isinstance(node, ast.Constant):
            return True, node.value
        if isinstance(node, ast.Name) and node.id in self.settings.values:
            return True, self.settings.values[node.id]
        if isinstance(node, ast.List) and all(isinstance(element, ast.Constant) for element in node.elts):
            return True, tuple(element.value for element in node.elts if isinstance(element, ast.Constant))
        return False, None

    def _hoist(self, node: ast.expr) -> ast.expr | None:
        """An aggregate that does not depend on the item is computed once for the whole loop, at its first use."""
        if self.hoisted is None or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return None
        if not any(isinstance(argument, ast.ListComp) for argument in node.args) or self._depends(node):
            return None
        kept, self.hoisted = self.hoisted, None
        code = self.code(node)
        self.hoisted = kept
        key, memory = ast.Constant(kept.setdefault(code, len(kept))), _name("memory")
        stored = ast.Call(_name("remember"), [key, ast.parse(code, mode="eval").body], [])
        return ast.IfExp(ast.Compare(key, [ast.In()], [memory]), ast.Subscript(memory, key, ast.Load()), stored)

    def _depends(self, node: ast.Call) -> bool:
        bound = {
            part.target.id
            for comp in ast.walk(node)
            if isinstance(comp, ast.ListComp)
            for part in comp.generators
            if isinstance(part.target, ast.Name)
        }
        fixed = bound | (set(self.roots) - {self.item})
        names = (sub.id for sub in ast.walk(node) if isinstance(sub, ast.Name) and isinstance(sub.ctx, ast.Load))
        calls = {sub.func for sub in ast.walk(node) if isinstance(sub, ast.Call)}
        called = {func.id for func in calls if isinstance(func, ast.Name)}
        return any(name not in fixed and name not in called and "." not in name for name in names)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


class _ScopeWriter:
    """Writes the function of one scope: the loop over its items, and each rule in it."""

    def __init__(self, compiler: _Compiler, group: _Group) -> None:
        name, scope, tasks, alone = group
        self.compiler, self.name, self.scope = compiler, name, scope
        self.parents = () if alone else _parents(scope)
        self.roots = {s.name: _Local(s.record, f"{s.name}_c") for s in (scope, *self.parents)}
        self.hoisted: dict[str, int] = {}
        self.rules = [line for place, task in enumerate(tasks) for line in self._rule(place, task)]
        self.passes = ", ".join(f"p{place}" for place in range(len(tasks)))

    def write(self) -> str:
        """Return the source of the function."""
        names = [parent.name for parent in self.parents]
        lines = [f"def {self.name}({', '.join([*names, 'rows', 'at', 'out'])}):"]
        lines += [f"    {self._unpack(parent)} = {parent.name}" for parent in self.parents]
        lines += ["    memory = {}", "    remember = memory.setdefault"]
        lines += [f"    {self.passes.replace(', ', ' = ')} = 0"]
        lines += [f"    for n, {self._unpack(self.scope)} in enumerate(rows):"]
        lines += [f"        {line}" for line in self.rules]
        return "\n".join([*lines, f"    return ({self.passes},)", ""])

    def _unpack(self, scope: Scope) -> str:
        width = _CELL_WIDTH if scope.record == "cell" else self.compiler.columns.width(scope.record)
        names = [f"{scope.name}_c{index}" for index in range(width)]
        return f"({', '.join([*names, f'{scope.name}_r'])},)"

    def _rule(self, place: int, task: Task) -> list[str]:
        lowering = _Lowering(self.compiler, task.settings, self.roots, {})
        lowering.item, lowering.hoisted = self.scope.name, self.hoisted
        body = self._body(place, task, lowering)
        if task.rule.when is not None:
            body = [f"if {lowering.code(task.rule.when.tree)}:", *_indent(body)]
        guarded = ["try:", *_indent(body), "except Exception as e:"]
        guarded += [f"    out.append(({task.index}, at, n, {CRASH}, e, None))"]
        if not self.compiler.timed:
            return guarded
        return ["z = clock()", *guarded, f"spent[{task.index}] += clock() - z"]

    def _body(self, place: int, task: Task, lowering: _Lowering) -> list[str]:
        rule = task.rule
        inner = []
        for name, checked in rule.let:
            inner.append(f"v_{name} = {lowering.code(checked.tree)}")
            lowering.rename[name] = f"v_{name}"
        values = "".join(f"v_{name}, " for name, _ in rule.let)
        inner.append(f"if {lowering.code(rule.assert_.tree)}: p{place} += 1")
        holes = "".join(f"{lowering.code(hole.tree)}, " for hole in rule.holes)
        inner.append(f"else: out.append(({task.index}, at, n, {FAIL}, ({values}), ({holes})))")
        lines: list[str] = []
        for number, need in enumerate(rule.needs):
            lines.append(f"{'elif' if lines else 'if'} {lowering.code(need.tree)} is None:")
            lines += _indent(self._lacking(task, number, need.tree))
        return [*lines, "else:", *_indent(inner)] if lines else inner

    def _lacking(self, task: Task, number: int, need: ast.expr) -> list[str]:
        """A null is classified later, but the common not-applicable cases are passed over right here."""
        note = f"out.append(({task.index}, at, n, {LACKING}, {number}, None))"
        if not isinstance(need, FieldRead) or not isinstance(need.base, ast.Name) or need.base.id != self.scope.name:
            return [note]
        field = self.compiler.model.records[need.record].fields.get(need.path[0])
        if field is not None and field.key is not None and len(need.path) == 1:
            return [f"if {field.key!r} in {self.scope.name}_r: {note}"]
        if need.path[0] == "target" and need.path[1] not in ("comparator", "unit"):
            kind = self.compiler.columns.ask(need.record, ("target", "kind"))
            return [f"if {self.scope.name}_c{kind} in empty_kinds: {note}"]
        return [note]


_CELL_WIDTH = 4


def _parents(scope: Scope) -> tuple[Scope, ...]:
    found: list[Scope] = []
    while scope.parent is not None:
        scope = SCOPES[scope.parent]
        found.insert(0, scope)
    return tuple(found)


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
