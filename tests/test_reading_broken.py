"""Dumps of one cell a line without marks, in which a word or a text takes several lines."""

from __future__ import annotations

from pathlib import Path

from damage import read_text

HEAD = "项目支出绩效目标表\n（2025年度）\n项目名称\n饮水安全工程\n资金总额（万元）\n845.00\n"
ROWS = (
    "一级指标\n二级指标\n三级指标\n指标值\n产出指标\n数量指标\n改造水厂\n≥5处\n更换管网\n≥62公里\n"
    "质量指标\n水质合格率\n≥98%\n效益指标\n社会效益指标\n受益人口\n≥3.6万人\n"
    "满意度指标\n服务对象满意度指标\n用水户满意度\n≥90%\n"
)


def test_a_label_printed_downwards_announces_the_text_below_it(tmp_path: Path) -> None:
    label = "\n".join("年度总体目标")
    data = read_text(tmp_path, f"{HEAD}{label}\n改造水厂5处，更换管网62公里，\n自来水普及率达到97%。\n{ROWS}")
    table = data["tables"][0]
    assert [goal["text"] for goal in table["goals"]] == ["改造水厂5处，更换管网62公里，自来水普及率达到97%。"]
    assert len(table["indicators"]) == 5
    assert "unread" not in data


def test_listed_goals_are_one_text_of_several_lines(tmp_path: Path) -> None:
    goals = "年度目标\n目标1：改造水厂5处；\n目标2：更换管网62公里；\n目标3：普及率达到97%。\n"
    table = read_text(tmp_path, HEAD + goals + ROWS)["tables"][0]
    assert [goal["text"] for goal in table["goals"]] == [
        "目标1：改造水厂5处；\n目标2：更换管网62公里；\n目标3：普及率达到97%。"
    ]


def test_a_list_of_short_levels_is_no_word_printed_downwards(tmp_path: Path) -> None:
    rows = ROWS.replace("产出指标\n数量指标", "产出\n数量").replace("效益指标\n社会效益指标", "效益\n社会效益")
    table = read_text(tmp_path, HEAD + "年度目标\n改造水厂5处。\n" + rows)["tables"][0]
    assert [row["level2"] for row in table["indicators"][:2]] == ["数量", "数量"]
