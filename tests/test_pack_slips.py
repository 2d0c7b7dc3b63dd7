"""What people who write Chinese, and no Python, get wrong in a pack: each slip is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from perflint.errors import PackError, Problem
from perflint.language import speaking
from perflint.pack.load import load_pack

PACK = """\
perflint: pack/1
pack:
  id: county
  prefix: LK
  version: 1.0.0
  title: {zh: 本县规则, en: County}
  applies_to: {divisions: ["430212"]}
vocab:
  units: [人, 户]
params:
  lowest: {type: decimal, default: "90", title: {zh: 最低, en: lowest}}
rules:
- id: LK001
  name: satisfaction-low
  since: 1.0.0
  severity: warning
  enabled: true
  tags: [local]
  title: {zh: 满意度低, en: Low}
  why:
    zh: 县里的要求
    en: The county asks for it
  source: [{document: 编制要求, checked: false}]
  for_each: indicator
  when: stated(level1) and level1 == "满意度指标"
  needs: [target.number]
  assert: target.number >= params.lowest
  message: {zh: "目标是 ${target.number}%", en: "it is ${target.number} %"}
  examples:
    pass: [{indicator: {level1: 满意度指标, value: "95%"}}]
    fail: [{indicator: {level1: 满意度指标, value: "80%"}}]
"""


def find_problems(folder: Path, text: str, lang: str) -> tuple[Problem, ...]:
    path = folder / "county.yaml"
    path.write_text(text, encoding="utf-8")
    with speaking(lang), pytest.raises(PackError) as caught:
        load_pack(path)
    return caught.value.problems


def test_the_pack_itself_is_sound(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(PACK, encoding="utf-8")
    assert load_pack(tmp_path / "county.yaml").id == "county"


YAML = [
    ("  severity: warning", "  severity：warning", "：", "写成“severity: ”，半角冒号后空一格"),
    ("perflint: pack/1", "perflint：pack/1", "：", "写成“perflint: ”，半角冒号后空一格"),
    ("rules:\n", "rules：\n", "：", "写成“rules: ”，半角冒号后空一格"),
    ("title: {zh: 满意度低,", "title: {zh：满意度低,", "zh：满意度低", "写成“zh: ”，半角冒号后空一格"),
    ("title: {zh: 满意度低, en", "title: {zh: 满意度低，en", "，", "请用半角 ,"),
    ("title: {zh: 满意度低, en: Low}", "title: ｛zh: 满意度低, en: Low｝", "｛", "请用半角 {"),
    ("  severity: warning", "  severity:warning", ":", "写成“severity: ”，半角冒号后空一格"),
    ("title: {zh: 满意度低,", "title: {zh:满意度低,", "zh:满意度低", "写成“zh: ”，半角冒号后空一格"),
    ("\n  tags", "\n　tags", "　", "改成普通的半角空格"),
    ("\n  tags", "\n\u00a0\u00a0tags", "\u00a0\u00a0", "改成普通的半角空格"),
    ("\n  tags", "\n   tags", "tags", "“tags”缩进 3 格，上一行的“enabled”缩进 2 格；同级的键要对齐"),
    ("\n  tags", "\n tags", "tags", "“tags”缩进 1 格，上一行的“enabled”缩进 2 格；同级的键要对齐"),
    ("\n  tags", "\n\ttags", " ", '缩进请用空格；文本里写成 "\\t"'),
    ('{zh: "目标是 ${target.number}%"', "{zh: 目标是 ${target.number}%", "目标是 ${", '整段文本加英文引号："…"'),
    ('"目标是 $', '"“目标"是 $', '"', "里面的引号用中文的“”，或整段用单引号 '…' 括起来"),
    ("en: Low}", "en: Low: very}", "Low:", '整段文本加英文引号："…"'),
    ("zh: 县里的要求", "zh: 要求: 九成", ":", "文本里有“: ”时要加引号；否则检查缩进"),
    ("document: 编制要求", "document: *编制要求*", "*", '请加引号："…"'),
    ("{zh: 满意度低, en", "{zh: 满意度, 偏低, en", "偏低", "文本里有英文逗号时，整段要加引号"),
]

WRITTEN = [
    ("severity: warning", "severity: 警告", "警告", "是否想写 warning？"),
    ("severity: warning", "severity: 严重", "严重", "可用：error（错误）、warning（警告）、info（提示）"),
    ("for_each: indicator", "for_each: 指标", "指标", "是否想写 indicator？"),
    ("enabled: true", "enabled: no", "no", "写成 false，不加引号"),
    ("enabled: true", "enabled: 是", "是", "写成 true，不加引号"),
    ('divisions: ["430212"]', 'divisions: "430212"', '"430212"', '写成 ["430212"]'),
    ('divisions: ["430212"]', "divisions: [430212]", "430212", '文本要加引号："430212"'),
    ("id: county", "id: 430212", "430212", "小写字母和数字，用连字符分隔，如 my-county"),
    ("version: 1.0.0", "version: 1.0", "1.0", '文本要加引号："1.0"'),
    ("version: 1.0.0", "version: 2026-01-01", "2026-01-01", "用点分隔的数字，如 1.0.0；写成 1.0 时要加引号"),
    ("[{document: 编制要求, checked: false}]", "编制要求", "编制要求", "写成 [{document: 编制要求, checked: …}]"),
    ("needs: [target.number]", "needs: target.number", "target.number", '写成 ["target.number"]'),
    ("rules:\n- id", "rules:\n  id", "i", "列表的每一项以“- ”开头"),
    ("  assert: t", "  断言: t", "断言", "是否想写 assert？"),
    ('default: "90"', 'default: "90%"', '"90%"', "写成 90"),
    ('{level1: 满意度指标, value: "95%"', '{levl1: 满意度指标, value: "95%"', "levl1", "是不是 level1（一级指标）？"),
]

EXPRESSIONS = [
    (" and level1 ==", " && level1 ==", "&&", "写成 and"),
    (" and level1 ==", "且level1 ==", "且", "写成 and"),
    (" and level1 ==", " and !blank(name) and level1 ==", "!", "写成 not"),
    ("level1 == ", "level1 = ", "=", "比较是否相等写 =="),
    ('level1 == "满意度指标"', "level1 == “满意度指标”", "“", '请用半角 "'),
    ("stated(level1)", "stated（level1）", "（", "请用半角 ("),
    ("stated(level1)", "state(level1)", "state(level1)", "是否想写 stated？"),
    ("stated(level1)", "level1 != null", "null", "空白用 blank(x)，非空用 stated(x)"),
    (
        'level1 == "满意度指标"',
        'level1.startswith("满意")',
        'level1.startswith("满意")',
        "函数写成 starts_with(level1, '满意')",
    ),
    (">= params.lowest", "≥ params.lowest", "≥", "写成 >="),
    (">= params.lowest", ">= 90%", "%", "不写百分号：读出的百分数就是它的数字，90% 写成 90"),
    (">= params.lowest", '>= "90"', '"90"', "数字不加引号：90"),
    (
        "assert: target.number >= params.lowest",
        "assert: stated(指标值) and 指标值 >= 90",
        "90",
        "指标值是表上的文字；读出的数是 target.number，如 target.number >= 90",
    ),
    ("needs: [target.number]", "needs: [target.nummber]", "target.nummber", "是否想写 number？"),
    ("needs: [target.number]", "needs: [指标只]", "指标只", "是否想写 指标值？"),
    ("是 ${target.number}", "是 {target.number}", "{", "占位符写成 ${…}，用半角花括号"),
    ("是 ${target.number}", "是 $｛target.number｝", "｛", "占位符写成 ${…}，用半角花括号"),
]


@pytest.mark.parametrize(("old", "new", "marked", "hint"), [*YAML, *WRITTEN, *EXPRESSIONS])
def test_a_slip_is_told_once_at_its_place_with_what_to_do(
    old: str, new: str, marked: str, hint: str, tmp_path: Path
) -> None:
    text = PACK.replace(old, new, 1)
    found = find_problems(tmp_path, text, "zh")
    told = [(_read_marked(problem), problem.hint) for problem in found if problem.hint is not None]
    assert told == [(marked, hint)]
    lines = {number for number, line in enumerate(text.split("\n"), 1) if line not in PACK.split("\n")}
    assert {problem.line for problem in found} <= lines | {13}  # a rule that lacks a key is told where it starts
    english = find_problems(tmp_path, text, "en")
    assert [(p.line, p.column, p.width) for p in english] == [(p.line, p.column, p.width) for p in found]
    assert all(one.message != other.message for one, other in zip(english, found, strict=True))


def _read_marked(problem: Problem) -> str:
    assert problem.excerpt is not None
    assert problem.column is not None
    start = (problem.caret or problem.column) - 1
    return problem.excerpt[start : start + problem.width]


def test_only_the_fault_is_told_not_what_comes_of_it(tmp_path: Path) -> None:
    text = PACK.replace("applies_to:", "extends: cn-core\n  applies_to:").replace(
        "rules:\n", "override:\n  unit-missing: {enabled: false, reason: 试}\nrules:\n"
    )
    assert [problem.hint for problem in find_problems(tmp_path, text, "zh")] == ["写成 [{pack: cn-core}]"]
