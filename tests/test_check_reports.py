"""Reports as people get them from the command line: all formats in one run, a terminal of any width, a pipe."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from openpyxl import load_workbook

from perflint.cli import main
from perflint.render import FORMATS
from perflint.render.width import measure
from perflint.schema import load_schema

EXAMPLES = Path(__file__).parent.parent / "examples"
TABLE = EXAMPLES / "000-zhuting-2026-overall.json"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What one run over the examples writes, by format."""
    folder = tmp_path_factory.mktemp("reports")
    outputs = [f"--output={name}={folder / name}" for name in FORMATS]
    assert main(["check", "--isolated", str(EXAMPLES), "--format", "concise", *outputs]) == 1
    return {name: (folder / name).read_bytes() for name in FORMATS}


# --- all formats in one run --------------------------------------------------------------------------------------


def test_one_run_writes_every_format_with_the_same_findings(written: Mapping[str, bytes]) -> None:
    report = json.loads(written["json"])
    jsonschema.validate(report, load_schema("report-1"))
    found = Counter((one["rule"], one["fingerprint"]) for one in report["findings"])
    assert {name: Counter(read(written[name])) for name, read in READERS.items()} == dict.fromkeys(READERS, found)
    assert found.total() == sum(report["summary"][name] for name in ("error", "warning", "info"))


def read_jsonl(data: bytes) -> Iterator[tuple[str, str]]:
    lines = map(json.loads, data.decode().splitlines())
    return ((one["rule"], one["fingerprint"]) for one in lines if one["type"] == "finding")


def read_sarif(data: bytes) -> Iterator[tuple[str, str]]:
    results = json.loads(data)["runs"][0]["results"]
    return ((one["ruleId"], one["partialFingerprints"]["perflint/v1"]) for one in results)


def read_gitlab(data: bytes) -> Iterator[tuple[str, str]]:
    return ((one["check_name"], one["fingerprint"]) for one in json.loads(data))


def read_junit(data: bytes) -> Iterator[tuple[str, str]]:
    for case in etree.fromstring(data).iter("testcase"):
        if case.find("failure") is not None:
            for mark in re.findall(r"\[([0-9a-f]{32})\]$", "".join(case.itertext()), re.MULTILINE):
                yield case.get("name").split()[0], mark


def read_csv(data: bytes) -> Iterator[tuple[str, str]]:
    return ((row["规则"], row["指纹"]) for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> Iterator[tuple[str, str]]:
    header, *rows = load_workbook(io.BytesIO(data))["问题"].iter_rows(values_only=True)
    return ((str(row[header.index("规则")]), str(row[header.index("指纹")])) for row in rows)


READERS = {
    "jsonl": read_jsonl,
    "sarif": read_sarif,
    "gitlab": read_gitlab,
    "junit": read_junit,
    "csv": read_csv,
    "xlsx": read_xlsx,
}


def test_sarif_is_valid_and_helps_with_every_rule_in_markdown(written: Mapping[str, bytes]) -> None:
    log = json.loads(written["sarif"])
    schema = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(log)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all("**怎样改**" in rule["help"]["markdown"] or "**依据**" in rule["help"]["markdown"] for rule in rules)


def test_gitlab_marks_are_unique_and_lines_begin_at_one(written: Mapping[str, bytes]) -> None:
    issues = json.loads(written["gitlab"])
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    assert min(one["location"]["lines"]["begin"] for one in issues) >= 1


def test_files_in_the_folder_of_the_run_are_named_relative_to_it(folder: Path) -> None:
    folder.joinpath("表 一.json").write_bytes(TABLE.read_bytes())
    main(["check", "--isolated", "--format", "concise", "--output", "sarif=a.sarif", "--output", "gitlab=b.json"])
    results = json.loads(folder.joinpath("a.sarif").read_bytes())["runs"][0]["results"]
    places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert places == {"%E8%A1%A8%20%E4%B8%80.json"}
    assert {one["location"]["path"] for one in json.loads(folder.joinpath("b.json").read_bytes())} == {"表 一.json"}


# --- a terminal, a pipe --------------------------------------------------------------------------------------------


def show_on_terminal(columns: int, *arguments: str, **environment: str) -> str:
    """Return what ``perflint check`` shows on a terminal of so many columns."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (50, columns))
    command = [sys.executable, "-m", "perflint", "check", "--isolated", *arguments]
    surroundings = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        command,
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        env={**surroundings, "TERM": "xterm", **environment},
    )
    os.close(terminal)
    shown = b"".join(iter(lambda: _read(controller), b""))
    os.close(controller)
    assert process.wait() == 1
    return shown.decode().replace("\r\n", "\n")


def _read(controller: int) -> bytes:
    try:
        return os.read(controller, 65_536)
    except OSError:  # how Linux says that nobody writes any more
        return b""


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_shows_the_row_with_the_cell_marked_and_no_line_is_wider_than_it(folder: Path, columns: int) -> None:
    folder.joinpath("表.json").write_bytes(TABLE.read_bytes())
    shown = show_on_terminal(columns, "表.json", "--select", "PT401")
    plain = ESCAPE.sub("", shown)
    assert "\x1b[1;31m【空白】\x1b[0m" in shown
    assert max(map(measure, plain.splitlines())) <= columns
    assert "→在计量单位列写明单位" in "".join(plain.split())


def test_no_color_and_a_pipe_show_the_same_words_without_colours() -> None:
    shown = show_on_terminal(200, str(TABLE), "--select", "PT401", NO_COLOR="1")
    command = [sys.executable, "-m", "perflint", "check", "--isolated", str(TABLE), "--select", "PT401"]
    piped = subprocess.run(command, capture_output=True, check=False)
    assert shown == piped.stdout.decode()
    assert "\x1b" not in shown
    assert piped.stderr == b""


def test_the_last_line_sums_up_what_was_found_and_what_could_not_be_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("坏.json").write_text('{"perflint": "document/1", ', encoding="utf-8")
    assert main(["check", "--isolated", str(TABLE), "坏.json"]) == 2
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"查了 1 份文档、1 张表：错误 \d+，警告 \d+，提示 \d+；未能判断 \d+ 项；读不了 1 处", last)


def test_long_runs_show_a_bar_to_people_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(4):
        folder.joinpath(f"{number}.json").write_bytes(TABLE.read_bytes())
    ticks = count()
    monkeypatch.setattr("perflint.commands.check.monotonic", lambda: next(ticks))
    main(["check", "--isolated", "--format", "concise"])
    assert "\r" not in capsys.readouterr().err
    monkeypatch.setattr("perflint.cli.Terminal.is_interactive", True)
    main(["check", "--isolated", "--format", "concise"])
    told = capsys.readouterr().err
    assert re.search(r"\r\[#+\.*\] [1-4]/4 已检查", told)
    assert told.split("\r")[-1] == ""  # cleared


def test_of_lines_nobody_knows_how_many_there_will_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps(json.loads(TABLE.read_bytes()), ensure_ascii=False)
    folder.joinpath("a.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    ticks = count()
    monkeypatch.setattr("perflint.commands.check.monotonic", lambda: next(ticks))
    monkeypatch.setattr("perflint.cli.Terminal.is_interactive", True)
    main(["check", "--isolated", "--format", "concise", "a.jsonl"])
    assert re.search(r"\r已检查 [12] 份", capsys.readouterr().err)


# --- without a path ------------------------------------------------------------------------------------------------


def test_without_a_path_the_folder_is_checked_and_other_files_are_passed_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("表.json").write_bytes(TABLE.read_bytes())
    folder.joinpath("package.json").write_text('{"name": "x"}', encoding="utf-8")
    assert main(["check"]) == 1
    assert "查了 1 份文档、1 张表" in capsys.readouterr().out


def test_without_a_path_the_files_of_the_configuration_are_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("报表").mkdir()
    folder.joinpath("报表", "表.json").write_bytes(TABLE.read_bytes())
    folder.joinpath("草稿.json").write_bytes(TABLE.read_bytes())
    folder.joinpath("perflint.yaml").write_text("perflint: config/1\nfiles: [报表]\n", encoding="utf-8")
    assert main(["check"]) == 1
    assert "查了 1 份文档、1 张表" in capsys.readouterr().out


def test_without_a_path_and_without_a_document_it_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("目标表.docx").write_bytes(b"PK")
    assert main(["check"]) == 2
    told = capsys.readouterr().err
    assert "没有可检查的文档：." in told
    assert "perflint check 目标表.docx" in told


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_keeps_to_itself_what_could_not_be_read(
    name: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "坏.json").write_text('{"perflint": "document/1", "tables": [', encoding="utf-8")
    assert main(["check", "--isolated", "坏.json", "--format", name]) == 2
    written = capsysbinary.readouterr()
    assert b"\xe6\x96\xad\xe4\xba\x86" in written.err + (read_workbook(written.out) if name == "xlsx" else written.out)


def read_workbook(data: bytes) -> bytes:
    rows = (row for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(row) for row in rows).encode()
