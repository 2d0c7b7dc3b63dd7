"""Syntax tree → checked tree: every name resolved against the schema, every operation typed, no blank read unguarded.

The checked tree is the one that both evaluators run. In it a field access is a ``FieldRead`` whose path is spelled in
the schema's own names (Chinese titles, aliases and bare names are gone), so neither evaluator ever looks anything up
on a Python object.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from perflint.expression.field_read import FieldRead
from perflint.expression.guards import path_key, surely_stated
from perflint.expression.names import AGGREGATES, SPECIAL, Names
from perflint.expression.patterns import check_pattern
from perflint.expression.problems import ExpressionErrors, ExpressionProblem, suggest
from perflint.expression.syntax import parse_expression, print_source, span
from perflint.expression.tree import Checked
from perflint.functions import FUNCTIONS, Function
from perflint.language import say
from perflint.pattern import LazyPattern
from perflint.record import replace
from perflint.runtime.calls import CONCAT
from perflint.schema.model import ANY, BOOL, NUMBER, TEXT, Type, list_of

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def check_expression(text: str, names: Names) -> Checked:
    """Return *text* checked against *names*.

    Raises:
        ExpressionErrors: Every fault found in this one expression.
    """
    checker = _Checker()
    tree, kind = checker.visit(parse_expression(text), names)
    if checker.problems:
        raise ExpressionErrors(checker.problems)
    return Checked(text, tree, kind)


_Typed = tuple[ast.expr, Type]

_NUMERIC = LazyPattern(r"[0-9]+(\.[0-9]+)?")

# Names that other languages have for what this one writes otherwise.
_CONSTANTS: Mapping[str, Callable[[], str]] = {
    **dict.fromkeys(("true", "TRUE", "是"), lambda: say("写成 True", "write True")),
    **dict.fromkeys(("false", "FALSE", "否"), lambda: say("写成 False", "write False")),
    **dict.fromkeys(
        ("null", "none", "nil", "空", "空白"),
        lambda: say("空白用 blank(x)，非空用 stated(x)", "test with blank(x) or stated(x)"),
    ),
}


class _Checker:
    """Walks one tree; a fault is noted and typed ``any`` so that it is told once."""

    def __init__(self) -> None:
        self.problems: list[ExpressionProblem] = []

    def fault(self, node: ast.AST, message: str, hint: str | None = None, *, role: str = "") -> Type:
        start, width = span(node)
        self.problems.append(ExpressionProblem(message=message, start=start, width=width, hint=hint, role=role))
        return ANY

    def unread(self, node: ast.AST, message: str, hint: str | None) -> Type:
        """Note that *node* names nothing."""
        return self.fault(node, message, hint, role="cause")

    def visit(self, node: ast.expr, names: Names) -> _Typed:
        """Return the checked node and its type, null allowed."""
        return getattr(self, f"_{type(node).__name__.lower()}")(node, names)  # type: ignore[no-any-return]

    def value(self, node: ast.expr, names: Names, *kinds: str) -> _Typed:
        """Return the checked node, which must not be null and, if *kinds* are given, be one of them."""
        tree, kind = self.visit(node, names)
        if kind.nullable:
            source = print_source(node)
            message = say(f"“{source}”可能为空", f"'{source}' may be blank")
            self.fault(node, message, _advise_blank(tree, source, names), role="consequence")
        elif kinds and kind.kind not in (*kinds, "any"):
            self.fault(node, _expected(" / ".join(kinds), kind))
        return tree, kind.required()

    # --- leaves

    def _constant(self, node: ast.Constant, names: Names) -> _Typed:  # noqa: ARG002 - one signature for all nodes
        if isinstance(node.value, bool):
            return node, BOOL
        return node, TEXT if isinstance(node.value, str) else NUMBER

    def _name(self, node: ast.Name, names: Names) -> _Typed:
        name = names.item if node.id == "item" else node.id
        if name in names.local:
            return node, self._known(node, names.local[name], names)
        if name in names.roots:
            return ast.copy_location(ast.Name(name, ast.Load()), node), names.roots[name]
        path = names.model.find(names.roots[names.item].record or "", name)
        if path is None:
            return node, self._unknown_name(node, name, names)
        base = ast.copy_location(ast.Name(names.item, ast.Load()), node)
        return self._read(node, base, names.roots[names.item], path, names)

    def _unknown_name(self, node: ast.Name, name: str, names: Names) -> Type:
        legal = [*names.local, *names.roots, *names.model.names(names.roots[names.item].record or "")]
        if name in FUNCTIONS or name in SPECIAL | AGGREGATES:
            return self.fault(node, say(f"函数 {name} 需要加括号", f"{name} is a function: call it"))
        hint = _CONSTANTS[name]() if name in _CONSTANTS else suggest(name, legal)
        return self.unread(node, say(f"没有名为“{name}”的字段", f"unknown field '{name}'"), hint)

    def _attribute(self, node: ast.Attribute, names: Names) -> _Typed:
        if isinstance(node.value, ast.Name) and node.value.id in ("params", "vocab"):
            return self._setting(node, node.value.id, names)
        base, kind = self.visit(node.value, names)
        if kind.kind == "any":
            return node, ANY
        if node.attr == "yuan" and isinstance(base, FieldRead) and self._is_amount(base, names):
            return self._suffixed(node, base, "yuan", NUMBER.optional(), names)
        if kind.kind != "record" or kind.record is None:
            return node, self.fault(node, say(f"{kind} 没有字段", f"{kind} has no fields"))
        if kind.nullable:
            self.value(node.value, names)
        path = names.model.find(kind.record, node.attr)
        if path is None:
            hint = suggest(node.attr, names.model.names(kind.record))
            message = say(f"{kind.record} 没有字段“{node.attr}”", f"{kind.record} has no field '{node.attr}'")
            return node, self.unread(node, message, hint)
        return self._read(node, base, kind.required(), path, names)

    def _setting(self, node: ast.Attribute, group: str, names: Names) -> _Typed:
        known = names.params if group == "params" else names.vocab
        if node.attr not in known:
            message = say(f"没有 {group}.{node.attr}", f"unknown {group}.{node.attr}")
            return node, self.fault(node, message, suggest(node.attr, known))
        return ast.copy_location(ast.Name(f"{group}.{node.attr}", ast.Load()), node), known[node.attr]

    def _read(self, node: ast.expr, base: ast.expr, kind: Type, path: tuple[str, ...], names: Names) -> _Typed:
        record = kind.record or ""
        found = names.model.field_at(record, path)
        read = FieldRead(base, record, path)
        if isinstance(base, FieldRead):
            read = FieldRead(base.base, base.record, (*base.path, *path))
        ast.copy_location(read, node)
        return read, self._known(read, found.type, names)

    def _known(self, node: ast.expr, kind: Type, names: Names) -> Type:
        return kind.required() if kind.nullable and path_key(node) in names.sure else kind

    def _is_amount(self, base: FieldRead, names: Names) -> bool:
        return names.model.field_at(base.record, base.path).reading == "amount"

    def _suffixed(self, node: ast.expr, base: FieldRead, suffix: str, kind: Type, names: Names) -> _Typed:
        path = (*base.path[:-1], f"{base.path[-1]}__{suffix}")
        read = ast.copy_location(FieldRead(base.base, base.record, path), node)
        return read, self._known(read, kind, names)

    # --- operators

    def _boolop(self, node: ast.BoolOp, names: Names) -> _Typed:
        wanted = isinstance(node.op, ast.And)
        values: list[ast.expr] = []
        for part in node.values:
            tree, _ = self.value(part, names, "bool")
            names = names.knowing(surely_stated(tree, wanted))
            values.append(tree)
        return ast.copy_location(ast.BoolOp(node.op, values), node), BOOL

    def _unaryop(self, node: ast.UnaryOp, names: Names) -> _Typed:
        wanted = "bool" if isinstance(node.op, ast.Not) else "number"
        operand, kind = self.value(node.operand, names, wanted)
        return ast.copy_location(ast.UnaryOp(node.op, operand), node), kind

    def _binop(self, node: ast.BinOp, names: Names) -> _Typed:
        left, left_kind = self.value(node.left, names)
        right, right_kind = self.value(node.right, names)
        if isinstance(node.op, ast.Add) and left_kind.kind == right_kind.kind == "list":
            joined = ast.copy_location(ast.Call(ast.Name(CONCAT, ast.Load()), [left, right], []), node)
            return joined, left_kind if left_kind.item != ANY else right_kind
        tree = ast.copy_location(ast.BinOp(left, node.op, right), node)
        for side, kind in ((node.left, left_kind), (node.right, right_kind)):
            if kind.kind not in ("number", "any"):
                self.fault(side, _expected("number", kind))
        return tree, NUMBER

    def _ifexp(self, node: ast.IfExp, names: Names) -> _Typed:
        test, _ = self.value(node.test, names, "bool")
        body, body_kind = self.visit(node.body, names.knowing(surely_stated(test, True)))
        other, other_kind = self.visit(node.orelse, names.knowing(surely_stated(test, False)))
        if not _agree(body_kind, other_kind):
            self.fault(node, _differ(body_kind, other_kind))
        kind = body_kind if body_kind.kind != "any" else other_kind
        nullable = body_kind.nullable or other_kind.nullable
        tree = ast.copy_location(ast.IfExp(test, body, other), node)
        return tree, kind.optional() if nullable else kind

    def _compare(self, node: ast.Compare, names: Names) -> _Typed:
        left, left_kind = self.value(node.left, names)
        before, trees = node.left, []
        for operator, right in zip(node.ops, node.comparators, strict=True):
            tree, right_kind = self.value(right, names)
            self._check_pair(operator, before, left_kind, right, right_kind, names)
            trees.append(tree)
            before, left_kind = right, right_kind
        return ast.copy_location(ast.Compare(left, node.ops, trees), node), BOOL

    def _check_pair(self, operator: ast.cmpop, left: ast.expr, a: Type, right: ast.expr, b: Type, names: Names) -> None:
        if isinstance(operator, ast.In | ast.NotIn):
            self._check_member(left, a, right, b, names)
        elif not _agree(a, b):
            message = say(f"{a} 不能与 {b} 比较", f"{a} cannot be compared with {b}")
            self.fault(
                right, message, self._advise_pair(left, a, right, names) or self._advise_pair(right, b, left, names)
            )
        elif isinstance(operator, ast.Eq | ast.NotEq):
            if a.kind in ("record", "list", "map"):
                self.fault(left, say(f"{a} 不能比较是否相等", f"{a} cannot be compared for equality"))
            self._check_choice(left, right, names)
            self._check_choice(right, left, names)
        elif not {a.kind, b.kind} <= {"number", "date", "any"} and "date" not in (a.kind, b.kind):
            self.fault(left, say(f"{a} 没有大小", f"{a} has no order"))

    def _advise_pair(self, text: ast.expr, kind: Type, number: ast.expr, names: Names) -> str | None:
        """Return what to do about a text that is compared with a number: drop the quotes, or take the number read."""
        if kind.kind != "text":
            return None
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and _NUMERIC.fullmatch(text.value):
            return say(f"数字不加引号：{text.value}", f"write a number without quotes: {text.value}")
        tree, _ = _Checker().visit(text, names)
        if isinstance(tree, FieldRead) and (tree.record, tree.path) == ("indicator", ("value",)):
            written = f"target.number >= {print_source(number)}"
            return say(
                f"指标值是表上的文字；读出的数是 target.number，如 {written}",
                f"the value is the text of the form; the number in it is target.number, as in {written}",
            )
        return None

    def _check_member(self, left: ast.expr, a: Type, right: ast.expr, b: Type, names: Names) -> None:
        if b.kind not in ("list", "map", "any"):
            hint = say("文字包含用 contains(…)", "for text within text use contains(…)")
            self.fault(right, say("in 的右边应是列表或词表", "'in' needs a list or a vocabulary"), hint)
        elif b.kind != "any" and not _agree(a, TEXT if b.kind == "map" else (b.item or ANY)):
            self.fault(right, say(f"{b} 里没有 {a}", f"{b} holds no {a}"))
        if isinstance(right, ast.List | ast.Tuple):
            for element in right.elts:
                self._check_choice(left, element, names)

    def _check_choice(self, cell: ast.expr, literal: ast.expr, names: Names) -> None:
        """A literal that a closed field can never hold would make a rule that looks active and is not."""
        if not isinstance(literal, ast.Constant) or not isinstance(literal.value, str):
            return
        tree, _ = _Checker().visit(cell, names)
        if not isinstance(tree, FieldRead) or "__" in tree.path[-1]:
            return
        choices = names.model.field_at(tree.record, tree.path).choices
        if choices and literal.value not in choices:
            hint = suggest(literal.value, choices) or say(f"可用：{'、'.join(choices)}", f"legal: {', '.join(choices)}")
            self.fault(literal, say(f"此处不会出现“{literal.value}”", f"'{literal.value}' never stands here"), hint)

    # --- lists and comprehensions

    def _list(self, node: ast.List | ast.Tuple, names: Names) -> _Typed:
        checked = [self.value(element, names) for element in node.elts]
        kinds = [kind for _, kind in checked if kind.kind != "any"]
        for element, (_, kind) in zip(node.elts, checked, strict=True):
            if kinds and not _agree(kind, kinds[0]):
                self.fault(element, _differ(kinds[0], kind))
        tree = ast.List([element for element, _ in checked], ast.Load())
        return ast.copy_location(tree, node), list_of(kinds[0] if kinds else ANY)

    _tuple = _list

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp, names: Names) -> _Typed:
        generators: list[ast.comprehension] = []
        for part in node.generators:
            source, kind = self.value(part.iter, names, "list", "map")
            target = part.target
            name = target.id if isinstance(target, ast.Name) else ""
            self._check_free(target, name, names)
            names = names.having(name, TEXT if kind.kind == "map" else kind.item or ANY)
            conditions = []
            for condition in part.ifs:
                tree, _ = self.value(condition, names, "bool")
                names = names.knowing(surely_stated(tree, True))
                conditions.append(tree)
            generators.append(ast.comprehension(target, source, conditions, 0))
        element, kind = self.value(node.elt, names)
        return ast.copy_location(ast.ListComp(element, generators), node), list_of(kind)

    _generatorexp = _listcomp

    def _check_free(self, node: ast.AST, name: str, names: Names) -> None:
        taken = name in names.local or name in names.roots or name in FUNCTIONS or name in SPECIAL | AGGREGATES
        if taken or name in ("item", "params", "vocab"):
            self.fault(node, say(f"名字“{name}”已有含义", f"the name '{name}' is taken"))

    # --- calls

    def _call(self, node: ast.Call, names: Names) -> _Typed:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in SPECIAL:
            return getattr(self, f"_call_{name}")(node, names)  # type: ignore[no-any-return]
        if name in AGGREGATES:
            return self._aggregate(node, name, names)
        function = FUNCTIONS.get(name)
        if function is None:
            legal = [*FUNCTIONS, *SPECIAL, *AGGREGATES]
            return node, self.unread(node, say(f"没有函数 {name}", f"unknown function {name}"), suggest(name, legal))
        return self._apply(node, name, function, names)

    def _apply(self, node: ast.Call, name: str, function: Function, names: Names) -> _Typed:
        most, least = len(function.parameters), len(function.parameters) - function.optional
        if not least <= len(node.args) <= most:
            self._wrong_count(node, name, str(most))
            return node, function.result
        arguments = []
        for argument, wanted in zip(node.args, function.parameters, strict=False):
            tree, kind = (self.visit if wanted.nullable else self.value)(argument, names)
            if not _accepts(wanted, kind):
                self.fault(argument, _expected(str(wanted), kind))
            arguments.append(tree)
        if name in ("matches", "find"):
            self._check_pattern(node.args[1])
        return self._made(node, name, arguments), function.result

    def _check_pattern(self, node: ast.expr) -> None:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            self.fault(node, say("模式必须直接写在规则里", "the pattern must be a literal"))
        elif (reason := check_pattern(node.value)) is not None:
            self.fault(node, reason)

    def _wrong_count(self, node: ast.Call, name: str, wanted: str) -> Type:
        return self.fault(node, say(f"{name} 需要 {wanted} 个参数", f"{name} takes {wanted} arguments"))

    def _made(self, node: ast.Call, name: str, arguments: Sequence[ast.expr]) -> ast.Call:
        return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), list(arguments), []), node)

    def _call_stated(self, node: ast.Call, names: Names) -> _Typed:
        return self._tested(node, "stated", names)

    def _call_blank(self, node: ast.Call, names: Names) -> _Typed:
        return self._tested(node, "blank", names)

    def _tested(self, node: ast.Call, name: str, names: Names) -> _Typed:
        if len(node.args) != 1:
            return node, self._wrong_count(node, name, "1")
        # Looked at as if nothing were known, so that a second test of a path known to be stated is no fault.
        tree, kind = self.visit(node.args[0], replace(names, sure=names.sure - {_plain_key(node.args[0], names)}))
        source = print_source(node.args[0])
        if kind.kind != "any" and not kind.nullable:
            self.fault(node.args[0], say(f"“{source}”不会为空", f"'{source}' is never blank"))
        elif kind.kind != "any" and path_key(tree) is None:
            message = say(
                f"“{source}”是算出来的，没有名字可以用来判断有没有",
                f"'{source}' is worked out, not printed: it has no name to be tested by",
            )
            hint = say("在 let 里给它起个名字，再判断那个名字", "put it into let under a name and test that")
            self.fault(node.args[0], message, hint)
        return self._made(node, name, [tree]), BOOL

    def _call_printed(self, node: ast.Call, names: Names) -> _Typed:
        return self._cell_view(node, "printed", BOOL, names)

    def _call_raw(self, node: ast.Call, names: Names) -> _Typed:
        return self._cell_view(node, "raw", TEXT.optional(), names)

    def _cell_view(self, node: ast.Call, name: str, kind: Type, names: Names) -> _Typed:
        if len(node.args) != 1:
            return node, self._wrong_count(node, name, "1")
        tree, _ = self.visit(node.args[0], names)
        if self.problems:
            return node, ANY
        if not isinstance(tree, FieldRead) or names.model.field_at(tree.record, tree.path).key is None:
            return node, self.fault(node, say(f"{name} 只能用于表中的格", f"{name} takes a cell of the form"))
        return self._suffixed(node, tree, name, kind, names)

    def _call_default(self, node: ast.Call, names: Names) -> _Typed:
        if len(node.args) != 2:
            return node, self._wrong_count(node, "default", "2")
        first, kind = self.visit(node.args[0], names)
        second, fallback = self.value(node.args[1], names)
        if not _agree(kind, fallback):
            self.fault(node.args[1], _differ(kind, fallback))
        return self._made(node, "default", [first, second]), kind.required()

    def _call_lookup(self, node: ast.Call, names: Names) -> _Typed:
        if len(node.args) not in (2, 3):
            return node, self._wrong_count(node, "lookup", "2–3")
        mapping, kind = self.value(node.args[0], names, "map")
        key, key_kind = self.visit(node.args[1], names)
        if not _agree(key_kind, TEXT):
            self.fault(node.args[1], _expected("text", key_kind))
        result = kind.item or ANY
        if len(node.args) == 2:
            return self._made(node, "lookup", [mapping, key]), result.optional()
        fallback, fallback_kind = self.value(node.args[2], names)
        if not _agree(result, fallback_kind):
            self.fault(node.args[2], _differ(result, fallback_kind))
        return self._made(node, "lookup", [mapping, key, fallback]), result

    def _aggregate(self, node: ast.Call, name: str, names: Names) -> _Typed:
        if name in ("min", "max") and len(node.args) >= 2:
            checked = [self.value(argument, names, "number") for argument in node.args]
            listed = ast.copy_location(ast.List([tree for tree, _ in checked], ast.Load()), node)
            return self._made(node, f"{name}_of", [listed]), NUMBER
        if len(node.args) != 1:
            return node, self._wrong_count(node, name, "1")
        tree, kind = self.value(node.args[0], names, "list")
        item = kind.item or ANY
        wanted = {"any": BOOL, "all": BOOL, "sum": NUMBER, "min": NUMBER, "max": NUMBER, "tally": TEXT}.get(name)
        if wanted is not None and not _agree(item, wanted):
            self.fault(node.args[0], _expected(f"list[{wanted}]", kind))
        return self._made(node, name, [tree]), _AGGREGATE_RESULTS.get(name, item.optional())


def _advise_blank(tree: ast.expr, source: str, names: Names) -> str:
    """Return how to make sure that the value of *tree* is there: by ``needs`` for cells of the item and around it."""
    if path_key(tree) is None:
        return say(
            "在 let 里给它起个名字，先用 stated(名字) 判断；或用 default(…, 代替的值)",
            "put it into let under a name and test that with stated(…) first, or use default(…, another value)",
        )
    around = isinstance(tree, FieldRead) and isinstance(tree.base, ast.Name) and tree.base.id in names.roots
    if around and names.follows_needs:
        return say(
            f"把它写进 needs，或先用 stated({source}) 判断", f"list it in needs, or test it with stated({source}) first"
        )
    return say(f"先用 stated({source}) 判断", f"test it with stated({source}) first")


_AGGREGATE_RESULTS = {
    "any": BOOL,
    "all": BOOL,
    "sum": NUMBER,
    "count": NUMBER,
    "min": NUMBER.optional(),
    "max": NUMBER.optional(),
    "tally": Type("map", item=NUMBER),
}


def _plain_key(node: ast.expr, names: Names) -> str:
    """The key a path has before anything is known about it; probing cannot fail louder than the real visit."""
    tree, _ = _Checker().visit(node, names)
    return path_key(tree) or ""


def _agree(a: Type, b: Type) -> bool:
    if "any" in (a.kind, b.kind):
        return True
    if {a.kind, b.kind} == {"text", "date"}:
        return True
    return a.kind == b.kind and a.record == b.record


def _accepts(wanted: Type, given: Type) -> bool:
    if wanted.kind == "list" and given.kind == "map" and (wanted.item or ANY).kind in ("text", "any"):
        return True
    if not _agree(wanted, given):
        return False
    return wanted.kind != "list" or _agree(wanted.item or ANY, given.item or ANY)


def _expected(wanted: str, given: Any) -> str:
    return say(f"这里需要 {wanted}，而不是 {given}", f"expected {wanted}, not {given}")


def _differ(a: Type, b: Type) -> str:
    return say(f"类型不一致：{a} 与 {b}", f"types differ: {a} and {b}")
