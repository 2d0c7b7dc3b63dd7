"""Checked expressions → code: a tree of names, constants, item accesses and calls of registered functions.

No attribute is left (asserted), and the code runs without builtins. What does not depend on the item of the loop is
computed once, and so is what a function reads in a text: a column of texts has a column of slots beside it, one list
for every text, with a place for each function that reads the column; any other text is looked up in a memo.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from perflint.compiler.joining import WITHIN, Key, Probe, drop_answered, find_join
from perflint.compiler.namespace import Namespace
from perflint.errors import EvaluationError
from perflint.expression.field_read import FieldRead
from perflint.expression.view import Settings
from perflint.functions import FUNCTIONS, JOINER, MAX_LENGTH
from perflint.record import dataclass
from perflint.runtime.calls import CONCAT
from perflint.schema.model import Type

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


# All that these do is to make a decimal of a whole number.
_SIZES = {"f_size": "len", "f_length": "len", "f_count": "len", "f_places": "count_places"}

# Whether two texts come to the same; what each of them comes to is remembered, see ``joining.FOLDS``.
_SAME = {"same_unit": "folded_units", "same_text": "bare_texts"}


# By the way of a probe: what makes the index, and what finds places in it.
_WAYS = {
    "holds": ("index_texts", "find_holding"),
    "shares": ("index_texts", "find_sharing"),
    "within": ("index_rarest", "find_sharing"),
}


@dataclass(frozen=True, slots=True)
class Local:
    """A record whose columns are locals: ``prefix`` + index."""

    record: str
    prefix: str = "c"


class Lowering:
    """Lowers the expressions of one rule, in the order in which they run.

    Args:
        roots: Variables whose columns stand in locals: scopes, or the record of a derived field.
        item: The scope whose items a loop goes through, None where there is no loop.
        hoisted: What is computed at most once in the loop: code → its number in ``memory``. None where nothing is
            kept, since there is no loop, or since what is being written is kept as a whole.
    """

    def __init__(
        self,
        space: Namespace,
        settings: Settings,
        roots: Mapping[str, Local],
        *,
        item: str | None = None,
        hoisted: dict[str, int] | None = None,
    ) -> None:
        self._space, self._settings, self._roots, self._item, self._hoisted = space, settings, roots, item, hoisted
        # Variables of the expressions → those of the code.
        self._rename: dict[str, str] = {}
        # Values of the rule so far: the cells of the item that each depends on, None for more than cells; and those
        # for which rows around the item were gone through.
        self._lets: dict[str, dict[str, ast.expr] | None] = {}
        self._around: set[str] = set()
        # Where in an expression the walk is: in what a comprehension goes through, in one, in what is kept.
        self._in_iterable = self._in_comprehension = self._in_kept = False

    def code(self, tree: ast.expr) -> str:
        """Return *tree* as source."""
        lowered = self.lower(tree)
        if any(isinstance(node, ast.Attribute) for node in ast.walk(lowered)):
            message = "an attribute is left in a lowered expression"
            raise EvaluationError(message)
        return ast.unparse(lowered)

    def keep_let(self, name: str, tree: ast.expr) -> None:
        """Note that the value *name* of a rule stands in a variable from now on."""
        self._rename[name], self._lets[name] = f"v_{name}", self._cells_of(tree)
        if self._looks_around(tree):
            self._around.add(name)

    def lower(self, node: ast.expr) -> ast.expr:  # noqa: C901 - a table of node kinds
        """Return *node* without field reads, attributes and literals of the pack."""
        hoisted = self._hoist(node)
        if hoisted is not None:
            return hoisted
        match node:
            case FieldRead():
                return self._field(node)
            case ast.Constant():
                return node if isinstance(node.value, bool) else _name(self._space.constant(node.value))
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
        _, number = self._fixed(bound)
        if len(node.comparators) > 1 or not isinstance(number, Decimal):
            return None
        size = self.lower(node.left)
        whole = number == number.to_integral_value()
        if whole and isinstance(size, ast.Call) and isinstance(size.func, ast.Name) and size.func.id in _SIZES:
            count = ast.Call(_name(_SIZES[size.func.id]), size.args, [])
            return ast.Compare(count, node.ops, [ast.Constant(int(number))])
        return ast.Compare(size, node.ops, [self.lower(bound)])

    def _compared(self, op: ast.cmpop, node: ast.expr) -> ast.expr:
        """A list of constants that something may be in is not made anew each time, and texts are looked up in a set."""
        known, value = self._fixed(node) if isinstance(op, ast.In | ast.NotIn) else (False, None)
        return _name(self._space.members(value)) if known else self.lower(node)

    def _variable(self, node: ast.Name) -> ast.expr:
        group, _, _ = node.id.partition(".")
        if group in ("params", "vocab") and "." in node.id:
            value = self._settings.values()[node.id]
            return ast.Constant(value) if isinstance(value, bool) else _name(self._space.constant(value))
        return _name(self._rename.get(node.id, f"v_{node.id}"))

    def _field(self, node: FieldRead) -> ast.expr:
        record, path = node.record, node.path
        model = self._space.model
        first = model.records[record].fields[path[0].partition("__")[0]]
        if first.reading == "define":
            self._space.use_define(record, path[0], self._settings)
            column = self._space.columns.ask(record, path[:1])
            return self._rest(self._column(node.base, column), first.type, path[1:])
        if record != "cell" and first.reading == "item":
            return self._rest(self.lower(node.base), Type("record", record=record), path)
        if record == "cell":
            return self._column(node.base, list(model.records["cell"].fields).index(path[0]))
        return self._column(node.base, self._space.columns.ask(record, path))

    def _rest(self, value: ast.expr, kind: Type, path: tuple[str, ...]) -> ast.expr:
        for name in path:
            fields = self._space.model.records[kind.record or ""].fields
            value = ast.Subscript(value, ast.Constant(list(fields).index(name)), ast.Load())
            kind = fields[name].type
        return value

    def _column(self, base: ast.expr, column: int) -> ast.expr:
        if isinstance(base, ast.Name) and base.id in self._roots:
            return _name(f"{self._roots[base.id].prefix}{column}")
        return ast.Subscript(self.lower(base), ast.Constant(column), ast.Load())

    def _comprehension(self, node: ast.ListComp, *, sought: bool = False) -> ast.expr:
        """Lower *node*; where an element is *sought* that is true, the element itself is a condition as well."""
        generators = []
        around, self._in_comprehension = self._in_comprehension, True
        for part in node.generators:
            outer, self._in_iterable = self._in_iterable, True
            source = self.lower(part.iter)
            self._in_iterable = outer
            name = part.target.id if isinstance(part.target, ast.Name) else ""
            self._rename[name] = f"v_{name}"
            conditions = [self.lower(condition) for condition in part.ifs]
            generators.append(ast.comprehension(ast.Name(f"v_{name}", ast.Store()), source, conditions, 0))
        element = self.lower(node.elt)
        self._in_comprehension = around
        for part, lowered in zip(node.generators, generators, strict=True):
            found = self._join(part, lowered, [element] if sought and len(generators) == 1 else [])
        if found and len(generators) == 1 and not lowered.ifs and ast.unparse(element) == ast.unparse(lowered.target):
            return lowered.iter
        return ast.ListComp(element, generators)

    def _join(self, part: ast.comprehension, lowered: ast.comprehension, sought: list[ast.expr]) -> bool:
        """Let *lowered* go through the rows that an index finds; return whether it finds a list of just these rows."""
        over, name = part.iter, self._rename[part.target.id] if isinstance(part.target, ast.Name) else ""
        if self._hoisted is None or not isinstance(over, FieldRead) or not isinstance(over.base, ast.Name):
            return False
        if over.base.id not in self._roots or over.base.id == self._item:
            return False
        item = self._space.model.field_at(over.record, over.path).type.item
        record = (item and item.record) or ""
        kinds = partial(self._kind_of, record)
        join = find_join(name, [*lowered.ifs, *sought], kinds, self._space.constants)
        if join is not None and join.probes:
            found = [self._find_places(probe, lowered.iter, self._hoisted) for probe in join.probes]
            lowered.iter = ast.Call(_name("pick_rows"), [lowered.iter, ast.List(found, ast.Load())], [])
        elif join is not None:
            lowered.ifs, stated = drop_answered(name, lowered.ifs, join.keys)
            found_rows = self._look_up(join.keys, lowered.iter, self._hoisted)
            test = ast.Compare(join.keys[0].value, [ast.IsNot()], [ast.Constant(None)])
            lowered.iter = ast.IfExp(test, found_rows, _name(self._space.constant(()))) if stated else found_rows
            return True
        return False

    def _look_up(self, keys: Sequence[Key], source: ast.expr, kept: dict[str, int]) -> ast.expr:
        folds = ", ".join(str(key.fold) for key in keys)
        code = f"group_rows({ast.unparse(source)}, {tuple(key.column for key in keys)}, ({folds},))"
        values = [_folded(key) for key in keys]
        key = values[0] if len(values) == 1 else ast.Tuple(values, ast.Load())
        return ast.Subscript(self._keep_once(code, kept), key, ast.Load())

    def _find_places(self, probe: Probe, source: ast.expr, kept: dict[str, int]) -> ast.expr:
        make, find = _WAYS[probe.way]
        index = self._keep_once(f"{make}({ast.unparse(source)}, {probe.column})", kept)
        return ast.Call(_name(find), [index, probe.text], [])

    def _kind_of(self, record: str, column: int) -> str:
        path = self._space.columns.path(record, column)
        field = self._space.model.field_at(record, (*path[:-1], path[-1].partition("__")[0]))
        return "" if "__" in path[-1] else field.type.kind

    def _call(self, node: ast.Call) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("stated", "blank"):
            test = ast.IsNot() if name == "stated" else ast.Is()
            return ast.Compare(self.lower(node.args[0]), [test], [ast.Constant(None)])
        if name == "contains":
            return ast.Compare(self.lower(node.args[1]), [WITHIN], [self.lower(node.args[0])])
        if name == "lookup" or (name in FUNCTIONS and FUNCTIONS[name].reads_text):
            read = self._remembered(node, name)
            if read is not None:
                return read
        if name == "any" and isinstance(node.args[0], ast.ListComp):
            return ast.Call(_name("f_any"), [self._comprehension(node.args[0], sought=True)], [])
        arguments = [self.lower(argument) for argument in node.args]
        if name in _SAME:
            left, right = (ast.Subscript(_name(_SAME[name]), argument, ast.Load()) for argument in arguments)
            return ast.Compare(left, [ast.Eq()], [right])
        if name == "default" and _is_at_hand(arguments[1]):
            return self._default(*arguments)
        if name == "join" and isinstance(arguments[0], ast.List) and all(map(_is_cell, arguments[0].elts)):
            return self._join_cells(arguments[0])
        return ast.Call(_name(f"f_{name}"), arguments, [])

    def _default(self, value: ast.expr, otherwise: ast.expr) -> ast.expr:
        """Keep a value that has to be worked out in a variable of its own, where the language lets one do so."""
        if isinstance(value, ast.Name):
            return ast.IfExp(ast.Compare(value, [ast.IsNot()], [ast.Constant(None)]), value, otherwise)
        if self._in_iterable:
            return ast.Call(_name("f_default"), [value, otherwise], [])
        kept, again = self._keep(value)
        return ast.IfExp(ast.Compare(kept, [ast.IsNot()], [ast.Constant(None)]), again, otherwise)

    def _keep(self, value: ast.expr) -> tuple[ast.expr, ast.expr]:
        """Return *value* kept in a variable, and that variable: it is read at once and free again.

        One name for all, so that equal expressions have equal code; another one within comprehensions, which would make
        it slower elsewhere.
        """
        name = f"w{int(self._in_comprehension)}"
        return ast.NamedExpr(ast.Name(name, ast.Store()), value), _name(name)

    def _join_cells(self, texts: ast.List) -> ast.expr:
        """Join *texts*, so few that a rule lists them, without the call that refuses what gets too long."""
        if self._in_iterable or not texts.elts:
            return ast.Call(_name("f_join"), [texts], [])
        pieces: list[ast.expr] = []
        for text in texts.elts:
            pieces += [ast.Constant(JOINER), ast.FormattedValue(text, -1)]
        kept, again = self._keep(ast.JoinedStr(pieces[1:]))
        short = ast.Compare(ast.Call(_name("len"), [kept], []), [ast.Lt()], [ast.Constant(MAX_LENGTH)])
        return ast.IfExp(short, again, ast.Call(_name("f_join"), [texts], []))

    def _remembered(self, node: ast.Call, name: str) -> ast.expr | None:
        fixed = [self._fixed(argument) for argument in node.args]
        open_places = [place for place, (known, _) in enumerate(fixed) if not known]
        if len(open_places) != 1 or (name == "lookup" and open_places != [1]):
            return None
        place = open_places[0]
        constants = tuple(value for known, value in fixed if known)
        number = self._space.number(name, constants, place)
        if name == "lookup":  # of null too, which has no slots
            return ast.Call(self._space.memo(number), [self.lower(node.args[place])], [])
        return self._read_default(number, node.args[place]) or self._read(number, node.args[place])

    def _read_default(self, number: int, node: ast.expr) -> ast.expr | None:
        """Read a column or what stands for it when it is null, each by itself; None for anything else."""
        match node:
            case ast.Call(func=ast.Name("default"), args=[FieldRead() as field, ast.Constant() as otherwise]):
                if self._is_column(field):
                    stated = ast.Compare(self.lower(field), [ast.IsNot()], [ast.Constant(None)])
                    return ast.IfExp(stated, self._read(number, field), self._read(number, otherwise))
        return None

    def _read(self, number: int, node: ast.expr) -> ast.expr:
        text = self.lower(node)
        if not isinstance(node, FieldRead) or not self._is_column(node):
            return ast.Call(self._space.memo(number), [text], [])
        column, place = self._space.columns.ask_slot(node.record, node.path, number)
        slots = self._column(node.base, column)
        slot = ast.Subscript(slots, ast.Constant(place), ast.Load())
        fill = ast.Call(self._space.filler(number), [text, slots, ast.Constant(place)], [])
        return ast.Subscript(ast.BoolOp(ast.Or(), [slot, fill]), ast.Constant(0), ast.Load())

    def _is_column(self, node: FieldRead) -> bool:
        """Whether *node* reads a text, folded or as printed, from a column of a record that has a name."""
        if not isinstance(node.base, ast.Name):
            return False
        if node.record == "cell":
            return node.path in (("text",), ("raw",))
        path = (*node.path[:-1], node.path[-1].removesuffix("__raw"))
        first = self._space.model.records[node.record].fields[path[0].partition("__")[0]]
        if first.reading in ("define", "item") or "__" in path[-1]:
            return False
        return self._space.model.field_at(node.record, path).reading in ("text", "printed", "date")

    def _fixed(self, node: ast.expr) -> tuple[bool, Any]:
        if isinstance(node, ast.Constant):
            return True, node.value
        if isinstance(node, ast.Name) and node.id in self._settings.values():
            return True, self._settings.values()[node.id]
        if isinstance(node, ast.List) and all(isinstance(element, ast.Constant) for element in node.elts):
            return True, tuple(element.value for element in node.elts if isinstance(element, ast.Constant))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == CONCAT:
            return self._fixed_together(*node.args)
        return False, None

    def _fixed_together(self, left: ast.expr, right: ast.expr) -> tuple[bool, Any]:
        (left_known, first), (right_known, second) = self._fixed(left), self._fixed(right)
        lists = left_known and right_known and first.__class__ is second.__class__ is tuple
        return (True, first + second) if lists and len(first) + len(second) <= MAX_LENGTH else (False, None)

    def _hoist(self, node: ast.expr) -> ast.expr | None:
        """What does not depend on the item is computed once for the whole loop, at its first use.

        What looks at rows around the item, and of the item at a few cells only, is computed once for each content of
        these cells: rows repeat one another, and time would grow with rows × rows.
        """
        kept, in_kept = self._hoisted, self._in_kept
        cells = self._cells_of(node) if kept is not None and _looks_through(node) else None
        if kept is None or cells is None or (cells and (in_kept or not self._looks_around(node))):
            return None
        self._hoisted, self._in_kept = kept if cells else None, True
        code = self.code(node)
        self._hoisted, self._in_kept = kept, in_kept
        lowered = ast.parse(code, mode="eval").body
        if cells and not any(isinstance(part, ast.ListComp) for part in ast.walk(lowered)):
            return lowered  # what an index finds at once
        return self._keep_once(code, kept, list(cells.values()))

    def _keep_once(self, code: str, kept: dict[str, int], cells: Sequence[ast.expr] = ()) -> ast.expr:
        """Return the code that evaluates *code* at its first use in a loop, and takes what it came to from then on."""
        number, memory = ast.Constant(kept.setdefault(code, len(kept))), _name("memory")
        key: ast.expr = ast.Tuple([number, *cells], ast.Load()) if cells else number
        stored = ast.Call(_name("remember"), [key, ast.parse(code, mode="eval").body], [])
        return ast.IfExp(ast.Compare(key, [ast.In()], [memory]), ast.Subscript(memory, key, ast.Load()), stored)

    def _cells_of(self, node: ast.expr) -> dict[str, ast.expr] | None:
        """Return the code of the cells of the item that *node* depends on; None when it depends on more of the item."""
        bound = {part.target.id for part in _parts(node) if isinstance(part.target, ast.Name)}
        fixed = bound | (set(self._roots) - {self._item})
        found: dict[str, ast.expr] = {}
        for name, read in _iterate_reads(node):
            if name in fixed or "." in name:
                continue
            cells = self._cell(read) if name == self._item else self._lets.get(name)
            if cells is None:
                return None
            found |= cells
        return found

    def _cell(self, node: ast.expr) -> dict[str, ast.expr] | None:
        if not isinstance(node, FieldRead):
            return None
        plain, _, suffix = node.path[-1].partition("__")
        kind = self._space.model.field_at(node.record, (*node.path[:-1], plain)).type.kind
        if kind not in ("text", "number", "bool", "date") and suffix != "printed":
            return None
        cell = self._field(node)
        # Equal numbers may be printed with more places and with fewer.
        exact = ast.Call(_name("str"), [cell], []) if kind == "number" and suffix in ("", "yuan") else cell
        return {ast.unparse(cell): exact}

    def _looks_around(self, node: ast.expr) -> bool:
        """Whether *node* goes through a list that is not the item's own, or through what was picked of such a list."""
        lists = [part.iter for part in _parts(node)]
        return any(
            over.id in self._around
            if isinstance(over, ast.Name)
            else isinstance(over, FieldRead) and isinstance(over.base, ast.Name) and over.base.id in self._roots
            for over in lists
        )


def _looks_through(node: ast.expr) -> bool:
    """Whether *node* goes through a list, or reduces one that it goes through."""
    match node:
        case ast.ListComp():
            return True
        case ast.Call(func=ast.Name(), args=arguments):
            return any(isinstance(argument, ast.ListComp) for argument in arguments)
    return False


def _parts(node: ast.expr) -> list[ast.comprehension]:
    return [part for sub in ast.walk(node) if isinstance(sub, ast.ListComp) for part in sub.generators]


def _iterate_reads(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield every variable that *node* reads, with the read of its field, or with itself when it is read as a whole."""
    if isinstance(node, FieldRead) and isinstance(node.base, ast.Name):
        yield node.base.id, node
    elif isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load):
            yield node.id, node
    else:
        called = node.func if isinstance(node, ast.Call) else None
        for child in ast.iter_child_nodes(node):
            if child is not called:
                yield from _iterate_reads(child)


def _folded(key: Key) -> ast.expr:
    return key.value if key.fold is None else ast.Call(_name("fold_cell"), [_name(key.fold), key.value], [])


def _is_at_hand(node: ast.expr) -> bool:
    """Whether *node* needs no work and cannot fail, so that nobody can tell whether it was evaluated."""
    return isinstance(node, ast.Name | ast.Constant) or (isinstance(node, ast.List) and not node.elts)


def _is_cell(node: ast.expr) -> bool:
    """Whether *node* is a name, or a column of a record that has one."""
    match node:
        case ast.Name() | ast.Subscript(value=ast.Name(), slice=ast.Constant()):
            return True
    return False


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())
