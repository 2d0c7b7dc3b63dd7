"""A county pack as a distribution of its own, built and installed as the guide says, found by its entry point."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_docs import list_blocks

GUIDES = [Path(__file__).parent.parent / "docs" / lang / "county-pack.md" for lang in ("zh", "en")]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PERFLINT_", "PIP_"))}


def run(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *map(str, arguments)]
    settings = {**ENVIRONMENT, **environment, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, text=True, encoding="utf-8", check=False
    )


def pip(*arguments: str | Path, folder: Path) -> None:
    """Run pip without the network."""
    done = run("pip", "--disable-pip-version-check", *arguments, folder=folder)
    if "No module named pip" in done.stderr:
        pytest.skip("this Python has no pip")
    assert done.returncode == 0, done.stdout + done.stderr


def write_distribution(guide: Path, folder: Path) -> None:
    """Lay out the files as the guide says."""
    (project,) = list_blocks(guide, "toml")
    (pack,) = (block for block in list_blocks(guide, "yaml") if re.match("# county.yaml\n", block))
    (folder / "county_rules").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(project, encoding="utf-8")
    (folder / "county_rules" / "pack.yaml").write_text(pack, encoding="utf-8")


def table(division: str) -> str:
    row = {"level1": "满意度指标", "name": "群众满意度", "value": "80%"}
    owner = {"name": "某某镇人民政府", "division_code": division}
    return json.dumps(
        {
            "perflint": "document/1",
            "organization": owner,
            "tables": [{"kind": "project", "project": {"name": "修路"}, "indicators": [row]}],
        }
    )


@pytest.mark.parametrize("guide", GUIDES, ids=["zh", "en"])
def test_an_installed_pack_joins_in_for_its_county(guide: Path, tmp_path: Path) -> None:
    source, site, data = tmp_path / "source", tmp_path / "site", tmp_path / "data"
    write_distribution(guide, source)
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, source, folder=tmp_path)
    (wheel,) = tmp_path.glob("county_rules-*.whl")
    pip("install", "--no-index", "--no-deps", "--target", site, wheel, folder=tmp_path)
    data.mkdir()
    for name, division in (("here", "990101"), ("elsewhere", "990202")):
        (data / f"{name}.json").write_text(table(division), encoding="utf-8")

    listed = run("perflint", "rules", "--pack", "example-county", folder=data, PYTHONPATH=str(site))
    assert "satisfaction-below-county-minimum" in listed.stdout
    checked = run("perflint", "check", ".", "--format", "concise", "--no-cache", folder=data, PYTHONPATH=str(site))
    own = [line.split(":")[0] for line in checked.stdout.splitlines() if "EXQ901" in line]
    assert own == ["here.json"], checked.stdout + checked.stderr
    without = run("perflint", "rules", "--pack", "example-county", folder=data)
    assert (without.returncode, "没有规则包“example-county”" in without.stderr) == (2, True)
