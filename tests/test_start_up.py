"""What a call imports: start-up time is imports, and one careless import costs every user of every command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = next(iter(sorted(Path(__file__).parents[1].glob("examples/*.json"))))

# Each costs between 20 and 400 ms, and none is needed to check a JSON document.
HEAVY = {
    "asyncio",
    "concurrent",
    "docx",
    "email",
    "hypothesis",
    "importlib.metadata",
    "importlib.resources",
    "jsonschema",
    "lxml",
    "multiprocessing",
    "openpyxl",
    "pdfplumber",
    "pydoc",
    "rich",
    "tomllib",
    "unittest",
    "urllib.request",
    "xlrd",
}

# Each costs between 1 and 20 ms, and none is needed once what the packs say is in the store.
NEEDLESS_WHEN_STORED = {
    "argparse",
    "ast",
    "dataclasses",
    "datetime",
    "enum",
    "fnmatch",
    "gettext",
    "hashlib",
    "heapq",
    "inspect",
    "json",
    "locale",
    "pathlib",
    "perflint.compiler",
    "perflint.document.excerpt",
    "perflint.document.lines",
    "perflint.document.marker",
    "perflint.document.shape",
    "perflint.document.values",
    "perflint.document.writing",
    "perflint.expression.problems",
    "perflint.oserror",
    "perflint.pack.header",
    "perflint.pack.load",
    "perflint.pack.suggest",
    "perflint.render.statistics",
    "perflint.report.baseline",
    "perflint.report.drawing",
    "perflint.report.suppressions",
    "pickle",
    "perflint.report.inputs",
    "pkgutil",
    "re",
    "shutil",
    "signal",
    "simpleeval",
    "threading",
    "typing",
    "urllib.parse",
    "yaml",
}

SCRIPT = """
import sys
before = set(sys.modules)
{statement}
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


def imports_of(statement: str, **environment: str) -> set[str]:
    script = SCRIPT.format(statement=statement)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    return set(done.stderr.split())


def imports_of_call(*arguments: str, **environment: str) -> set[str]:
    return imports_of(f"from perflint.cli import main\nassert main({list(arguments)!r}) in (0, 1)", **environment)


def test_importing_perflint_imports_nothing_else() -> None:
    assert imports_of("import perflint") == {"__future__", "perflint"}


def test_the_version_imports_nothing_else() -> None:
    assert imports_of_call("--version") == {"__future__", "perflint", "perflint.cli", "perflint.version"}


@pytest.mark.parametrize(
    "arguments",
    [["check", str(EXAMPLE), "--isolated"], ["check", str(EXAMPLE), "--isolated", "--format", "json"], ["rules"]],
    ids=" ".join,
)
def test_nothing_heavy_is_imported(arguments: list[str]) -> None:
    assert imports_of_call(*arguments) & HEAVY == set()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="nothing is stored where files have no owners")
@pytest.mark.parametrize(
    "options",
    [(), ("--pack", "cn-core"), ("--pack", "cn-core", "--format", "jsonl")],
    ids=["auto", "named", "lines"],
)
def test_a_second_check_imports_neither_parsers_nor_compiler(tmp_path: Path, options: tuple[str, ...]) -> None:
    call = ("check", str(EXAMPLE), "--isolated", *options)
    imports_of_call(*call, XDG_CACHE_HOME=str(tmp_path))
    assert imports_of_call(*call, XDG_CACHE_HOME=str(tmp_path)) & (HEAVY | NEEDLESS_WHEN_STORED) == set()


def test_a_command_imports_no_other_command() -> None:
    imported = {name for name in imports_of_call("schema", "pack") if name.startswith("perflint.commands.")}
    shared = {"perflint.commands.arguments", "perflint.commands.command_line"}
    assert imported == {*shared, "perflint.commands.schema"}


def test_every_public_name_is_there() -> None:
    import perflint

    assert {name: getattr(perflint, name).__name__ for name in perflint.__all__} == {
        name: name for name in perflint.__all__
    }
    assert dir(perflint) == sorted(perflint.__all__)


def test_another_name_is_not() -> None:
    import perflint

    with pytest.raises(AttributeError, match="no attribute 'lint'"):
        perflint.lint  # noqa: B018


@pytest.mark.parametrize(
    "source",
    [
        '{"perflint": "document/1", "tables": [{"kind": "project", }]}',
        '{"perflint": "document/1", "tables": [{"kind": "proj',
        '{"perflint": "document/1", "tables": [{"title": "甲\\q"}]}',
        '{"perflint": "document/1", "tables": [], "fiscal_year": NaN}',
        '{"perflint": "document/1"} 1',
    ],
)
@pytest.mark.parametrize("name", ["broken.json", "broken.jsonl", ""])
def test_what_is_wrong_with_a_file_is_told_by_a_process_that_has_not_loaded_json(
    tmp_path: Path, name: str, source: str
) -> None:
    (tmp_path / (name or "broken.json")).write_text(source, encoding="utf-8")
    call = ("check", "--isolated", "--pack", "cn-core", str(tmp_path / name))
    runs = [
        subprocess.run([sys.executable, "-c", script, *call], capture_output=True, text=True, check=False)
        for script in (
            "from perflint.cli import main; exit(main())",
            "import json; from perflint.cli import main; exit(main())",
        )
    ]
    assert [run.returncode for run in runs] == [2, 2]
    assert runs[0].stdout + runs[0].stderr == runs[1].stdout + runs[1].stderr
