from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.errors import PackError, Problem
from perflint.language import speaking
from perflint.pack.deferred import cut_examples
from perflint.pack.strict_yaml import MAX_BYTES, YamlFile, parse_yaml


def parse(text: str | bytes) -> YamlFile:
    return parse_yaml(text, path="f.yaml")


def refuse(text: str | bytes) -> tuple[Problem, ...]:
    with speaking("en"), pytest.raises(PackError) as caught:
        parse(text)
    return caught.value.problems


def told(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    return [(problem.message, problem.line, problem.column) for problem in refuse(text)]


LOOKS = (
    "off on yes no Yes TRUE True Null NULL 012 0x1F 0o7 1_000 1e3 .5 5. +1 12:30 2026-12-31 = .inf .nan 1,000".split()
)


@pytest.mark.parametrize("written", LOOKS)
def test_yaml_scalars_stay_what_they_look_like(written: str) -> None:
    assert parse(f"- {written}\n- [{written.replace(',', '')}]").root[0] == written


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", Decimal(0)),
        ("-12.50", Decimal("-12.50")),
        ("0.1", Decimal("0.1")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
    ],
)
def test_core_scalars(written: str, value: object) -> None:
    root = parse(f"a: {written}").root
    assert root == {"a": value}
    assert str(root["a"]) == str(value)


def test_keys_are_always_text() -> None:
    assert parse("1: a\nnull: b\ntrue: c\n2.50: d").root == {"1": "a", "null": "b", "true": "c", "2.50": "d"}


def test_empty_file_is_nothing() -> None:
    assert parse("").root is None
    assert parse("# a remark\n").root is None


def test_byte_order_mark_is_dropped() -> None:
    file = parse("\ufeffa: b".encode())
    assert (file.root, file.place(("a",), on_key=True)) == ({"a": "b"}, (1, 1))


def test_duplicate_key_is_a_load_error() -> None:
    problems = refuse("a: 1\nb: {c: 1, c: 2}\na: 3")
    assert [(p.message, p.line, p.column, p.hint) for p in problems] == [
        ("duplicate key 'c'", 2, 11, "first given in line 2"),
        ("duplicate key 'a'", 3, 1, "first given in line 1"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x", ("anchors (&) are not allowed", 1, 4)),
        ("b: *x", ("aliases (*) are not allowed", 1, 4)),
        ("*x : b", ("aliases (*) are not allowed", 1, 1)),
        ("&x a: b", ("anchors (&) are not allowed", 1, 1)),
        ("a:\n  <<: {b: 1}", ("merge keys (<<) are not allowed", 2, 3)),
        ("a: !!python/name:os.system x", ("the tag !!python/name:os.system is not allowed", 1, 4)),
        ("a: !!float 1", ("the tag !!float is not allowed", 1, 4)),
        ("? [a, b]\n: c", ("a key must be text", 1, 3)),
        ("a: 1\n---\nb: 2", ("only one YAML document per file", 2, 1)),
        ("a: " + "9" * 61, ("number longer than 60 characters", 1, 4)),
        ("a: b: c", ("a colon is not allowed here", 1, 5)),
        ("a: @b", ("a text cannot start with @", 1, 4)),
        ('a: "\\d"', ("unknown escape", 1, 5)),
        ("a: [1, 2\nb: 3", ("a comma or ] is missing in the list", 2, 2)),
        ("a: 'b\nc: d", ("the file ends inside a quoted text", 1, 4)),
    ],
)
def test_refused_syntax(text: str, expected: tuple[str, int, int]) -> None:
    assert told(text)[0] == expected


def test_quoted_merge_sign_is_a_key_like_any_other() -> None:
    assert parse("'<<': a").root == {"<<": "a"}


def test_alias_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    assert told("\n".join(lines)) == [("anchors (&) are not allowed", 1, 5)]


def test_every_tab_and_control_character_is_named() -> None:
    assert told("a:\n\tb: c\nd: e\tf\ng: \x07h\ni: \x85") == [
        ("tabs are not allowed", 2, 1),
        ("tabs are not allowed", 3, 5),
        ("control character U+0007 is not allowed", 4, 4),
        ("control character U+0085 is not allowed", 5, 4),
    ]


def test_control_character_alone_is_named_too() -> None:
    assert told("a: b\nc: \x00d") == [("control character U+0000 is not allowed", 2, 4)]


def test_escaped_tab_is_text() -> None:
    assert parse('a: "b\\tc"').root == {"a": "b\tc"}


def test_not_utf_8_is_told_with_its_line() -> None:
    assert told(b"a: b\nc: \xff") == [("the file is not UTF-8", 2, None)]


def test_limits_are_errors() -> None:
    assert told(b"#" * (MAX_BYTES + 1)) == [("file larger than 1 MiB", None, None)]
    assert told("[" * 50 + "]" * 50) == [("nested deeper than 40 levels", 1, 41)]


def test_place_of_keys_values_and_list_items() -> None:
    file = parse("a:\n  b: [x, 😀, z]\n  c: d\n")
    assert file.place(("a", "b"), on_key=True) == (2, 3)
    assert file.place(("a", "b")) == (2, 6)
    assert file.place(("a", "b", 2)) == (2, 13)
    assert file.place(("a", "missing")) == (2, 3)


def test_problem_shows_the_line_and_marks_the_value() -> None:
    with speaking("en"):
        problem = parse("危房: 改造\nb: 😀 c").problem("wrong", ("b",), hint="do this")
    assert problem.describe() == "f.yaml:2:4: wrong\n    b: 😀 c\n       ^^^^\n    → do this"
    assert problem.pointer == "/b"


def test_long_line_is_shown_around_the_place() -> None:
    problem = parse(f"a: {'x' * 150} WRONG {'y' * 150}").problem("wrong", ("a",), offset=151, width=5)
    assert problem.column == 155
    lines = problem.describe().splitlines()
    start = lines[2].index("^")
    assert lines[1][start : start + 5] == "WRONG"
    assert lines[2].strip() == "^^^^^"
    assert len(lines[1]) < 120


SCALARS = {
    "plain": "k: abc def",
    "plain with emoji": "😀: 危😀房 def",
    "plain over lines": "k: abc\n  def\n\n  ghi",
    "single quoted": "k: 'it''s def'",
    "double quoted": 'k: "a\\u5371\\"b\\n def"',
    "double quoted over lines": 'k: "abc\n  def\n\n  ghi"',
    "literal": "k: |\n  abc\n    def\n\n  ghi\nl: m",
    "literal with indicator": "k: |2-\n    abc\n  def",
    "folded": "k: >\n  abc\n  def\n\n  ghi\n    jkl\n  mno\n",
    "in a list": "- [a, 'b c', d]\n- |\n abc\n def",
}


@pytest.mark.parametrize("text", SCALARS.values(), ids=SCALARS)
def test_every_character_of_a_scalar_is_found_in_its_line(text: str) -> None:
    file = parse(text)
    path: tuple[str | int, ...] = (1,) if isinstance(file.root, list) else (next(iter(file.root)),)
    value = file.root[path[0]]
    places = []
    for offset, character in enumerate(value.rstrip("\n")):
        problem = file.problem("x", path, offset=offset)
        assert problem.line is not None
        assert problem.column is not None
        places.append((problem.line, problem.column))
        if character not in ' \n"危' and character.isprintable():
            assert file.lines[problem.line - 1][problem.column - 1] in (character, "'")
    assert places == sorted(places)
    assert len(set(places)) >= len(value.split("\n", 1)[0])


def test_offset_past_the_end_is_right_after_the_text() -> None:
    problem = parse("k: abc").problem("x", ("k",), offset=3)
    assert (problem.line, problem.column) == (1, 7)


@pytest.mark.parametrize("text", [*SCALARS.values(), "a: {b: [1, 'x', {c: null}]}\nd: !!str 5"])
def test_reading_without_libyaml_gives_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = parse(text)
    monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    slow = parse(text)
    assert slow.root == fast.root
    paths = [(key,) for key in fast.root] if isinstance(fast.root, dict) else [(0,), (1,)]
    assert [slow.place(path) for path in paths] == [fast.place(path) for path in paths]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufeff"), min_size=1)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_places_inside_quoted_text_follow_the_text(words: list[str]) -> None:
    text = " ".join(words)
    file = parse("k: '" + text.replace("'", "''") + "'")
    columns = [file.problem("x", ("k",), offset=offset).column for offset in range(len(text))]
    assert file.root == {"k": text}
    assert columns[0] == 5
    assert [(b or 0) - (a or 0) for a, b in pairwise(columns)] == [2 if c == "'" else 1 for c in text[:-1]]


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(PackError):
        parse(text)


RULES = """perflint: pack/1
rules:
# the first
- id: PT101
  examples: # of the sum
    pass:
    - {table: {}}

    fail:
    - {table: {}}
  name: one
- id: PT102
  why: |
    Not these:
    examples:
      at all
  examples: {pass: []}
- id: PT103
  examples:
    pass: []
"""


def test_examples_are_cut_out_and_lines_stay() -> None:
    text, cut = cut_examples(RULES)
    assert {line: part.text for line, part in cut.items()} == {
        4: "    pass:\n    - {table: {}}\n\n    fail:\n    - {table: {}}",
        18: "    pass: []",
    }
    assert [part.first_line for part in cut.values()] == [6, 20]
    assert text.count("\n") == RULES.count("\n")
    whole, part = parse(RULES).root, parse(text).root
    for rule in (whole, part):
        for index in (0, 2):
            rule["rules"][index].pop("examples")
    assert whole == part


def test_nothing_is_cut_outside_the_rules() -> None:
    text = "pack:\n  examples:\n    a: b\n"
    assert cut_examples(text) == (text, {})
