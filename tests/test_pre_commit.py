"""The hooks, run by pre-commit itself from a commit of this repository, as a user's repository would run them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packs import HEAD, RULE

ROOT = Path(__file__).parent.parent
CLEAN_TABLE = ROOT / "tests" / "data" / "clean" / "hunan-project.json"
BROKEN_TABLE = ROOT / "examples" / "000-zhuting-2026-overall.json"

pytestmark = [
    pytest.mark.skipif(
        not (ROOT / ".git").exists(), reason="pre-commit takes hooks from a repository; this is no clone"
    ),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def run(folder: Path, *command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


class Place(NamedTuple):
    """The repository that the hooks are taken from, and where pre-commit keeps the environment it builds for them."""

    hooks: Path
    revision: str
    store: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A repository with one commit: this one as it stands, so that what is tried is what is about to be committed."""
    base = tmp_path_factory.mktemp("hooks")
    hooks = base / "perflint"
    for name in run(ROOT, "git", "ls-files").stdout.splitlines():
        if (ROOT / name).is_file():
            (hooks / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, hooks / name)
    commit_all(hooks)
    return Place(hooks, run(hooks, "git", "rev-parse", "HEAD").stdout.strip(), base / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of a user's own."""
    run(tmp_path, "git", "init", "--quiet")
    return tmp_path


def commit_all(folder: Path) -> None:
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "add", ".")
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    run(folder, "git", *identity, "commit", "--quiet", "--message", "As it stands")


def try_hook(hook: str, folder: Path, place: Place, files: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Stage *files* in the repository *folder*, which takes *hook* by its configuration, and run it on them."""
    repository = {"repo": str(place.hooks), "rev": place.revision, "hooks": [{"id": hook}]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [repository]}), encoding="utf-8")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    run(folder, "git", "add", ".")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"PRE_COMMIT_HOME": str(place.store), "PYTHONWARNINGS": "default"}
    command = (sys.executable, "-m", "pre_commit", "run", hook, "--files", *files)
    done = run(folder, *command, env=env)
    if "No matching distribution found" in done.stdout or "Could not find a version" in done.stdout:
        pytest.skip("no package index to build the environment of the hooks from")
    return done


def document(path: Path, **changes: Any) -> str:
    return json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes, ensure_ascii=False)


def test_a_broken_table_stops_the_commit_and_other_json_does_not(folder: Path, place: Place) -> None:
    files = {"data/broken.json": document(BROKEN_TABLE), "package.json": '{"name": "site"}', "odd.json": "[1,"}
    done = try_hook("perflint", folder, place, files)
    assert done.returncode == 1, done.stdout
    assert "data/broken.json" in done.stdout
    assert "package.json" not in done.stdout
    assert "odd.json" not in done.stdout


def test_a_clean_table_passes(folder: Path, place: Place) -> None:
    done = try_hook("perflint", folder, place, {"clean.json": document(CLEAN_TABLE), "package.json": "{}"})
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


def test_json_alone_that_is_no_table_passes(folder: Path, place: Place) -> None:
    done = try_hook("perflint", folder, place, {"package.json": '{"name": "site"}'})
    assert done.returncode == 0, done.stdout


def test_the_hook_that_init_writes_lets_a_project_without_documents_begin(folder: Path) -> None:
    script = Path(sys.executable).with_name("perflint")
    if not script.exists():
        pytest.skip("perflint is not installed here: there is no script")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env["PATH"] = os.pathsep.join((str(script.parent), env["PATH"]))
    assert run(folder, str(script), "init").returncode == 0
    run(folder, "git", "add", ".")
    first = run(folder, sys.executable, "-m", "pre_commit", "run", env=env)
    assert first.returncode == 0, first.stdout
    (folder / "broken.json").write_text(document(BROKEN_TABLE), encoding="utf-8")
    run(folder, "git", "add", ".")
    second = run(folder, sys.executable, "-m", "pre_commit", "run", env=env)
    assert second.returncode == 1, second.stdout
    assert "broken.json" in second.stdout


def test_the_whole_set_is_checked_whatever_file_changed(folder: Path, place: Place) -> None:
    files = {
        "perflint.yaml": "files: [data]\n",
        "data/broken.json": document(BROKEN_TABLE),
        "data/clean.json": document(CLEAN_TABLE),
    }
    (folder / "data").mkdir()
    done = try_hook("perflint-set", folder, place, files)
    assert done.returncode == 1, done.stdout
    assert "data/broken.json" in done.stdout


def test_a_pack_whose_example_does_not_hold_stops_the_commit(folder: Path, place: Place) -> None:
    sound = f"{HEAD}rules:\n{RULE}"
    broken = sound.replace("total: 3", "total: 5")
    assert broken != sound
    done = try_hook("perflint-packs", folder, place, {"packs/own.yaml": sound, "mkdocs.yml": "site_name: x\n"})
    assert done.returncode == 0, done.stdout
    done = try_hook("perflint-packs", folder, place, {"packs/own.yaml": broken})
    assert done.returncode == 1, done.stdout
    assert "packs/own.yaml" in done.stdout
