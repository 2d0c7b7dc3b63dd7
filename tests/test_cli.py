from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import packs
import pytest
import yaml

import perflint.commands.schema
from perflint.cli import main
from perflint.commands import COMMANDS
from perflint.errors import EvaluationError, PerflintError
from perflint.schema import load_schema
from perflint.version import VERSION


@pytest.fixture(autouse=True)
def plain_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("PERFLINT_LANG", "PERFLINT_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def start(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "perflint", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def open_when_read(path: str, process: subprocess.Popen[bytes]) -> int:
    """Open a pipe for writing as soon as *process* has opened it for reading."""
    while process.poll() is None:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise AssertionError(process.communicate())


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What runs in the background of a shell ignores interrupts, and what it starts inherits that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def replace_run(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(call: object) -> NoReturn:
        raise error

    monkeypatch.setattr(perflint.commands.schema, "run", fail)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["--version"]), capsys.readouterr().out) == (0, f"perflint {VERSION}\n")


def test_no_command_shows_the_overview_and_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code = main([])
    output = capsys.readouterr().out
    assert code == 2
    assert [
        line.split()[0] for line in output.splitlines() if line.startswith("  ") and "perflint" not in line
    ] == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help_with_an_example_in_both_languages(
    command: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help", "--lang", lang]) == 0
    output = capsys.readouterr().out
    assert f"  perflint {command}" in output
    without_examples = "\n".join(line for line in output.splitlines() if not line.startswith("  perflint "))
    assert ("用法" in output) == (lang == "zh")
    assert without_examples.isascii() or lang == "zh" or set(without_examples) - set(map(chr, range(128))) <= {"…"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PerflintError("x"), 2),
        (EvaluationError("x"), 2),
        (ValueError("x"), 3),
        (RecursionError("x"), 3),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_failure_has_its_exit_code_and_no_traceback(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_run(monkeypatch, error)
    assert main(["schema", "pack"]) == code
    printed = capsys.readouterr()
    assert (printed.out, "Traceback" in printed.err) == ("", False)


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PERFLINT_DEBUG", "1")
    replace_run(monkeypatch, ValueError("x"))
    assert main(["schema", "pack"]) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "config", "environment", "expected"),
    [
        ([], None, None, "读不了"),
        ([], None, "en", "cannot read"),
        ([], None, "fr", "读不了"),
        ([], "zh", "en", "读不了"),
        ([], "en", None, "cannot read"),
        (["--lang", "zh"], "en", "en", "读不了"),
        (["--lang=en"], "zh", None, "cannot read"),
    ],
)
def test_the_language_is_the_options_then_the_configurations_then_the_environments(
    option: list[str],
    config: str | None,
    environment: str | None,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if config is not None:
        Path("perflint.yaml").write_text(f"lang: {config}\n", encoding="utf-8")
    if environment is not None:
        monkeypatch.setenv("PERFLINT_LANG", environment)
    assert main(["baseline", "show", *option]) == 2
    assert expected in capsys.readouterr().err


def test_a_broken_configuration_is_told_in_the_language_of_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    Path("perflint.yaml").write_text("lnag: zh\n", encoding="utf-8")
    assert main(["rules", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("perflint.yaml:1:1: unknown key 'lnag'")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["单位"], ["PT401"]),
        (["UNIT", "missing"], ["PT401"]),
        (["pt101"], ["PT101"]),
        ([], ["PT101", "PT401"]),
        (["单位", "PT101"], []),
    ],
)
def test_rules_lists_those_that_hold_every_word(
    words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    packs.write(Path(), base=packs.BASE)
    assert main(["rules", *words, "--pack", "./base.yaml", "--format", "json"]) == 0
    assert [rule["id"] for rule in json.loads(capsys.readouterr().out)] == expected


def test_isolated_looks_at_no_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    Path("perflint.yaml").write_text("lnag: zh\n", encoding="utf-8")
    assert main(["schema", "pack", "--isolated"]) == 0
    assert json.loads(capsys.readouterr().out)["title"]


def test_another_configuration_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.yaml").write_text("lang: en\n", encoding="utf-8")
    assert main(["baseline", "show", "--config", "other.yaml"]) == 2
    assert "cannot read" in capsys.readouterr().err
    assert main(["baseline", "show", "--config", "missing.yaml"]) == 2
    assert capsys.readouterr().err.startswith("missing.yaml: 读不了配置")


@pytest.mark.parametrize("name", ["document", "document-1", "pack", "config", "report"])
def test_schemas_are_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.skipif(os.name != "posix", reason="pipes behave otherwise elsewhere")
def test_a_reader_who_goes_away_is_no_failure() -> None:
    process = start("schema", "document")
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    _, messages = process.communicate(timeout=30)
    assert (process.returncode, messages) == (0, b"")


def test_output_is_possible_on_a_terminal_without_chinese() -> None:
    process = start("rules", "--help", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    output, messages = process.communicate(timeout=30)
    assert (process.returncode, messages, output.isascii()) == (0, b"", True)


@pytest.mark.usefixtures("capsys")
class TestInit:
    def test_the_configuration_is_one_that_reads(self) -> None:
        from perflint.config.loading import load_config

        for lang in ("zh", "en"):
            assert main(["init", "--lang", lang]) == 0
            config = load_config("perflint.yaml")
            assert (config.packs, config.files, config.fail_on) == (("auto",), (".",), "error")
            hooks = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))
            assert [hook["entry"] for hook in hooks["repos"][0]["hooks"]] == ["perflint check"]
            Path("perflint.yaml").unlink()
            Path(".pre-commit-config.yaml").unlink()

    def test_nothing_that_exists_is_replaced(self) -> None:
        Path("perflint.yaml").write_text("lang: en\n", encoding="utf-8")
        assert main(["init"]) == 2
        assert Path("perflint.yaml").read_text(encoding="utf-8") == "lang: en\n"
        assert [path.name for path in Path().iterdir()] == ["perflint.yaml"]

    def test_a_folder_that_is_configured_otherwise_is_left_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("pyproject.toml").write_text('[tool.perflint]\nlang = "en"\n', encoding="utf-8")
        assert main(["init"]) == 2
        assert "pyproject.toml" in capsys.readouterr().err
        assert [path.name for path in Path().iterdir()] == ["pyproject.toml"]

    def test_hooks_that_exist_are_left_alone_and_the_user_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path(".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
        assert main(["init", "--lang", "en"]) == 0
        assert Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"
        assert "add perflint check to it" in capsys.readouterr().err

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_a_new_pack_holds_has_a_prefix_of_its_own_and_helps_the_editor(self, lang: str) -> None:
        for name, rule in (("lukou-430212", "LUK901"), ("a1", "MY901"), ("my-county", "MY901")):
            assert main(["init", "pack", name, "--lang", lang]) == 0
            assert main(["validate", f"./{name}.yaml"]) == 0
            assert main(["test", f"./{name}.yaml"]) == 0
            text = Path(f"{name}.yaml").read_text(encoding="utf-8")
            assert f"- id: {rule}\n" in text
            assert text.startswith("# yaml-language-server: $schema=.perflint/pack-1.schema.json\n")
        assert json.loads(Path(".perflint/pack-1.schema.json").read_text(encoding="utf-8")) == load_schema("pack-1")

    def test_the_templates_of_a_pack_are_validated_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["init", "pack", "my-county"]) == 0
        Path("county/forms").mkdir(parents=True)
        Path("my-county.yaml").rename("county/pack.yaml")
        form = "perflint: form/1\nform: {id: my-county, extends: base}\nheaders:\n  nmae: [考核事项]\n"
        Path("county/forms/a.yml").write_text(form, encoding="utf-8")
        assert main(["validate", "./county", "--lang", "en"]) == 2
        assert "a.yml:4:3: unknown key 'nmae'" in capsys.readouterr().err
        Path("county/forms/a.yml").write_text(form.replace("nmae", "name"), encoding="utf-8")
        assert main(["validate", "./county"]) == 0

    def test_an_id_that_no_pack_can_have_is_refused(self) -> None:
        assert main(["init", "pack", "My County"]) == 2
        assert not list(Path().iterdir())


@pytest.mark.usefixtures("capsys")
class TestRead:
    TEXT = "部门整体支出绩效目标表\n项目名称\t修路\n"

    def test_several_files_need_a_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["read", "a.docx", "b.docx"]) == 2
        assert "-o" in capsys.readouterr().err

    def test_each_file_becomes_a_json_file_and_none_is_replaced(self) -> None:
        Path("a.txt").write_text(self.TEXT, encoding="utf-8")
        assert main(["read", "a.txt", "-o", "out"]) == 0
        written = Path("out/a.json").read_text(encoding="utf-8")
        assert json.loads(written)["perflint"] == "document/1"
        assert main(["read", "a.txt", "-o", "out"]) == 2
        assert main(["read", "a.txt", "-o", "out", "--force"]) == 0

    def test_one_bad_file_does_not_stop_the_others(self) -> None:
        Path("a.txt").write_text(self.TEXT, encoding="utf-8")
        assert main(["read", "missing.docx", "a.txt", "-o", "out"]) == 2
        assert Path("out/a.json").is_file()

    def test_files_of_one_name_keep_their_suffix(self) -> None:
        Path("a.txt").write_text(self.TEXT, encoding="utf-8")
        Path("a.csv").write_text(self.TEXT, encoding="utf-8")
        assert main(["read", "a.txt", "a.csv", "-o", "out"]) == 0
        assert sorted(path.name for path in Path("out").iterdir()) == ["a.csv.json", "a.txt.json"]


class TestCheck:
    FAULTY = json.dumps(
        {
            "perflint": "document/1",
            "tables": [{"kind": "overall", "budget": {"total": "4", "by_use": {"basic": "1", "project": "2"}}}],
        }
    )

    @pytest.fixture(autouse=True)
    def files(self) -> None:
        packs.write(Path(), base=packs.BASE)
        Path("perflint.yaml").write_text("packs: [./base.yaml]\nformat: concise\n", encoding="utf-8")
        Path("a.json").write_text(self.FAULTY, encoding="utf-8")

    def test_a_report_is_written_for_each_output(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--output", "json=out/deep/a.json", "--output", "csv=a.csv"]) == 1
        assert "PT101" in capsys.readouterr().out
        assert json.loads(Path("out/deep/a.json").read_text(encoding="utf-8"))["summary"]["error"] == 1
        assert Path("a.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    def test_a_report_that_cannot_be_written_is_an_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--output", "json=a.json/b.json"]) == 2
        assert "a.json/b.json" in capsys.readouterr().err

    def test_standard_input_is_a_document(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(self.FAULTY.encode())))
        assert main(["check", "-"]) == 1
        assert capsys.readouterr().out.startswith("-:1:")

    def test_suppressions_lie_beside_the_data_or_the_configuration(self) -> None:
        entry = "{rule: PT101, where: {cell: 资金总额}, reason: 已核对}"
        text = f"perflint: suppressions/1\nsuppressions: [{entry}]\n"
        Path("data").mkdir()
        Path("a.json").rename("data/a.json")
        beside_data, beside_config = Path("data/perflint-suppressions.yaml"), Path("perflint-suppressions.yaml")
        assert main(["check", "data"]) == 1
        beside_data.write_text(text, encoding="utf-8")
        assert main(["check", "data"]) == 0
        assert main(["check", "data", "--isolated", "--pack", "./base.yaml"]) == 1
        beside_config.write_text(text, encoding="utf-8")
        assert main(["check", "data"]) == 2
        assert main(["check", "data", "--suppressions", str(beside_config)]) == 0
        beside_data.unlink()
        assert main(["check", "data"]) == 0

    def test_a_crashing_rule_is_told_by_the_exit_code(self, capsys: pytest.CaptureFixture[str]) -> None:
        crash = packs.RULE.replace("abs(gap) <= params.tolerance", "1 / (budget.total - 4) > 0")
        packs.write(Path(), base=packs.HEAD + "rules:\n" + crash)
        assert main(["check"]) == 2
        assert "PT101" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["good.json"], 0),
            (["a.json"], 1),
            (["a.json", "--fail-on", "never"], 0),
            (["a.json", "--ignore", "PT101"], 0),
            (["blank.json"], 0),
            (["blank.json", "--fail-on-unknown"], 1),
            (["missing.json"], 2),
            (["broken.json"], 2),
            (["a.json", "broken.json"], 2),
            (["a.json", "--no-such-option"], 2),
            (["a.json", "--pack", "./missing.yaml"], 2),
            (["a.json", "--ignore", "PT101,PT401"], 2),
            (["empty"], 2),
        ],
    )
    def test_exit_codes(self, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
        Path("empty").mkdir()
        Path("broken.json").write_text("{", encoding="utf-8")
        Path("good.json").write_text(self.FAULTY.replace('"4"', '"3"'), encoding="utf-8")
        Path("blank.json").write_text(self.FAULTY.replace('"4"', "null"), encoding="utf-8")
        assert main(["check", *arguments]) == code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert code == 0 or printed.out or printed.err

    @pytest.mark.parametrize("option", ["--select", "--ignore"])
    def test_unknown_rule_id_exits_2(self, option: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "a.json", option, "PT110", "--lang", "en"]) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == (
            "",
            f"{option}: there is no rule or tag 'PT110'\n    → did you mean PT101 or PT401?\n",
        )

    def test_a_word_that_is_no_rule_is_looked_for_in_the_titles(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "算式缺", "--pack", "cn-core"]) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == (
            "",
            "没有规则“算式缺”\n    → 题目里有“算式缺”的：PT123 算式缺少一个数\n",
        )

    @pytest.mark.parametrize(
        ("begun", "hint"),
        [
            ("PT9", "perflint rules lists the rules"),
            ("pt11", "beginning with 'pt11': PT110, PT111, PT112, PT113, PT114, PT115, PT116, PT117…"),
            ("unit-mis", "did you mean unit-missing or unit-missing-in-cell?"),
        ],
    )
    def test_the_beginning_of_an_id_names_what_begins_so_and_nothing_like_it(
        self, begun: str, hint: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", begun, "--pack", "cn-core", "--lang", "en"]) == 2
        assert capsys.readouterr().err == f"there is no rule '{begun}'\n    → {hint}\n"

    def test_statistics_say_why_a_rule_could_not_decide(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("a.json").write_text(self.FAULTY.replace('"1"', "null"), encoding="utf-8")
        assert main(["check", "a.json", "--format", "text", "--statistics"]) == 0
        lines = capsys.readouterr().out.splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith("PT101 ari-expenditure-sum"))
        assert lines[at + 1] == "    未知 1 项：“基本支出”为空"

    def test_an_excluded_folder_is_left_out(self) -> None:
        Path("perflint.yaml").write_text("packs: [./base.yaml]\nexclude: [a.json]\n", encoding="utf-8")
        assert main(["check"]) == 2
        assert main(["check", "a.json"]) == 1

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that can be waited for")
    @pytest.mark.parametrize("jobs", ["1", "2"])
    @pytest.mark.usefixtures("interruptible")
    def test_an_interrupt_ends_the_run_at_once_and_quietly(self, jobs: str) -> None:
        os.mkfifo("endless.json")
        Path("data").mkdir()
        for number in range(300):
            Path(f"data/{number}.json").write_text(self.FAULTY, encoding="utf-8")
        process = start("check", "endless.json", "data", "--jobs", jobs, start_new_session=True)
        pipe = open_when_read("endless.json", process)  # perflint then waits for what will never come
        os.killpg(process.pid, signal.SIGINT)
        output, messages = process.communicate(timeout=60)
        os.close(pipe)
        assert (process.returncode, output, messages.decode()) == (130, b"", "已中断\n")
