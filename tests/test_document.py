from __future__ import annotations

import copy
import json
import pickle
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from documents import documents, json_values, randoms, write_json
from hypothesis import given
from hypothesis import strategies as st

from perflint.document.limits import Limits
from perflint.document.lines import parse_line, split_lines
from perflint.document.loading import build_document, parse_document
from perflint.document.marker import is_document
from perflint.document.model import Document
from perflint.document.pointer import join_pointer, split_pointer
from perflint.document.position import Span
from perflint.errors import DocumentError, Problem
from perflint.language import speaking

HEAD = '{"perflint": "document/1", "tables": [%s]}'
EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.json"))


def refuse(source: bytes | str, **options: Any) -> tuple[Problem, ...]:
    """Return the problems for which *source* is refused."""
    with pytest.raises(DocumentError) as caught:
        parse_document(source, **options)
    return caught.value.problems


def show(source: bytes | str) -> str:
    """Return what a user reads when *source* is refused."""
    with pytest.raises(DocumentError) as caught:
        parse_document(source, path="a.json")
    return str(caught.value)


def slice_span(text: str, span: Span | None) -> str:
    """Return the part of *text* that *span* names."""
    assert span is not None
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return text[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]


def list_pointers(value: Any, tokens: tuple[str | int, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every pointer into *value* with what it points to."""
    yield join_pointer(tokens), value
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for token, inner in items:
            yield from list_pointers(inner, (*tokens, token))


def build_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of *pairs*, which name each key once."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


# Reading


@given(documents, randoms)
def test_documents_round_trip(data: dict[str, Any], random: Random) -> None:
    text = write_json(data, random)
    read = parse_document(text).data
    assert write_json(read) == write_json(data)


@given(documents)
def test_building_and_parsing_give_the_same(data: dict[str, Any]) -> None:
    assert write_json(build_document(data).data) == write_json(parse_document(write_json(data)).data)


@given(st.binary(max_size=60) | json_values.map(lambda value: write_json(value).encode()))
def test_any_bytes_are_a_document_or_a_document_error(source: bytes) -> None:
    is_document(source)
    with pytest.raises(DocumentError):
        parse_document(source)


@given(documents, randoms)
def test_damaged_documents_are_documents_or_document_errors(data: dict[str, Any], random: Random) -> None:
    text = write_json(data, random)
    at = random.randrange(len(text))
    damaged = text[:at] + random.choice(['"', "\\", "{", "}", "[", ",", "", "0", "\ud800", "e99"]) + text[at + 1 :]
    try:
        read = parse_document(damaged)
    except DocumentError as error:
        problem = error.problems[0]
        assert problem.line is None or slice_span(damaged, Span(1, 1, problem.line, problem.column or 0)) in damaged
    else:
        assert json.loads(damaged, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=build_once) == read.data


@given(json_values)
def test_any_value_is_a_document_or_a_document_error(value: Any) -> None:
    with pytest.raises(DocumentError):
        build_document(value)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_documents(path: Path) -> None:
    document = parse_document(path.read_bytes(), path=str(path))
    assert is_document(path.read_bytes())
    assert document.path == str(path)
    assert document.data == json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)


def test_numbers_keep_their_printed_places() -> None:
    text = HEAD % '{"budget": {"total": 1198.80, "income_total": 5, "expenditure_total": -0.50}}'
    budget = parse_document(text).data["tables"][0]["budget"]
    assert {key: str(value) for key, value in budget.items()} == {
        "total": "1198.80",
        "income_total": "5",
        "expenditure_total": "-0.50",
    }


def test_python_numbers_become_decimals_and_the_dict_stays() -> None:
    data = {"perflint": "document/1", "tables": [{"fiscal_year": 2026, "budget": {"total": 0.1, "x-a": (1, True)}}]}
    before = copy.deepcopy(data)
    table = build_document(data).data["tables"][0]
    assert table == {
        "fiscal_year": Decimal(2026),
        "budget": {"total": Decimal("0.1"), "x-a": [Decimal(1), True]},
    }
    assert [type(value) for value in table["budget"]["x-a"]] == [Decimal, bool]
    assert data == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    text = HEAD % '{"title": "绩效目标表"}'
    document = parse_document(text.encode(encoding))
    assert document.data["tables"] == [{"title": "绩效目标表"}]
    assert document.locate("/tables/0/title") == Span(1, 49, 1, 56)


# Refusing


BROKEN = [
    (
        "",
        """
a.json:1:1: 文件是空的""",
    ),
    (
        '{"perflint": "document/1",\n "tables": [],}',
        """
a.json:2:14: 最后一项后面多了逗号
     "tables": [],}
                 ^
    → 删去这个逗号""",
    ),
    (
        "[1, 2 // 三\n]",
        """
a.json:1:7: 这里应为逗号或 ]
    [1, 2 // 三
          ^^
    → JSON 不能写注释，删去它，或写成 x- 开头的字段""",
    ),
    (
        '{"a": "b"，"c": 1}',
        """
a.json:1:10: 这里应为逗号或 }
    {"a": "b"，"c": 1}
             ^^
    → 全角的 ， 改成半角的 ,""",
    ),
    (
        '{"a": 1,\n "a": 2}',
        """
a.json:2:2: 字段 "a" 重复，第 1 行已有
     "a": 2}
     ^^^
    → 删去其中一个，或改名""",
    ),
    (
        '{"a": NaN, "b": 1e31}',
        """
a.json:1:7: JSON 没有 NaN 这个数
    {"a": NaN, "b": 1e31}
          ^^^
    → 空白的单元格写 null
a.json:1:17: 数字的指数或小数位数超过 30
    {"a": NaN, "b": 1e31}
                    ^^^^
    → 检查是否多打了数字；确是原样就加双引号写成文本""",
    ),
    (
        '{"金额": 1,200}',
        """
a.json:1:10: 这里应为双引号括起的字段名
    {"金额": 1,200}
               ^^^
    → 带千位分隔符的数要加双引号："1,200\"""",
    ),
    (
        '{"a": 50%}',
        """
a.json:1:7: 这里应为一个值
    {"a": 50%}
          ^^^
    → 按印的样子写成文本，加双引号："50%"；或写成普通的数""",
    ),
    (
        '{"a": None}',
        """
a.json:1:7: 这里应为一个值
    {"a": None}
          ^^^^
    → 写成 null""",
    ),
    (
        "{a: 1}",
        """
a.json:1:2: 这里应为双引号括起的字段名
    {a: 1}
     ^
    → 文字要加双引号："a\"""",
    ),
    (
        '{"a": "b\nc"}',
        """
a.json:1:9: 双引号里不能直接换行
    {"a": "b
            ^
    → 换行写成 \\n；也可能是缺右边的双引号""",
    ),
    (
        '["a\x07"]',
        """
a.json:1:4: 双引号里有控制字符 U+0007
    ["a�"]
       ^
    → 删去它，或写成 \\u0007""",
    ),
    (
        '["C:\\d"]',
        """
a.json:1:5: 不认识的转义 \\d
    ["C:\\d"]
        ^
    → 反斜杠本身写成两个：\\\\""",
    ),
    (
        '["\\ud83d"]',
        """
a.json:1:2: 文字里有半个代理对（U+D800–U+DFFF），不是完整的字符
    ["\\ud83d"]
     ^^^^^^^^
    → 改成原来的字""",
    ),
    (
        '{"a": [1}',
        """
a.json:1:9: 括号不配对：本行第 7 列的 [ 用 } 关闭
    {"a": [1}
            ^
    → 应为 ]""",
    ),
    (
        '{"a":\n[1',
        """
a.json:2:3: 文件到这里就断了
    [1
      ^
    → 本行第 1 列的 [ 没有关闭""",
    ),
    (
        "{} {}",
        """
a.json:1:4: 文档结束后还有内容
    {} {}
       ^
    → 一个文件放一个文档；每行一个文档的文件用扩展名 .jsonl""",
    ),
    (
        "perflint: document/1",
        """
a.json:1:1: 文档应以 { 开头
    perflint: document/1
    ^^^^^^^^""",
    ),
    (
        b"{\x00}\x00",
        """
a.json: 文件看来是没有字节顺序标记的 UTF-16 或 UTF-32
    → 用 UTF-8 重新保存""",
    ),
    (
        '{"a": "中文"}'.encode("gb18030"),
        """
a.json:1:8: 文件不是 UTF-8，看来是 GB18030（GBK）编码
    {"a": "中文"}
           ^^
    → 另存为 UTF-8，或运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件""",
    ),
    (
        '{"a": "中文"}'.encode()[:11] + b'"}',
        """
a.json:1:9: 这里有一个不是 UTF-8 的字节 0xE6，文件可能已损坏
    {"a": "中�"}
             ^
    → 从原处重新取得文件，并用 UTF-8 保存""",
    ),
    (
        b"PK\x03\x04",
        """
a.json: 这不是 JSON，而是 docx / xlsx 文件
    → 先用 perflint read 转成 JSON，或安装 read 附加包后直接检查""",
    ),
]


@pytest.mark.parametrize(("source", "expected"), BROKEN)
def test_broken_text_is_refused_with_place_and_advice(source: bytes | str, expected: str) -> None:
    assert show(source) == expected.removeprefix("\n")


@pytest.mark.parametrize(
    "text",
    [
        "[+1]", "[01]", "[1.]", "[.5]", "[1e]", "[0x1]", "[-]", "[Infinity]", "[-Infinity]", "[tru]", "[nul]", "[,]",
        "[1,,2]", "{1:2}", '{"a"}', '{"a":}', '{"a" "b"}', '["\\u12G4"]', '["a', "[1]]", "﻿﻿{}", "\x0c[]", "[1\xa0]",
        "{'a':1}",
    ],
)  # fmt: skip
def test_text_beyond_json_is_refused(text: str) -> None:
    (problem,) = refuse(text)
    assert (problem.line, problem.pointer is not None) == (1, True)


def test_all_faults_of_the_shape_are_told_at_once_in_order() -> None:
    table = (
        '{"kind": "overal", "fiscal_year": "2026",\n "budget": null, "indicators": [{"unti": "个", "weight": [10]},\n'
        ' {"计量单位": "个", "unit": 5, "total": 1}], "organization": {"division_code": "43021A"}}'
    )
    problems = refuse('{"tables": [%s],\n "tabels": 1, "perflint": "document/2"}' % table)  # noqa: UP031
    assert [(p.pointer, p.line, p.column, p.width, p.message, p.hint) for p in problems] == [
        (
            "/tables/0/kind", 1, 22, 8, '表类不能是 "overal"',
            '是不是 overall？可用的值："overall"、"project"、"summary"、"regional"、"self-evaluation"、"unspecified"',
        ),
        ("/tables/0/fiscal_year", 1, 47, 6, '年度应为整数或null（空白），这里是 "2026"', "去掉双引号：2026"),
        ("/tables/0/budget", 2, 12, 4, "预算情况应为对象 {…}，这里是 null", "表上没有这一项，就删去这个字段"),
        ("/tables/0/indicators/0/unti", 2, 34, 6, '指标没有字段 "unti"', "是不是 unit（计量单位）？"),
        ("/tables/0/indicators/0/weight", 2, 57, 1, "权重应为文本或数或null（空白），这里是列表 […]", None),
        ("/tables/0/indicators/1/计量单位", 3, 3, 6, '指标没有字段 "计量单位"', "是不是 unit（计量单位）？"),
        ("/tables/0/indicators/1/unit", 3, 24, 1, "计量单位应为文本或null（空白），这里是 5", '加双引号："5"'),
        (
            "/tables/0/indicators/1/total", 3, 27, 7, '指标没有字段 "total"',
            "total 是这些部分的字段：往年收支、预算情况、项目清单行、支出明细及测算说明",
        ),
        (
            "/tables/0/organization/division_code", 3, 75, 8, '行政区划代码不能是 "43021A"',
            "2 至 12 位数字，例如 430212",
        ),
        ("/tabels", 4, 2, 8, '绩效目标表文档没有字段 "tabels"', "是不是 tables（绩效目标表）？"),
        ("/perflint", 4, 27, 12, '格式不能是 "document/2"', '可用的值："document/1"'),
    ]  # fmt: skip


def test_missing_fields_are_told_at_the_object_that_lacks_them() -> None:
    assert (
        show('{"tables": [{"budget":\n  {"by_use": {"x-a": {}}}}]}')
        == """\
a.json:1:1: 绩效目标表文档缺少字段 perflint（格式）
    {"tables": [{"budget":
    ^
    → 加上 "perflint": "document/1"
a.json:2:22: 表内其他行缺少字段 label（行名）
      {"by_use": {"x-a": {}}}}]}
                         ^"""
    )


def test_without_text_the_message_names_the_pointer() -> None:
    with pytest.raises(DocumentError) as caught:
        build_document({"perflint": "document/1", "tables": [{"indicators": [{"unti": "个"}]}]}, path="dict")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.pointer) == ("dict", None, "/tables/0/indicators/0/unti")
    assert (
        problem.describe() == 'dict: /tables/0/indicators/0/unti: 指标没有字段 "unti"\n    → 是不是 unit（计量单位）？'
    )


def test_messages_speak_english_when_told() -> None:
    with speaking("en"):
        (problem,) = refuse(HEAD % '{"indicators": [{"unti": "个"}]}')
    assert (problem.message, problem.hint) == (
        'indicator has no field "unti"',
        "did you mean unit (unit of measure)?",
    )


def test_problems_beyond_the_limit_are_counted() -> None:
    problems = refuse(HEAD % ", ".join(['{"a": 1, "b": 2}'] * 40), limits=Limits(problems=3))
    assert [p.pointer for p in problems] == ["/tables/0/a", "/tables/0/b", "/tables/1/a", None]
    assert problems[-1].message == "还有 77 处问题没有列出"
    assert refuse("[" + "NaN," * 9 + "1]", limits=Limits(problems=3))[-1].message == "还有 6 处问题没有列出"


def test_messages_and_excerpts_cannot_steer_a_terminal() -> None:
    escaped = '"\\u001b[31m\\u202e": 1'
    told = show('{"a": "\x1b[31m"}') + show(HEAD % f"{{{escaped}}}") + show(f"{{{escaped}, {escaped}}}")
    assert not set(told) & {"\x1b", "\u202e"}


def test_endless_faults_are_counted_not_spelt_out() -> None:
    problems = refuse("[" + '{"a": 1, "a": 1},' * 20_000 + "}")
    assert len(problems) == 51
    assert problems[-1].message == "还有 19951 处问题没有列出"


def test_very_long_names_are_shortened() -> None:
    (problem,) = refuse(HEAD % f'{{"{"长" * 100_000}": 1}}')
    assert problem.message == '绩效目标表没有字段 "' + "长" * 39 + '…"'


def test_long_lines_are_shown_around_the_fault() -> None:
    (problem,) = refuse(HEAD % ('{"title": "' + "长" * 5000 + '", "titel": 1}'))
    assert problem.excerpt == "…" + "长" * 57 + '", "titel": 1}]}'
    assert problem.column == 5053
    assert problem.caret == 62
    assert problem.excerpt[problem.caret - 1 :][: problem.width] == '"titel"'


# Limits


def nest(depth: int) -> str:
    """Return a document of *depth* levels."""
    return HEAD % ('{"x-a": ' + "[" * (depth - 3) + "1" + "]" * (depth - 3) + "}")


def test_depth_is_limited() -> None:
    parse_document(nest(64))
    (problem,) = refuse(nest(65))
    assert (problem.message, problem.line, problem.column) == ("嵌套超过 64 层", 1, 108)
    build_document(json.loads(nest(64)))
    with pytest.raises(DocumentError, match="嵌套超过 64 层"):
        build_document(json.loads(nest(65)))


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"perflint": "document/1", "x-a":', '[{"a":'])
def test_any_depth_is_refused_without_recursion(opening: str) -> None:
    (problem,) = refuse(opening * 100_000)
    assert problem.message == "嵌套超过 64 层"


def test_endless_python_values_are_refused() -> None:
    endless: dict[str, Any] = {"perflint": "document/1", "tables": []}
    endless["x-a"] = endless
    with pytest.raises(DocumentError, match="嵌套超过 64 层"):
        build_document(endless)
    many: list[Any] = []
    for _ in range(40):
        many = [many, many]
    with pytest.raises(DocumentError, match="超过 1000 个值"):
        build_document({"x-a": many}, limits=Limits(values=1000))


def test_of_too_many_values_no_one_is_read() -> None:
    text = HEAD % ", ".join(["{}"] * 300_000)
    with pytest.raises(DocumentError, match="超过 1 个值"):  # what is imported then is no part of the measure
        parse_document(HEAD % "{}, {}", limits=Limits(values=1))
    tracemalloc.start()
    with pytest.raises(DocumentError, match="超过 200000 个值"):
        parse_document(text, limits=Limits(values=200_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * len(text)
    words = ", ".join(["甲", r"\""] * 150_000)
    parse_document(HEAD % f'{{"kind": "project", "duties": "{words}"}}', limits=Limits(values=200_000))


def test_limits_are_errors_never_skips() -> None:
    text = HEAD % ""
    limits = Limits(size=len(text))
    parse_document(text, limits=limits)
    parse_document(text.encode(), limits=limits)
    assert "超过上限" in refuse(text + " ", limits=limits)[0].message
    assert "超过上限" in refuse(text.encode() + b" ", limits=limits)[0].message


@pytest.mark.parametrize(
    "number", ["1e31", "1e-31", "1" * 61, "0." + "0" * 30 + "1", "1e9999999999999999999", "-1E+400"]
)
def test_numbers_no_form_can_print_are_refused(number: str) -> None:
    (problem,) = refuse(HEAD % ('{"budget": {"total": %s}}' % number))  # noqa: UP031
    assert (problem.pointer, problem.column) == ("/tables/0/budget/total", 60)


@pytest.mark.parametrize("number", ["1" * 60, "0." + "0" * 29 + "1", "1e30", "-12.5e-20", "0e5"])
def test_numbers_within_the_limits_are_exact(number: str) -> None:
    total = parse_document(HEAD % ('{"budget": {"total": %s}}' % number)).data["tables"][0]["budget"]["total"]  # noqa: UP031
    assert str(total) == str(Decimal(number))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (float("nan"), "不是有限的数"),
        (float("inf"), "不是有限的数"),
        (Decimal("sNaN"), "不是有限的数"),
        (1e300, "超过 30"),
        (10**60, "整数超过 60 位"),
        (b"bytes", "bytes 类型"),
        ({1}, "set 类型"),
        (object(), "object 类型"),
        ({1: 2}, "字段名是 int 类型"),
        ("\ud800", "半个代理对"),
        ({"\ud800": 1}, "半个代理对"),
    ],
)
def test_values_json_cannot_hold_are_refused(value: Any, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        build_document({"perflint": "document/1", "tables": [], "x-a": value})


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ('{"a": 1, "a": 2}', True),
        ('{"a": 1, "\\u0061": 2}', True),
        ('{"a": ":", "a": 2}', True),
        ('{"a": ":", "b": ":"}', False),
        ('{"a": [":"], "b": {":": 1}}', False),
        ('{"a": "\\u003a", "b": {"c": 1, "c": 2}}', True),
        ('{"a": [":", {"c": 1, "c": 2}], "b": "\\u003a:"}', True),
        ('{"a": "\\u003a:", "\\u003a": [":"]}', False),
    ],
)
def test_keys_named_twice_are_refused_whatever_the_strings_hold(text: str, repeated: bool) -> None:
    messages = [p.message for p in refuse(text)]
    assert any("重复" in message for message in messages) == repeated


# Places


@given(documents, randoms)
def test_spans_slice_the_text_of_the_value(data: dict[str, Any], random: Random) -> None:
    text = write_json(data, random)
    document = parse_document(text)
    places = [*list_pointers(document.data)]
    random.shuffle(places)
    for pointer, value in places:
        sliced = slice_span(text, document.locate(pointer))
        assert sliced.strip() == sliced
        assert json.loads(sliced, parse_float=Decimal, parse_int=Decimal) == value


@given(documents, randoms)
def test_places_asked_for_together_are_those_asked_for_one_by_one(data: dict[str, Any], random: Random) -> None:
    document, other = (parse_document(write_json(data, Random(1))) for _ in range(2))
    pointers = [pointer for pointer, _ in list_pointers(document.data)]
    pointers += [f"{pointer}/{token}" for pointer in pointers for token in ("unit", "01", "-1", "~0")]
    random.shuffle(pointers)
    assert document.locate_all(pointers) == [other.locate(pointer) for pointer in pointers]


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (" ,\r\n", " :\t"), (",\n  ", ": \n ")])
def test_places_do_not_depend_on_how_rows_are_written(separators: tuple[str, str]) -> None:
    rows = [
        {"name": "危房改造", "value": "≥5", "weight": 10, "unit": None},
        {"value": 'a"b', "name": "value", ", ": 1, "explanation": ", : "},
        {"name": "", "x-a": {"name": "b"}, "unit": "次"},
        {"name": "层山\\", "value": "", "x-b": [1, [2]], "weight": -0.5},
    ]
    data = {"perflint": "document/1", "tables": [{"x-rows": rows}]}
    text = json.dumps(data, ensure_ascii=False, separators=separators)
    document = parse_document(text)
    pointers = [pointer for pointer, _ in list_pointers(document.data)]
    spans = document.locate_all(pointers)
    assert spans is not None
    sliced = [json.loads(slice_span(text, span), parse_float=Decimal, parse_int=Decimal) for span in spans]
    assert sliced == [value for _, value in list_pointers(document.data)]


def test_a_key_is_not_taken_for_that_of_what_is_around_its_row() -> None:
    text = HEAD % '{"x-name": "外", "x-rows": [{"x-name" : "内"}, {"x-name" : "又"}]}'
    spans = parse_document(text).locate_all([f"/tables/0/x-rows/{number}/x-name" for number in range(2)])
    assert spans is not None
    assert [slice_span(text, span) for span in spans] == ['"内"', '"又"']


def test_what_does_not_exist_is_located_at_what_holds_it() -> None:
    text = HEAD % '{"indicators": [{"name": "危房改造"}], "x-a": [1, [2]]}'
    document = parse_document(text)
    row, table = '{"name": "危房改造"}', text[text.index("[{") + 1 : -2]
    assert {pointer: slice_span(text, document.locate(pointer)) for pointer in (
        "", "/tables/0/indicators/0/unit", "/tables/0/indicators/1", "/tables/0/indicators/-", "/tables/0/budget/total",
        "/tables/0/indicators/0/name/0", "/tables/0/x-a/1/0", "/nothing",
    )} == {
        "": text,
        "/tables/0/indicators/0/unit": row,
        "/tables/0/indicators/1": f"[{row}]",
        "/tables/0/indicators/-": f"[{row}]",
        "/tables/0/budget/total": table,
        "/tables/0/indicators/0/name/0": '"危房改造"',
        "/tables/0/x-a/1/0": "2",
        "/nothing": text,
    }  # fmt: skip


def test_places_survive_copies_and_pickles() -> None:
    document = parse_document(HEAD % '{"title": "a"}', path="a.json")
    expected = document.locate("/tables/0/title")
    for other in (copy.deepcopy(document), pickle.loads(pickle.dumps(document))):  # noqa: S301
        assert (other.data, other.path, other.locate("/tables/0/title")) == (document.data, "a.json", expected)


def test_document_of_a_dict_has_no_places() -> None:
    document = build_document({"perflint": "document/1", "tables": []})
    assert (document.locate("/tables"), document.path) == (None, None)


def test_origin_is_that_of_the_nearest_value_around() -> None:
    origins = {"/tables/0": "表1", "/tables/0/indicators/3": "表1 第17行", "/x-a~1b": "别处"}
    document = build_document({"perflint": "document/1", "tables": [], "origins": origins})
    assert [
        document.origin(pointer) for pointer in ("/tables/0/indicators/3/value", "/tables/0/title", "/tables", "")
    ] == [
        "表1 第17行",
        "表1",
        None,
        None,
    ]
    assert build_document({"perflint": "document/1", "tables": []}).origin("/tables/0") is None


@given(st.lists(st.text(max_size=4)))
def test_pointers_round_trip(tokens: list[str]) -> None:
    assert split_pointer(join_pointer(tokens)) == tokens


# JSON lines


def test_each_line_is_a_document_or_an_error_of_that_line() -> None:
    lines = [HEAD % '{"title": "a"}', "", '{"a": 1, "a": 2}', "  ", HEAD % '{"unti": 1}', HEAD % '{"title": "b"}']
    stream = BytesIO("\ufeff".encode() + "\r\n".join(lines).encode())
    read = [*map(parse_line, split_lines(stream, path="a.jsonl"))]
    documents = [item for item in read if isinstance(item, Document)]
    problems = [problem for item in read if isinstance(item, DocumentError) for problem in item.problems]
    assert [type(item) for item in read] == [Document, DocumentError, DocumentError, Document]
    assert [(d.path, d.locate("/tables/0/title")) for d in documents] == [
        ("a.jsonl#1", Span(1, 49, 1, 52)),
        ("a.jsonl#6", Span(6, 49, 6, 52)),
    ]
    assert [(p.path, p.line, p.column, p.message) for p in problems] == [
        ("a.jsonl", 3, 10, '字段 "a" 重复，本行第 2 列已有'),
        ("a.jsonl", 5, 40, '绩效目标表没有字段 "unti"'),
    ]


def test_lines_are_read_one_at_a_time() -> None:
    def write_lines() -> Iterator[bytes]:
        yield (HEAD % "").encode()
        raise AssertionError("read too far")

    first = parse_line(next(split_lines(write_lines())))
    assert isinstance(first, Document)
    assert first.path == "#1"


def test_line_beyond_the_size_limit_is_an_error_and_the_next_one_is_read() -> None:
    text = HEAD % ""
    stream, limits = BytesIO("\n".join([text, text + " " * 1000, text]).encode()), Limits(size=len(text))
    read = [parse_line(line, limits=limits) for line in split_lines(stream, limits=limits)]
    assert [type(item) for item in read] == [Document, DocumentError, Document]
    assert [item.path for item in read if isinstance(item, Document)] == ["#1", "#3"]


# The marker


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (HEAD % "", True),
        ('\ufeff \n{"tables": [{"a": "}"}], "perflint"\n:\t"document/1"}', True),
        ('{"\\u0070erflint": "document\\/1"}', True),
        ('{"perflint": "document/2"}', True),
        ('{"perflint": "pack/1"}', False),
        ('{"perflint": ["document/1"]}', False),
        ('{"a": {"perflint": "document/1"}}', False),
        ('{"a": "\\"perflint\\": \\"document/1\\""}', False),
        ('["perflint", "document/1"]', False),
        ('"perflint"', False),
        ("", False),
        ("{}", False),
        ('{"tables": [,], "perflint": "document/1"}', True),
        ('{"perflint": "document/1", "tables": [', True),
        ('{"tables": [,], "perflint": "pack/1"}', False),
        ("perflint: document/1", False),
    ],
)
def test_marker_is_found_where_it_counts(source: str, expected: bool) -> None:
    assert is_document(source.encode()) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030"])
def test_marker_is_found_in_other_encodings(encoding: str) -> None:
    assert is_document((HEAD % '{"title": "中文"}').encode(encoding))


@given(documents, randoms)
def test_every_document_carries_the_marker(data: dict[str, Any], random: Random) -> None:
    assert is_document(write_json(data, random).encode())
    del data["perflint"]
    assert not is_document(json.dumps(data, default=str).encode())
