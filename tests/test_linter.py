from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import packs
import pytest
from documents import documents, json_values, write_json
from hypothesis import given, settings

from perflint import ConfigError, DocumentError, Linter, PackError, Report, Verdict
from perflint.document.loading import build_document
from perflint.engine.evaluation import Evaluation
from perflint.finding import Severity
from perflint.language import speaking
from perflint.report.build import build_findings
from perflint.sources import find_sources


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    packs.write(tmp_path, base=packs.BASE)
    return tmp_path


@pytest.fixture
def linter(folder: Path) -> Linter:
    return Linter([folder / "base.yaml"])


def table(total: str = "3", unit: str | None = "人") -> dict[str, Any]:
    return {
        "perflint": "document/1",
        "organization": {"name": "某某镇人民政府"},
        "tables": [
            {
                "kind": "overall",
                "budget": {"total": total, "by_use": {"basic": "1", "project": "2"}},
                "indicators": [{"name": "甲", "unit": unit}],
            }
        ],
    }


def write(folder: Path, **tables: Mapping[str, Any]) -> list[Path]:
    paths = [folder / f"{name}.json" for name in tables]
    for path, data in zip(paths, tables.values(), strict=True):
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return paths


def found(report: Report) -> list[str]:
    return [f"{finding.rule} {finding.location.pointer}" for finding in report.findings]


def test_a_table_may_be_data_bytes_a_document_or_a_path(folder: Path, linter: Linter) -> None:
    data = table("4")
    (path,) = write(folder, a=data)
    documents: list[Any] = [data, json.dumps(data).encode(), build_document(data), path, str(path)]
    for document in documents:
        assert found(linter.check(document)) == ["PT101 /tables/0/budget/total"]


def test_what_is_no_document_raises(folder: Path, linter: Linter) -> None:
    documents: list[Any] = [{"tables": []}, b"{", folder / "missing.json"]
    for document in documents:
        with pytest.raises(DocumentError):
            linter.check(document)


def test_json_lines_give_one_report(folder: Path, linter: Linter) -> None:
    lines = [json.dumps(table("4")), "{broken", json.dumps(table(unit=None))]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = linter.check(folder / "a.jsonl")
    assert [finding.document.path for finding in report.findings] == [
        f"{folder}/a.jsonl#1",
        f"{folder}/a.jsonl#3",
    ]
    assert (report.documents, [error.line for error in report.errors]) == (2, [2])


def test_many_come_one_by_one_in_the_order_given(folder: Path, linter: Linter) -> None:
    one, two, three = write(folder, one=table("4"), two=table(), three=table(unit=None))
    missing = folder / "missing.json"
    reports = list(linter.check_many([three, one, missing, two]))
    assert list(map(found, reports)) == [
        ["PT401 /tables/0/indicators/0"],
        ["PT101 /tables/0/budget/total"],
        [],
        [],
    ]
    assert [[error.path for error in report.errors] for report in reports] == [[], [], [str(missing)], []]


def test_many_read_nothing_before_it_is_asked_for(folder: Path, linter: Linter) -> None:
    (path,) = write(folder, a=table("4"))
    reports = linter.check_many([path])
    path.unlink()
    assert [len(report.errors) for report in reports] == [1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_are_the_same_whatever_the_number_of_processes(folder: Path, linter: Linter, jobs: int) -> None:
    tables = {f"t{number:03}": table("3" if number % 3 else "4") for number in range(300)}
    paths = write(folder, **tables)
    reports = linter.check_many(paths, jobs=jobs)
    assert [bool(report.findings) for report in reports] == [not number % 3 for number in range(300)]


def test_a_run_is_the_same_whatever_the_number_of_processes(folder: Path, linter: Linter) -> None:
    write(folder, **{f"t{number:03}": table("3" if number % 3 else "4") for number in range(300)})
    serial, parallel = (linter.run(find_sources(["."]), jobs=jobs).report for jobs in (1, 2))
    assert (serial.documents, len(serial.findings)) == (300, 100)
    assert serial == parallel


def test_a_linter_survives_pickling(folder: Path, linter: Linter) -> None:
    copy = pickle.loads(pickle.dumps(linter))  # noqa: S301
    assert copy.check(table("4")) == linter.check(table("4"))


def test_threads_may_share_a_linter(linter: Linter) -> None:
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(linter.check, [table("4")] * 20))
    assert reports == [linter.check(table("4"))] * 20


def test_the_language_is_the_linters_whatever_is_spoken_around_it(folder: Path) -> None:
    english = Linter([folder / "base.yaml"], lang="en")
    with speaking("zh"):
        (finding,) = english.check(table("4")).findings
        with pytest.raises(DocumentError, match="lacks the field"):
            english.check({"tables": []})
    assert (finding.message, finding.lang) == ("the sum is 3, off by -1", "en")


def test_rules_are_selected_and_weighed(folder: Path) -> None:
    faulty = table("4", None)
    base = folder / "base.yaml"
    assert found(Linter([base], select=["arithmetic"]).check(faulty)) == ["PT101 /tables/0/budget/total"]
    assert found(Linter([base], ignore=["PT101"]).check(faulty)) == ["PT401 /tables/0/indicators/0"]
    report = Linter([base], severity={"PT101": "info"}).check(faulty)
    assert [finding.severity for finding in report.findings] == [Severity.INFO, Severity.WARNING]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"packs": ["nowhere"]}, PackError),
        ({"packs": ["./base.yaml"], "select": ["PT999"]}, ConfigError),
        ({"packs": ["./base.yaml"], "ignore": ["PT101", "PT401"]}, ConfigError),
        ({"packs": ["./base.yaml"], "severity": {"PT101": "fatal"}}, ConfigError),
        ({"packs": ["./base.yaml"], "lang": "fr"}, ConfigError),
        ({"packs": ["./base.yaml"], "engine": "magic"}, ConfigError),
        ({"packs": ["./base.yaml"], "baseline": "missing.jsonl"}, ConfigError),
        ({"packs": ["./base.yaml"], "suppressions": "missing.yaml"}, ConfigError),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_work_is_refused_when_the_linter_is_made(settings: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        Linter(**settings)


def test_both_engines_find_the_same(folder: Path, linter: Linter) -> None:
    reference = Linter([folder / "base.yaml"], engine="simpleeval")
    for data in (table(), table("4"), table("4", None)):
        assert reference.check(data) == linter.check(data)


def test_from_config_takes_the_settings_of_the_folder(folder: Path) -> None:
    (folder / "perflint.yaml").write_text(
        "packs: [./base.yaml]\nlang: en\nignore: [PT401]\nseverity: {PT101: warning}\n", encoding="utf-8"
    )
    (folder / "below").mkdir()
    report = Linter.from_config(folder / "below").check(table("4", None))
    assert [(finding.rule, finding.severity, finding.lang) for finding in report.findings] == [
        ("PT101", Severity.WARNING, "en")
    ]


def test_an_unknown_rule_id_in_the_configuration_is_told_with_its_place(folder: Path) -> None:
    (folder / "perflint.yaml").write_text("packs: [./base.yaml]\nselect: [PT999]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"perflint\.yaml:2:10: .*PT999"):
        Linter.from_config(folder)


class TestAuto:
    @pytest.fixture
    def shipped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """Let two packs be the ones that come with perflint: one for everybody, one for a county."""
        from perflint.pack import files, headers

        for name, text in {
            "base": packs.BASE,
            "county": packs.head("county", "CO", "base").replace(
                "title:", "applies_to: {divisions: ['430212'], organizations: [某某镇]}\n  title:"
            )
            + "override:\n  PT401: {severity: error, reason: 本县要求}\nrules:\n"
            + packs.rule("CO901", "own-rule"),
        }.items():
            (tmp_path / "rules" / name).mkdir(parents=True)
            (tmp_path / "rules" / name / "pack.yaml").write_text(text, encoding="utf-8")
        for cached in (files.shipped_folder, files.shipped_packs, headers.cached_headers):
            cached.cache_clear()
        monkeypatch.setattr(files, "shipped_folder", lambda: str(tmp_path / "rules"))
        yield tmp_path
        for cached in (files.shipped_packs, headers.cached_headers):
            cached.cache_clear()

    @pytest.mark.usefixtures("shipped")
    def test_a_pack_joins_in_for_its_documents_only(self) -> None:
        linter = Linter()
        ours, theirs = table(unit=None), {**table(unit=None), "organization": {"name": "别处乡人民政府"}}
        assert [(f.rule, f.severity.value) for f in linter.check(ours).findings] == [
            ("CO901", "warning"),
            ("PT401", "error"),
        ]
        assert [(f.rule, f.severity.value) for f in linter.check(theirs).findings] == [("PT401", "warning")]

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_one_report_holds_documents_of_different_packs(self, shipped: Path, jobs: int) -> None:
        for number in range(300):
            name = "某某镇人民政府" if number == 299 else "别处乡人民政府"
            data = {**table("4"), "organization": {"name": name}}
            (shipped / f"t{number:03}.json").write_text(json.dumps(data), encoding="utf-8")
        run = Linter().run(find_sources([str(shipped)]), jobs=jobs)
        counts = {count.rule: (count.selected, count.failed) for count in run.report.rules}
        assert counts == {"PT101": (300, 300), "PT401": (300, 0), "CO901": (1, 0)}
        assert [stamp.id for stamp in run.report.packs] == ["base", "county"]

    @pytest.mark.usefixtures("shipped")
    def test_a_rule_of_a_pack_that_may_join_in_can_be_selected(self) -> None:
        linter = Linter(select=["own-rule"])
        assert [finding.rule for finding in linter.check(table(unit=None)).findings] == ["CO901"]
        with pytest.raises(ConfigError, match="CO902"):
            Linter(select=["CO902"])


def test_a_crashing_rule_is_an_error_verdict_and_the_others_go_on(folder: Path) -> None:
    crash = packs.RULE.replace("PT101", "PT102").replace("ari-expenditure-sum", "crash")
    crash = crash.replace("abs(gap) <= params.tolerance", "1 / (budget.total - 3) > 0")
    packs.write(folder, crash=packs.HEAD + "rules:\n" + crash + packs.UNIT_RULE)
    report = Linter([folder / "crash.yaml"]).check(table("3", None))
    assert [(finding.rule, finding.verdict) for finding in report.findings] == [
        ("PT102", Verdict.ERROR),
        ("PT401", Verdict.FAIL),
    ]


def test_a_fault_of_perflint_in_one_document_is_its_error_and_the_others_go_on(
    folder: Path, linter: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_the_first(evaluation: Evaluation, *arguments: Any) -> Any:
        if evaluation.document.path == str(paths[0]):
            raise KeyError("gone")
        return build_findings(evaluation, *arguments)

    monkeypatch.setattr("perflint.linter.build_findings", fail_on_the_first)
    paths = write(folder, one=table("4"), two=table("4"))
    report = linter.run(find_sources(map(str, paths))).report
    (error,) = report.errors
    assert error.path == str(paths[0])
    assert "KeyError" in error.message
    assert found(report) == ["PT101 /tables/0/budget/total"]


@pytest.fixture(scope="module")
def shared_linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    folder = tmp_path_factory.mktemp("packs")
    packs.write(folder, base=packs.BASE)
    return Linter([folder / "base.yaml"])


@settings(max_examples=60, deadline=None)
@given(document=documents)
def test_any_document_gives_a_report_whose_ledger_adds_up(shared_linter: Linter, document: dict[str, Any]) -> None:
    report = shared_linter.check(document)
    assert report.documents == 1
    for count in report.rules:
        ended = (count.passed, count.failed, count.unknown, count.not_applicable, count.suppressed, count.error)
        assert count.selected == sum(ended)
        assert count.error == 0


@settings(max_examples=100, deadline=None)
@given(value=json_values)
def test_any_json_value_gives_a_report_or_an_error_of_ours(shared_linter: Linter, value: Any) -> None:
    with contextlib.suppress(DocumentError):
        shared_linter.check(write_json(value).encode("utf-8", "surrogatepass"))
