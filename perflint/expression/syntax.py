"""Expression text → syntax tree of the small language: parsed by simpleeval, gated by one whitelist.

Whatever is not listed here does not exist in the language, so a pack from a stranger cannot reach a Python object.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from simpleeval import EvalWithCompoundTypes, InvalidExpression

from perflint.expression.problems import ExpressionErrors, ExpressionProblem
from perflint.language import say
from perflint.pattern import LazyPattern

MAX_CHARACTERS, MAX_NODES, MAX_DEPTH, MAX_GENERATORS = 2_000, 500, 50, 2
MAX_EXPONENT = 30

_ALLOWED: tuple[type[ast.AST], ...] = (
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.IfExp),
    *(ast.Call, ast.Name, ast.Load, ast.Store, ast.Attribute, ast.Constant, ast.List, ast.Tuple),
    *(ast.GeneratorExp, ast.ListComp, ast.comprehension),
)

_FULL_WIDTH = dict(zip("（），。：“”‘’＂＝＞＜＋－＊／［］、", '(),.:""\'\'"=><+-*/[],', strict=True))
# What people write for an operator, longest first: in another language, in mathematics, in Chinese.
_OPERATORS = {
    "&&": "and", "||": "or", "<>": "!=", "=>": ">=", "=<": "<=", "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=",
    "！=": "!=", "×": "*", "÷": "/",
}  # fmt: skip
_CHINESE = {"并且": "and", "而且": "and", "且": "and", "或者": "or", "或": "or"}
_CAPITALS = {"AND": "and", "OR": "or", "NOT": "not"}
_MEANT = {**_OPERATORS, **_CHINESE, **_CAPITALS, "!": "not", "！": "not"}
_SLIP = LazyPattern(
    "|".join(
        (
            r"""(?P<quoted>"[^"]*"|'[^']*')""",
            "(?P<percent>(?<=[0-9])[%％])",
            "(?P<unequal>!=)",
            f"(?P<operator>{'|'.join(map(re.escape, _OPERATORS))})",
            "(?P<negation>[!！])",
            rf"(?<![^\W\d])(?P<chinese>{'|'.join(_CHINESE)})",
            rf"\b(?P<capitals>{'|'.join(_CAPITALS)})\b",
            f"(?P<wide>[{''.join(map(re.escape, _FULL_WIDTH))}])",
            "(?P<equals>(?<![=!<>＝])=(?!=))",
        )
    )
)

_DECIMAL = LazyPattern(r"Decimal\('([^']*)'\)")


@lru_cache(maxsize=4096)  # packs of counties repeat the expressions of the pack that all of them extend
def parse_expression(text: str) -> ast.expr:
    """Return the tree of *text*, not to be changed; numbers are exact decimals already and keep their printed places.

    Raises:
        ExpressionErrors: Not one expression, too large, or something that the language does not have.
    """
    if len(text) > MAX_CHARACTERS:
        raise _error(say(f"表达式超过 {MAX_CHARACTERS} 个字符", f"expression longer than {MAX_CHARACTERS} characters"))
    source = text.replace("\n", " ").replace("\t", " ")
    lead = len(source) - len(source.lstrip())
    tree = _parse_one(source, lead)
    nodes = _list_nodes(tree)
    _set_offsets(nodes, source.strip(), lead)
    problems = [problem for node in nodes if (problem := _gate(node)) is not None]
    if problems:
        raise ExpressionErrors(problems)
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            node.value = _exact(node, source)  # type: ignore[assignment]
    return tree


def span(node: ast.AST) -> tuple[int, int]:
    """Return the 0-based offset and the length of *node* in the expression's text."""
    start = getattr(node, "col_offset", 0)
    return start, max(getattr(node, "end_col_offset", start + 1) - start, 1)


def print_source(node: ast.expr) -> str:
    """Return the text of *node* as a person writes it, numbers as numbers."""
    return _DECIMAL.sub(r"\1", ast.unparse(node))


def _parse_one(source: str, lead: int) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            statement = EvalWithCompoundTypes.parse(source)
    except SyntaxError as error:
        start = lead + max((error.offset or 1) - 1, 0)
        raise _syntax_error(source, min(start, max(len(source) - 1, 0))) from None
    except InvalidExpression:
        raise _error(say("表达式为空", "the expression is empty")) from None
    except (Warning, ValueError, RecursionError, MemoryError):
        raise _error(say("只能写一个表达式", "write exactly one expression")) from None
    if not isinstance(statement, ast.Expr):
        hint = (
            say("比较是否相等写 ==", "to compare for equality write ==") if isinstance(statement, ast.Assign) else None
        )
        raise _error(say("这不是表达式", "this is a statement, not an expression"), lead, len(source.strip()), hint)
    return statement.value


def _syntax_error(source: str, start: int) -> ExpressionErrors:
    """Return the error at the first thing that the language writes otherwise, else where the parser stopped."""
    message = say("表达式语法有误", "syntax error in the expression")
    slip = next((found for found in _SLIP.finditer(source) if found.lastgroup not in ("quoted", "unequal")), None)
    if slip is None:
        return _error(message, start)
    return _error(message, slip.start(), len(slip[0]), _advise_on_slip(slip[0], str(slip.lastgroup)))


def _advise_on_slip(text: str, kind: str) -> str:
    if kind == "wide":
        return say(f"请用半角 {_FULL_WIDTH[text]}", f"use the half-width {_FULL_WIDTH[text]}")
    if kind == "equals":
        return say("比较是否相等写 ==", "to compare for equality write ==")
    if kind == "percent":
        return say("不写百分号：读出的百分数就是它的数字，90% 写成 90", "write no percent sign: 90 % is written 90")
    return say(f"写成 {_MEANT[text]}", f"write {_MEANT[text]}")


def _error(message: str, start: int = 0, width: int = 1, hint: str | None = None) -> ExpressionErrors:
    return ExpressionErrors([ExpressionProblem(message=message, start=start, width=width, hint=hint, role="cause")])


def _list_nodes(tree: ast.expr) -> list[ast.AST]:
    """Return every node of *tree*, level by level, if they are not too many and not too deep."""
    nodes: list[ast.AST] = []
    level: list[ast.AST] = [tree]
    depth = 0
    while level:
        nodes += level
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if len(nodes) > MAX_NODES:
        raise _error(say(f"表达式超过 {MAX_NODES} 个节点", f"expression has more than {MAX_NODES} nodes"))
    if depth > MAX_DEPTH:
        raise _error(say(f"表达式嵌套超过 {MAX_DEPTH} 层", f"expression is nested deeper than {MAX_DEPTH}"))
    return nodes


def _set_offsets(nodes: Iterable[ast.AST], source: str, lead: int) -> None:
    """Turn the parser's UTF-8 byte offsets into character offsets of the text as written."""
    characters = [at for at, character in enumerate(source, lead) for _ in character.encode()]
    characters.append(lead + len(source))
    for node in nodes:
        if isinstance(node, ast.expr):
            node.col_offset = characters[node.col_offset]
            node.end_col_offset = characters[node.end_col_offset or 0]


def _gate(node: ast.AST) -> ExpressionProblem | None:
    if isinstance(node, ast.keyword):
        return None  # told with its call
    if not isinstance(node, _ALLOWED):
        return _problem(node, say("规则语言没有这种写法", f"the rule language has no {type(node).__name__}"))
    return next(_gate_parts(node), None)


def _gate_parts(node: ast.AST) -> Iterator[ExpressionProblem]:  # noqa: C901 - a table of node kinds
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name):
            yield _problem(node, say("只能按名称调用函数", "only functions can be called, by name"), _advise_call(node))
        if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
            yield _problem(node, say("函数只接受位置参数", "functions take positional arguments only"))
    elif isinstance(node, ast.Constant):
        if node.value is None:
            hint = say("空白用 blank(x)，非空用 stated(x)", "test with blank(x) or stated(x)")
            yield _problem(node, say("不能与 None 比较", "there is no None"), hint)
        elif not isinstance(node.value, (str, int, float)):
            yield _problem(node, say("不支持这种常量", "unsupported constant"))
    elif isinstance(node, ast.GeneratorExp | ast.ListComp):
        if len(node.generators) > MAX_GENERATORS:
            yield _problem(node, say("推导式最多两层 for", "at most two nested for"))
    elif isinstance(node, ast.comprehension) and (node.is_async or not isinstance(node.target, ast.Name)):
        yield _problem(node.target, say("for 后只能是一个名字", "a comprehension takes one plain name"))
    elif isinstance(node, ast.Name | ast.Attribute) and "__" in (node.id if isinstance(node, ast.Name) else node.attr):
        yield _problem(node, say("名字中不能有双下划线", "names with a double underscore do not exist"))


_METHODS = {"startswith": "starts_with", "endswith": "ends_with", "replace": "remove", "find": "find"}


def _advise_call(node: ast.Call) -> str | None:
    """Return how a method is written as a function."""
    if not isinstance(node.func, ast.Attribute):
        return None
    name = _METHODS.get(node.func.attr, node.func.attr)
    arguments = ", ".join(print_source(part) for part in (node.func.value, *node.args))
    return say(f"函数写成 {name}({arguments})", f"a function is written {name}({arguments})")


def _problem(node: ast.AST, message: str, hint: str | None = None) -> ExpressionProblem:
    start, width = span(node)
    return ExpressionProblem(message=message, start=start, width=width, hint=hint)


def _exact(node: ast.Constant, source: str) -> Decimal:
    start, width = span(node)
    printed = source[start : start + width].replace("_", "")
    try:
        number = Decimal(printed)
    except InvalidOperation:
        raise _error(say("数字只能写十进制", "write numbers in decimal"), start, width) from None
    if not number.is_finite() or abs(number.adjusted()) > MAX_EXPONENT:
        raise _error(say("数字过大或过小", "number out of range"), start, width)
    return number
