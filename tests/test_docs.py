"""The pages and the README are tried: packs load, commands run, Python snippets work, links lead somewhere."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import make_files
import pytest
import yaml

from docs.generate import list_pages
from perflint.cli import main
from perflint.engine.examples import run_examples
from perflint.engine.program import compile_program
from perflint.pack.load import load_pack
from perflint.reading.grid import Paragraph
from perflint.record import replace

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.en.md", *list_pages()]
ORIGINAL = [
    ["一级指标", "二级指标", "三级指标", "指标值", "计量单位"],
    ["产出指标", "数量指标", "维修里程", "≥5", "公里"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥95", "%"],
]


def list_blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def name_page(page: Path) -> str:
    return page.relative_to(ROOT).with_suffix("").as_posix().replace("/", "-")


def having(language: str) -> list[Path]:
    return [page for page in PAGES if list_blocks(page, language)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the pages assume it: the examples and an original."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    title = Paragraph(text="2026年项目支出绩效目标表", origin="")
    make_files.write_docx([title, make_files.make_grid(ORIGINAL)], tmp_path / "目标表.docx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PERFLINT_LANG", raising=False)
    return tmp_path


def write_files(page: Path, folder: Path) -> Iterator[Path]:
    """Write the YAML blocks that begin with the comment ``# name.yaml``."""
    for block in list_blocks(page, "yaml"):
        named = re.match(r"# ([\w.-]+\.yaml)\n", block)
        if named is not None:
            path = folder / named[1]
            path.write_text(block, encoding="utf-8")
            yield path


@pytest.mark.parametrize("page", having("yaml"), ids=name_page)
def test_the_packs_in_a_page_hold(page: Path, folder: Path) -> None:
    for path in write_files(page, folder):
        if "perflint: pack/1" in path.read_text(encoding="utf-8"):
            pack = load_pack(path, thorough=True)
            own = replace(pack, rules=tuple(rule for rule in pack.rules if rule.pack == pack.id))
            assert [result.describe() for result in run_examples(own) if not result.ok] == []


@pytest.mark.parametrize("page", having("yaml"), ids=name_page)
def test_the_yaml_in_a_page_is_yaml(page: Path) -> None:
    assert all(yaml.safe_load(block) for block in list_blocks(page, "yaml"))


@pytest.mark.parametrize("page", having("console"), ids=name_page)
def test_the_commands_in_a_page_run(page: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    list(write_files(page, folder))
    for line in "".join(list_blocks(page, "console")).splitlines():
        prompt, program, *arguments = shlex.split(line, comments=True)
        assert (prompt, program) == ("$", "perflint")
        code = main(arguments)
        assert code in (0, 1), (line, capsys.readouterr().err)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name == "pre-commit.md"], ids=name_page)
def test_the_pipelines_in_a_page_run_and_hand_on_what_they_write(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "examples").rename(folder / "data")
    steps = [text for block in list_blocks(page, "yaml") for text in list_texts(yaml.safe_load(block))]
    commands = [shlex.split(step) for step in steps if step.startswith("perflint ")]
    assert [main(command[1:]) for command in commands] == [1, 1]  # the examples have errors
    handed_on = [step for step in steps if re.fullmatch(r"[\w-]+\.(sarif|json|xml)", step)]
    assert sorted(handed_on) == sorted(
        path.name for path in folder.iterdir() if path.suffix in (".sarif", ".json", ".xml")
    )


def list_texts(value: object) -> Iterator[str]:
    """Yield every text in parsed YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from list_texts(part)


@pytest.mark.parametrize("page", having("python"), ids=name_page)
def test_the_snippets_in_a_page_work(page: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = "\n".join(list_blocks(page, "python"))
    exec(compile(code, page.name, "exec"), {"__name__": "page"})  # noqa: S102 - our own page
    assert capsys.readouterr().out


@pytest.mark.parametrize("page", having("text"), ids=name_page)
def test_what_a_page_shows_is_what_check_prints(page: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lang = "en" if page.name == "README.en.md" or page.parent.name == "en" else "zh"
    main(["check", "examples", "--lang", lang])
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    for block in list_blocks(page, "text"):
        assert [line for line in block.splitlines() if line.rstrip() not in printed] == []


def test_what_the_architecture_says_the_compiler_writes_is_what_it_writes(tmp_path: Path) -> None:
    page = ROOT / "docs" / "architecture.md"
    (tmp_path / "sketch.yaml").write_text(list_blocks(page, "yaml")[0], encoding="utf-8")
    pack = load_pack(tmp_path / "sketch.yaml")
    assert [result for result in run_examples(pack) if not result.ok] == []
    source = compile_program([pack]).compiled.plan.source
    assert source is not None
    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(list_blocks(page, "python")[0]))


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "architecture.md"], ids=name_page)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def list_modules(room: Path) -> set[str]:
    return {path.stem for path in [*room.glob("*.py"), *(inner.parent for inner in room.glob("*/__init__.py"))]}


def test_the_architecture_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)(?:\.py|/)`", page))
    assert list_modules(ROOT / "perflint") - {"__init__", "version"} - named == set()


@pytest.mark.parametrize("room", "compiler config document engine expression pack report runtime".split())
def test_a_room_says_which_modules_it_has(room: str) -> None:
    folder = ROOT / "perflint" / room
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert list_modules(folder) - {"__init__"} - set(re.findall(r"\w+", docstring)) == set()
