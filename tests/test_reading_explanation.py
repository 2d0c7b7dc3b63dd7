"""What ``read --explain`` tells a county to add: it can be saved as it stands, and the table is read with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from make_files import LEFT, UP, Blocks, make_grid, write_docx, write_html, write_tabs, write_xlsx

from perflint.cli import main
from perflint.language import speaking
from perflint.reading import explain, read
from perflint.reading.grid import Paragraph

Rows = list[dict[str, Any]]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text=text, origin="")


def _items(fields: str, *rows: tuple[str | None, ...]) -> Rows:
    return [dict(zip(fields.split(), row, strict=True)) for row in rows]


RESPONSIBILITY: Blocks = [
    _paragraph("2026年示例县重点项目绩效责任书"),
    make_grid(
        [
            ["项目名称", "村道养护", "", "承办股室", "示例股", "", ""],
            ["拟安排资金（万元）", "120", "", "其中：县本级", "100", "", ""],
            ["目标维度", "目标类别", "考核事项", "判定", "达标值", "计量", "取值说明"],
            ["产出指标", "数量指标", "养护里程", "≥", "35", "公里", "台账"],
            [UP, "质量指标", "验收合格率", "=", "100", "%", "验收报告"],
            ["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%", "问卷"],
        ]
    ),
]
CULTURE: Blocks = [
    _paragraph("示例市文化项目任务清单"),
    make_grid(
        [
            ["项目名称", "图书馆开放"],
            ["绩效内容", "指标描述", "完成标准", "权重分"],
            ["产出数量", "开放天数", "不少于300天", "40"],
            ["产出质量", "图书完好率", "≥98%", "30"],
            ["满意度", "读者满意度", "≥92%", "30"],
        ]
    ),
]
LIVELIHOOD: Blocks = [
    _paragraph("2026年示例区民生项目绩效约定表"),
    make_grid(
        [
            ["一级类", "二级类", "三级类", "目标"],
            ["投入管控", "资金规模", "救助金支出", "≤50万元"],
            ["任务完成", "数量任务", "救助人数", "≥300人"],
            [UP, "质量任务", "资格审核率", "100%"],
            ["工作成效", "民生成效", "基本生活", "有保障"],
        ]
    ),
]
TOWN: Blocks = [
    _paragraph("示例镇项目绩效登记"),
    make_grid(
        [
            ["指标分类", "评价内容", "年初设定", "单位名"],
            ["产出指标", "清运量", "≥1200", "吨"],
            ["产出指标", "清运及时率", "≥95", "%"],
            ["满意度指标", "村民满意度", "≥90", "%"],
        ]
    ),
]

FORMS: dict[str, tuple[Blocks, Callable[[Blocks, Path], Path], str, Rows]] = {
    "no header word is known, labels neither": (
        RESPONSIBILITY,
        write_xlsx,
        ".xlsx",
        _items(
            "level1 level2 name comparator value unit",
            ("产出指标", "数量指标", "养护里程", "≥", "35", "公里"),
            ("产出指标", "质量指标", "验收合格率", "=", "100", "%"),
            ("满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%"),
        ),
    ),
    "a header that is known as something else": (
        CULTURE,
        write_html,
        ".html",
        _items(
            "level2 name value weight",
            ("产出数量", "开放天数", "不少于300天", "40"),
            ("产出质量", "图书完好率", "≥98%", "30"),
            ("满意度", "读者满意度", "≥92%", "30"),
        ),
    ),
    "neither headers nor levels are known": (
        LIVELIHOOD,
        write_docx,
        ".docx",
        _items(
            "level1 level2 name value",
            ("投入管控", "资金规模", "救助金支出", "≤50万元"),
            ("任务完成", "数量任务", "救助人数", "≥300人"),
            ("任务完成", "质量任务", "资格审核率", "100%"),
            ("工作成效", "民生成效", "基本生活", "有保障"),
        ),
    ),
    "a level is called as another column elsewhere": (
        TOWN,
        write_tabs,
        ".txt",
        _items(
            "level1 name value unit",
            ("产出指标", "清运量", "≥1200", "吨"),
            ("产出指标", "清运及时率", "≥95", "%"),
            ("满意度指标", "村民满意度", "≥90", "%"),
        ),
    ),
}


ODD: dict[str, tuple[Blocks, Callable[[Blocks, Path], Path], str, Rows]] = {
    "levels nobody knows and no header at all": (
        [
            _paragraph("示例区任务约定书"),
            make_grid(
                [
                    ["承办单位", "示例股", "", ""],
                    ["任务完成", "数量任务", "救助人数", "≥300人"],
                    [UP, "质量任务", "资格审核率", "100%"],
                    ["工作成效", "民生成效", "基本生活", "有保障"],
                    [UP, UP, "投诉件数", "≤3件"],
                ]
            ),
        ],
        write_html,
        ".html",
        _items(
            "level1 level2 name value",
            ("任务完成", "数量任务", "救助人数", "≥300人"),
            ("任务完成", "质量任务", "资格审核率", "100%"),
            ("工作成效", "民生成效", "基本生活", "有保障"),
            ("工作成效", "民生成效", "投诉件数", "≤3件"),
        ),
    ),
    "a header of two rows": (
        [
            _paragraph("示例县资金使用责任清单"),
            make_grid(
                [
                    ["维度", LEFT, "考核点", "要求", LEFT, LEFT],
                    ["大类", "小类", UP, "比较", "数", "计量"],
                    ["产出", "数量", "植树", "≥", "300", "株"],
                    [UP, "质量", "成活率", "≥", "90", "%"],
                    ["效果", "生态", "绿化面积", "≥", "20", "亩"],
                ]
            ),
        ],
        write_xlsx,
        ".xlsx",
        _items(
            "level1 level2 name comparator value unit",
            ("产出", "数量", "植树", "≥", "300", "株"),
            ("产出", "质量", "成活率", "≥", "90", "%"),
            ("效果", "生态", "绿化面积", "≥", "20", "亩"),
        ),
    ),
    "numbers and weights without a word for them, spans lost": (
        [
            _paragraph("示例街道重点工作目标约定"),
            make_grid(
                [
                    ["序", "方面", "内容", "标准值", "分", "说明栏"],
                    ["1", "产出数量", "走访户数", "≥500户", "20", "入户登记"],
                    ["2", "产出质量", "建档率", "≥98%", "30", "抽查"],
                    ["3", "社会效益", "矛盾化解率", "≥90%", "30", "台账"],
                    ["4", "满意度", "群众满意度", "≥92%", "20", "问卷"],
                ]
            ),
        ],
        write_tabs,
        ".txt",
        _items(
            "level2 name value weight",
            ("产出数量", "走访户数", "≥500户", "20"),
            ("产出质量", "建档率", "≥98%", "30"),
            ("社会效益", "矛盾化解率", "≥90%", "30"),
            ("满意度", "群众满意度", "≥92%", "20"),
        ),
    ),
    "a word of another county's form over the levels": (
        [
            _paragraph("示例镇部门工作目标责任书"),
            make_grid(
                [
                    ["指标分类", "任务事项", "达到程度", "权数"],
                    ["产出指标", "清运量", "≥1200吨", "40"],
                    ["产出指标", "清运及时率", "≥95%", "30"],
                    ["满意度指标", "村民满意度", "≥90%", "30"],
                ]
            ),
        ],
        write_xlsx,
        ".xlsx",
        _items(
            "level1 name value weight",
            ("产出指标", "清运量", "≥1200吨", "40"),
            ("产出指标", "清运及时率", "≥95%", "30"),
            ("满意度指标", "村民满意度", "≥90%", "30"),
        ),
    ),
    "targets of several years": (
        [
            _paragraph("示例局项目三年约定"),
            make_grid(
                [
                    ["一层", "二层", "三层", "2024年完成", "2025年完成", "2026年要求"],
                    ["产出指标", "数量指标", "修路里程", "8公里", "9公里", "≥10公里"],
                    [UP, "质量指标", "合格率", "99%", "98%", "100%"],
                ]
            ),
        ],
        write_docx,
        ".docx",
        [
            {
                "level1": "产出指标",
                "level2": "数量指标",
                "name": "修路里程",
                "value": "≥10公里",
                "prior": [{"label": "2024年完成", "value": "8公里"}, {"label": "2025年完成", "value": "9公里"}],
            },
            {
                "level1": "产出指标",
                "level2": "质量指标",
                "name": "合格率",
                "value": "100%",
                "prior": [{"label": "2024年完成", "value": "99%"}, {"label": "2025年完成", "value": "98%"}],
            },
        ],
    ),
    "labels right above the header": (
        [
            _paragraph("示例中心服务承诺"),
            make_grid(
                [
                    ["承办处室", "示例处", "经手同志", "某某"],
                    ["考量面", "考量点", "承诺数", "证明材料"],
                    ["产出指标", "体检人次", "≥800人次", "体检登记表"],
                    ["效益指标", "早筛率", "≥60%", "病案首页"],
                    ["满意度指标", "患者满意度", "≥95%", "问卷"],
                ]
            ),
        ],
        write_docx,
        ".docx",
        _items(
            "level1 name value",
            ("产出指标", "体检人次", "≥800人次"),
            ("效益指标", "早筛率", "≥60%"),
            ("满意度指标", "患者满意度", "≥95%"),
        ),
    ),
}
COUNTY = """\
perflint: pack/1
pack:
  id: my-county
  prefix: MC
  version: 1.0.0
  title: {zh: 本县, en: my county}
rules: []
"""


def list_templates(said: str) -> list[str]:
    """Return the templates in an explanation: each from its first line to the blank one after it."""
    marker = "perflint: form/1"
    return [marker + part.partition("\n\n")[0] + "\n" for part in said.split(marker)[1:]]


def _read_with_what_is_told(path: Path, lang: str) -> dict[str, Any]:
    with speaking(lang):
        (template,) = list_templates(explain(path))
    form = path.with_suffix(".yaml")
    form.write_text(template, encoding="utf-8")
    return read(path, forms=[form]).data


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_nobody_knows_is_read_with_the_template_that_is_told(name: str, lang: str, tmp_path: Path) -> None:
    blocks, write, suffix, wanted = FORMS[name]
    data = _read_with_what_is_told(write(blocks, tmp_path / f"form{suffix}"), lang)
    assert data["tables"][0]["form"] == "my-county"
    assert data["tables"][0]["indicators"] == wanted


@pytest.mark.parametrize("name", ODD)
def test_an_odd_form_is_read_once_a_county_pack_has_the_template_that_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks, write, suffix, wanted = ODD[name]
    path = write(blocks, tmp_path / f"form{suffix}")
    (tmp_path / "county" / "forms").mkdir(parents=True)
    (tmp_path / "county" / "pack.yaml").write_text(COUNTY, encoding="utf-8")
    assert main(["read", str(path), "--explain"]) == 0
    (template,) = list_templates(capsys.readouterr().out)
    (tmp_path / "county" / "forms" / "my-county.yaml").write_text(template, encoding="utf-8")
    assert main(["validate", str(tmp_path / "county")]) == 0
    capsys.readouterr()
    assert main(["read", str(path), "--pack", str(tmp_path / "county")]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(table["form"], table["indicators"]) for table in data["tables"]] == [("my-county", wanted)]


def test_indicators_without_a_header_are_told_with_what_their_columns_are(tmp_path: Path) -> None:
    rows = [
        ["产出指标", "数量指标", "保洁河长", "≥12公里"],
        [UP, "质量指标", "水质达标率", "≥90%"],
        ["满意度指标", "服务对象满意度指标", "村民满意度", "≥95%"],
    ]
    with speaking("zh"):
        said = explain(write_docx([_paragraph("项目支出绩效目标表"), make_grid(rows)], tmp_path / "form.docx"))
    assert "指标没有表头，从表1 第1行第1列开始" in said
    assert "没有找到指标的表头" not in said
    assert list_templates(said) == []


def test_labels_that_are_told_are_known_and_their_values_still_listed(tmp_path: Path) -> None:
    path = write_xlsx(RESPONSIBILITY, tmp_path / "form.xlsx")
    before = [one["text"] for one in read(path).data["unread"]]
    after = [one["text"] for one in _read_with_what_is_told(path, "zh")["unread"]]
    assert [text for text in before if text not in after] == ["承办股室", "拟安排资金（万元）", "其中：县本级"]
    assert [text for text in after if text not in before] == []


def test_what_is_printed_beside_a_label_is_not_in_the_template(tmp_path: Path) -> None:
    blocks: Blocks = [
        _paragraph("项目支出绩效目标表"),
        make_grid([["经办同志", "某某 13800000000"], ["项目名称", "修路"]]),
    ]
    (template,) = list_templates(explain(write_docx(blocks, tmp_path / "form.docx")))
    assert "经办同志" in template
    assert "某某" not in template


def test_a_list_of_amounts_is_not_taken_for_indicators(tmp_path: Path) -> None:
    rows = [["序号", "乡镇名单", "乡镇类型", "补助资金"], ["1", "甲镇", "农业型", "50"], ["2", "乙乡", "农业型", "50"]]
    said = explain(write_docx([_paragraph("资金安排表"), make_grid(rows)], tmp_path / "form.docx"))
    assert list_templates(said) == []


def test_nothing_is_told_to_be_added_where_all_is_understood(tmp_path: Path) -> None:
    rows = [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "修路", "≥5公里"]]
    said = explain(write_docx([_paragraph("项目支出绩效目标表"), make_grid(rows)], tmp_path / "form.docx"))
    assert list_templates(said) == []


def test_a_file_without_a_table_is_said_to_have_none_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("今天天气很好。\n会议改到下周。\n", encoding="utf-8")
    with speaking("zh"):
        assert "没有找到表格" in explain(path)
        assert "请用原来的 Word、Excel 文件" in explain(path)


def test_tables_of_accounts_are_told_among_what_to_look_at_and_not_explained(tmp_path: Path) -> None:
    accounts = make_grid([["项目", "预算数"], ["一般公共预算拨款", "350"], ["本年收入合计", "350"]])
    path = write_html([_paragraph("表1 部门收支总表"), accounts, *RESPONSIBILITY], tmp_path / "a.html")
    with speaking("zh"):
        text = explain(path)
    assert "1 张表" in text.splitlines()[0]
    assert "“表1 部门收支总表”不是绩效目标表，没有读" in text
