from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packs import BASE, head

from perflint.cli import main
from perflint.errors import PackError
from perflint.language import speaking
from perflint.pack import files, headers, installed
from perflint.pack.files import is_path, shipped_folder
from perflint.pack.find import applies_to, auto_packs, find_pack, known_packs
from perflint.pack.header import read_header
from perflint.pack.model import AppliesTo

CACHES = (
    files.shipped_folder,
    files.shipped_packs,
    installed.declares_packs,
    installed.list_installed,
    installed.contested_packs,
    headers.cached_headers,
)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped packs: a national one, one of a province, one of a district."""
    scopes = {
        "cn-core": "",
        "cn-43-hunan": '  applies_to: {divisions: ["43"], organizations: [湖南省]}\n',
        "lukou-430212": '  applies_to: {divisions: ["430212"], organizations: ["*渌口区*镇人民政府"]}\n',
        "forms-only": "  applies_to: {forms: [hubei-overall]}\n",
    }
    for number, (pack, scope) in enumerate(scopes.items()):
        (tmp_path / pack).mkdir()
        text = head(pack, "PX"[: 1 + number % 2] + "ABCD"[number]) + scope + "rules: []\n"
        (tmp_path / pack / "pack.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "no-pack").mkdir()
    for cached in CACHES:
        cached.cache_clear()
    monkeypatch.setattr(files, "shipped_folder", lambda: str(tmp_path))
    return tmp_path


def message_of(error: pytest.ExceptionInfo[PackError]) -> str:
    return str(error.value)


def test_shipped_packs_lie_in_the_rules_of_the_checkout() -> None:
    folder = shipped_folder()
    assert folder is not None
    assert Path(folder).name in ("rules", "packs")


def test_id_means_a_shipped_pack(shipped: Path) -> None:
    assert find_pack("cn-core") == str(shipped / "cn-core")
    assert list(known_packs()) == ["cn-43-hunan", "cn-core", "forms-only", "lukou-430212"]


def test_unknown_id_is_an_error_with_suggestion(shipped: Path) -> None:
    assert shipped.is_dir()
    with speaking("en"), pytest.raises(PackError) as error:
        find_pack("cn-cor")
    assert message_of(error) == "there is no pack 'cn-cor'\n    → did you mean cn-core?"


def test_unknown_id_far_from_all_names_the_known_ones(shipped: Path) -> None:
    assert shipped.is_dir()
    with speaking("en"), pytest.raises(PackError) as error:
        find_pack("zzz")
    assert message_of(error) == ("there is no pack 'zzz'\n    → legal: cn-43-hunan, cn-core, forms-only, lukou-430212")


def test_folder_named_like_an_id_is_meant_with_dot_slash(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shipped)
    with speaking("en"), pytest.raises(PackError) as error:
        find_pack("no-pack")
    assert message_of(error) == "there is no pack 'no-pack'\n    → to mean the folder, write ./no-pack"
    assert Path(find_pack("./no-pack")) == Path("no-pack")


def test_missing_path_is_an_error(tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(PackError) as error:
        find_pack(tmp_path / "gone.yaml")
    assert message_of(error) == f"{tmp_path / 'gone.yaml'}: no such file or folder"


@pytest.mark.parametrize(
    ("source", "path"),
    [("cn-core", False), ("a/b", True), ("./a", True), ("a.yaml", True), ("a.yml", True), ("镇", True)],
)
def test_what_is_a_path(source: str, path: bool) -> None:
    assert is_path(source) is path


@pytest.mark.parametrize(
    ("division", "organization", "forms", "packs"),
    [
        (None, None, (), ("cn-core",)),
        ("110000", "北京市某某局", (), ("cn-core",)),
        ("431200", None, (), ("cn-43-hunan", "cn-core")),
        ("430212", "某某镇人民政府", (), ("cn-43-hunan", "cn-core", "lukou-430212")),
        (None, "株洲市渌口区某某镇人民政府", (), ("cn-core", "lukou-430212")),
        (None, "湖南省某某厅", (), ("cn-43-hunan", "cn-core")),
        ("110000", "湖南省某某厅", (), ("cn-core",)),
        (None, None, ("hubei-overall",), ("cn-core", "forms-only")),
    ],
)
def test_packs_join_in_by_division_or_else_organization(
    shipped: Path, division: str | None, organization: str | None, forms: tuple[str, ...], packs: tuple[str, ...]
) -> None:
    assert shipped.is_dir()
    assert auto_packs(division, organization, forms) == packs


def test_organizations_count_for_a_pack_without_divisions_whatever_the_code() -> None:
    scope = AppliesTo(organizations=("某某镇",))
    assert applies_to(scope, "110000", "甲县某某镇人民政府")
    assert not applies_to(scope, "110000", "甲县乙镇人民政府")


def test_header_is_read_without_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(BASE + "vocab: [this, is, wrong\n", encoding="utf-8")
    header = read_header(path)
    assert (header.id, header.version, header.title) == ("base", "1.2.0", {"zh": "通用规则", "en": "Core rules"})


def test_header_in_an_unusual_layout_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("{perflint: pack/1, pack: {id: base,\nversion: '1',\nprefix: PT}}", encoding="utf-8")
    assert read_header(path).id == "base"


def test_header_needs_an_id(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("perflint: pack/1\nrules: []\n", encoding="utf-8")
    with speaking("en"), pytest.raises(PackError) as error:
        read_header(path)
    assert message_of(error) == f"{path}: the block 'pack' is missing or names no id"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site folder with one distribution that declares a pack."""
    site = tmp_path / "site"
    info = site / "county_rules-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: county-rules\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[perflint.packs]\ncounty = county_rules\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    for cached in CACHES:
        cached.cache_clear()
    return site


def test_installed_distributions_declare_packs(site: Path) -> None:
    (site / "county_rules").mkdir()
    (site / "county_rules" / "__init__.py").write_text("", encoding="utf-8")
    (site / "county_rules" / "pack.yaml").write_text(head("county", "CX") + "rules: []\n", encoding="utf-8")
    assert find_pack("county") == str(site / "county_rules")
    assert "county" in auto_packs(None, None)


UNUSED = "    → installed by county-rules, whose rules did not run: install it anew, or pip uninstall county-rules"


def test_an_entry_point_has_the_id_of_its_pack(site: Path) -> None:
    (site / "county_rules").mkdir()
    (site / "county_rules" / "__init__.py").write_text("", encoding="utf-8")
    (site / "county_rules" / "pack.yaml").write_text(head("other", "CX") + "rules: []\n", encoding="utf-8")
    with speaking("en"), pytest.raises(PackError) as error:
        find_pack("county")
    assert message_of(error) == (
        f"{site / 'county_rules' / 'pack.yaml'}: entry point 'county' of perflint.packs names the pack 'other'; "
        f"it must have the pack's id\n{UNUSED}"
    )
    assert "county" not in known_packs()


def install(site: Path, distribution: str, pack: str, *more: str) -> None:
    """Install a distribution with one pack; *more* are lines of its header."""
    package = distribution.replace("-", "_")
    (site / package).mkdir()
    (site / package / "__init__.py").write_text("", encoding="utf-8")
    text = head(pack, "CX") + "".join(f"  {line}\n" for line in more) + "rules: []\n"
    (site / package / "pack.yaml").write_text(text, encoding="utf-8")
    info = site / f"{package}-1.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[perflint.packs]\n{pack} = {package}\n", encoding="utf-8")
    for cached in CACHES:
        cached.cache_clear()


def test_a_pack_that_two_distributions_have_is_an_error_for_whoever_uses_it(site: Path) -> None:
    install(site, "county-rules", "county", 'applies_to: {divisions: ["990101"]}')
    install(site, "twin-rules", "county", 'applies_to: {divisions: ["990102"]}')
    told = (
        "the pack 'county' is installed more than once: by county-rules and by twin-rules\n"
        "    → uninstall what is not wanted, as with pip uninstall twin-rules, or name it by its path: "
        f"--pack {site / 'twin_rules'}"
    )
    named = lambda: find_pack("county")  # noqa: E731
    for use in (named, lambda: auto_packs("990101", None), lambda: auto_packs("990102", None)):
        with speaking("en"), pytest.raises(PackError) as error:
            use()
        assert message_of(error) == told
    assert "county" not in auto_packs("110101", None)
    assert find_pack(site / "twin_rules") == str(site / "twin_rules")


def test_an_id_that_perflint_ships_is_taken(site: Path) -> None:
    install(site, "county-rules", "cn-core")
    with speaking("en"), pytest.raises(PackError) as error:
        auto_packs(None, None)
    assert message_of(error).startswith(
        "the pack 'cn-core' is installed more than once: by perflint and by county-rules\n"
    )


def test_entry_point_without_a_pack_is_an_error(site: Path) -> None:
    assert site.is_dir()
    with speaking("en"), pytest.raises(PackError) as error:
        find_pack("county")
    assert message_of(error) == (
        f"entry point 'county' of perflint.packs names 'county_rules', which holds no pack.yaml\n{UNUSED}"
    )


# --- what a run makes of it


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the run, with a table of each of two counties."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables").mkdir()
    for name, division in (("here", "990101"), ("there", "990202")):
        owner = {"name": "某某镇人民政府", "division_code": division}
        row = {"level1": "产出指标", "name": "修路", "value": "5"}
        table = {"kind": "project", "project": {"name": "修路"}, "indicators": [row]}
        data = {"perflint": "document/1", "organization": owner, "tables": [table]}
        (tmp_path / "tables" / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path / "tables"


def check(*more: str, jobs: str = "1") -> int:
    arguments = ("--isolated", "--no-cache", "--lang", "en", "--format", "concise", "--jobs", jobs)
    return main(["check", "tables", *arguments, *more])


def test_a_broken_pack_costs_the_documents_of_its_county_alone(
    site: Path, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(site, "county-rules", "county", 'applies_to: {divisions: ["990101"]}')
    rules = site / "county_rules" / "pack.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("rules: []", "rule: []"), encoding="utf-8")
    assert tables.is_dir()
    assert check() == 2
    lines = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines if ": unreadable " not in line} == {"tables/there.json"}
    lost = "not checked: a pack that joins in for it cannot be used"
    assert [line for line in lines if ": unreadable " in line] == [
        f"tables/here.json: unreadable {lost} ({rules}:8:1: unknown key 'rule')"
    ]


def test_a_declaration_that_leads_nowhere_is_told_once_and_stops_nothing(
    site: Path, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site.is_dir()
    assert tables.is_dir()
    assert check() == 2
    lines = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines if ": unreadable " not in line} == {
        "tables/here.json",
        "tables/there.json",
    }
    assert [line for line in lines if ": unreadable " in line] == [
        "-: unreadable entry point 'county' of perflint.packs names 'county_rules', which holds no pack.yaml"
    ]
    assert check("--pack", "cn-core") in (0, 1)


def test_a_pack_that_was_named_is_wrong_before_anything_is_found(
    tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tables.parent / "own.yaml"
    pack.write_text(head("own", "OWN") + "rule: []\n", encoding="utf-8")
    assert check("--pack", "auto", "--pack", str(pack)) == 2
    written = capsys.readouterr()
    assert (written.out, "unknown key 'rule'" in written.err) == ("", True)
