from __future__ import annotations

import os
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from perflint.config.loading import Config, find_config, load_config
from perflint.errors import ConfigError, PerflintError
from perflint.finding import Severity
from perflint.language import speaking
from perflint.pack.load import load_pack
from perflint.report.baseline import load_baseline
from perflint.report.suppressions import load_suppressions
from perflint.schema import load_schema

EVERYTHING = """\
perflint: config/1
packs: [auto, lukou-430212, ./packs/own.yaml, county]
files: [data]
exclude: [draft-*]
select: [arithmetic]
ignore: [PT101, unit-missing]
severity: {PT401: info}
fail_on: warning
fail_on_unknown: true
lang: en
format: concise
output: {sarif: out/report.sarif}
baseline: baseline.jsonl
suppressions: accepted.yaml
jobs: 2
cache: false
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fault_of(path: Path) -> str:
    with speaking("en"), pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).replace(str(path.parent), "DIR")


def test_every_setting_is_read_and_paths_start_at_the_file(tmp_path: Path) -> None:
    config = load_config(write(tmp_path / "perflint.yaml", EVERYTHING))
    assert config == Config(
        path=str(tmp_path / "perflint.yaml"),
        packs=("auto", "lukou-430212", str(tmp_path / "packs/own.yaml"), "county"),
        files=(str(tmp_path / "data"),),
        exclude=("draft-*",),
        select=("arithmetic",),
        ignore=("PT101", "unit-missing"),
        severity={"PT401": Severity.INFO},
        fail_on="warning",
        fail_on_unknown=True,
        lang="en",
        format="concise",
        output={"sarif": str(tmp_path / "out/report.sarif")},
        baseline=str(tmp_path / "baseline.jsonl"),
        suppressions=str(tmp_path / "accepted.yaml"),
        jobs=2,
        cache=False,
    )


def test_every_setting_of_the_schema_is_in_that_file() -> None:
    settings = {line.partition(":")[0] for line in EVERYTHING.splitlines()}
    assert settings == load_schema("config-1")["properties"].keys() - {"$schema"}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(load_schema("config-1"))


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "perflint.yaml", "")
    assert load_config(path) == Config(path=str(path))


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert find_config(tmp_path) == Config()


def test_the_nearest_file_upwards_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "perflint.yaml", "lang: en\njobs: auto\n")
    near = write(tmp_path / "a" / "pyproject.toml", '[tool.perflint]\nformat = "json"\n')
    write(tmp_path / "a" / "b" / "pyproject.toml", "[tool.other]\n")
    config = find_config(tmp_path / "a" / "b")
    assert (Path(config.path or "").resolve(), config.format, config.lang) == (near, "json", None)
    assert find_config(tmp_path).jobs == 0


def test_both_files_of_one_folder_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "perflint.yaml", "lang: en\n")
    write(tmp_path / "pyproject.toml", "[tool.perflint]\n")
    with pytest.raises(ConfigError, match="都有配置"):
        find_config(tmp_path)


@pytest.mark.parametrize("name", ["perflint.yml", ".perflint.yaml"])
def test_a_name_that_would_not_be_read_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, "lang: en\n")
    with pytest.raises(ConfigError, match=r"改名为 perflint\.yaml"):
        find_config(tmp_path / ".")


def test_a_problem_with_an_entry_points_to_it(tmp_path: Path) -> None:
    config = load_config(write(tmp_path / "perflint.yaml", "severity:\n  PT999: info\nselect: [PT101, PT998]\n"))
    assert (config.problem("?", "select", "PT998").line, config.problem("?", "select", "PT998").column) == (3, 17)
    assert (config.problem("?", "severity", "PT999").line, config.problem("?", "severity", "PT999").column) == (2, 3)


CASES: list[tuple[str, str, str]] = [
    (
        "perflint.yaml",
        "lang: en\nselct: [PT101]\n",
        "DIR/perflint.yaml:2:1: unknown key 'selct'\n    selct: [PT101]\n    ^^^^^\n    → did you mean select?",
    ),
    (
        "perflint.yaml",
        "fail_on: erorr\n",
        (
            "DIR/perflint.yaml:1:10: 'fail_on' cannot be 'erorr'\n    fail_on: erorr\n             ^^^^^\n"
            "    → did you mean error?"
        ),
    ),
    (
        "perflint.yaml",
        "jobs: 1.5\n",
        (
            "DIR/perflint.yaml:1:7: 'jobs' cannot be 1.5\n    jobs: 1.5\n          ^^^\n"
            "    → a positive whole number, or auto"
        ),
    ),
    (
        "perflint.yaml",
        "lang: en\nlang: zh\n",
        "DIR/perflint.yaml:2:1: duplicate key 'lang'\n    lang: zh\n    ^^^^\n    → first given in line 1",
    ),
    (
        "pyproject.toml",
        '[tool.perflint]\nselect = [\n  "PT101",\n  12,\n]\n',
        ("DIR/pyproject.toml:4:3: 'select[1]' must be text, not 12\n      12,\n      ^^\n    → quote a text: \"12\""),
    ),
    (
        "pyproject.toml",
        '[tool.perflint]\nlang = "en"\n[tool.perflint.severity]\nPT101 = "eror"\n',
        (
            "DIR/pyproject.toml:4:10: 'PT101' cannot be 'eror'\n    PT101 = \"eror\"\n             ^^^^\n"
            "    → did you mean error?"
        ),
    ),
    (
        "pyproject.toml",
        '[tool.perflint]\nlangg = "en"\n',
        "DIR/pyproject.toml:2:1: unknown key 'langg'\n    langg = \"en\"\n    ^^^^^\n    → did you mean lang?",
    ),
    (
        "pyproject.toml",
        "[tool.perflint]\nlang = \n",
        "DIR/pyproject.toml:2:8: not valid TOML: Invalid value\n    lang = \n           ^",
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str, text: str, expected: str) -> None:
    assert fault_of(write(tmp_path / name, text)) == expected


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path / "perflint.yaml", "lang: fr\npacks: []\nwat: 1\n"))
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(1, 7), (2, 8), (3, 1)]


VALID: list[dict[str, Any]] = [
    {},
    {"packs": ["auto"], "jobs": "auto"},
    {"jobs": 4, "output": {"json": "a.json", "html": "b.html"}},
]
INVALID: list[dict[str, Any]] = [
    {"jobs": 0},
    {"jobs": "many"},
    {"packs": "auto"},
    {"output": {"pdf": "a.pdf"}},
    {"lang": 3},
    {"select": ["PT101", "PT101"]},
    {"fail_on_unknown": "yes"},
]


@pytest.mark.parametrize("settings", VALID + INVALID)
def test_the_schema_and_the_reader_agree(tmp_path: Path, settings: dict[str, Any]) -> None:
    import json

    path = write(tmp_path / "perflint.yaml", json.dumps(settings))
    assert Draft202012Validator(load_schema("config-1")).is_valid(settings) == (settings in VALID)
    if settings in VALID:
        load_config(path)
    else:
        with pytest.raises(ConfigError):
            load_config(path)


def _refuse_jobs(value: str, written: str) -> str:
    told = f"DIR/pyproject.toml:2:1: 'jobs' cannot be '{value}'"
    return f"{told}\n    jobs = {written}\n    ^^^^\n    → a positive whole number, or auto"


HOSTILE: dict[str, tuple[str, str, str]] = {
    "lists in lists": ("pyproject.toml", "packs = " + "[" * 50_000, "DIR/pyproject.toml: nested too deeply"),
    "a key of very many parts": (
        "pyproject.toml",
        "a" + ".a" * 100_000 + " = 1",
        "DIR/pyproject.toml:2: nested too deeply",
    ),
    "a number of very many digits": (
        "pyproject.toml",
        "jobs = " + "9" * 5000,
        "DIR/pyproject.toml:2: it holds a whole number of too many digits",
    ),
    "a number that fills all memory when it is written out": (
        "pyproject.toml",
        "jobs = 1e999999999",
        _refuse_jobs("1E+999999999", "1e999999999"),
    ),
    "no number": (
        "pyproject.toml",
        "jobs = nan",
        _refuse_jobs("NaN", "nan"),
    ),
    "a large file": ("pyproject.toml", "#" * 2**20, "DIR/pyproject.toml: file larger than 1 MiB"),
    "a large file of YAML": ("perflint.yaml", "#" * 2**21, "DIR/perflint.yaml: file larger than 1 MiB"),
}


@pytest.mark.parametrize(("name", "text", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_what_would_take_all_time_or_memory_is_refused(tmp_path: Path, name: str, text: str, expected: str) -> None:
    head = "[tool.perflint]\n" if name.endswith(".toml") else ""
    assert fault_of(write(tmp_path / name, head + text)) == expected


def test_of_thousands_of_mistakes_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    text = "[tool.perflint]\n" + "".join(f"k{number} = 1\n" for number in range(1000))
    told = fault_of(write(tmp_path / "pyproject.toml", text))
    assert told.count("unknown key") == 50
    assert told.endswith("950 more")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes and /dev/zero")
@pytest.mark.parametrize("kind", ["pipe", "device", "circle"])
def test_what_never_ends_is_no_file_of_settings(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "perflint.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path)
    reasons = {"circle": "the links lead round in a circle"}
    told = f"DIR/perflint.yaml: cannot read the configuration: {reasons.get(kind, 'it is no ordinary file')}"
    assert fault_of(path) == told
    for load in (load_baseline, lambda path: load_suppressions(path, today=date(2026, 1, 1)), load_pack):
        with pytest.raises(PerflintError, match=r"perflint\.yaml: "):
            load(path)


def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "perflint.yaml").symlink_to(tmp_path / "gone.yaml")
    with speaking("en"), pytest.raises(ConfigError, match="no such file"):
        find_config(tmp_path)


def test_of_a_baseline_one_line_at_a_time_is_held(tmp_path: Path) -> None:
    def fail_at(line: int) -> int:
        path = write(tmp_path / "a.jsonl", "\n" * (line - 1) + "[" * 100_000)
        tracemalloc.start()
        with pytest.raises(ConfigError) as caught:
            load_baseline(path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert caught.value.problems[0].line == line
        return peak

    fail_at(1)  # what is imported at the first error is no part of the measure
    assert fail_at(2_500_001) < 2_500_000
