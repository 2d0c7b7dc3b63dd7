from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import pytest
from packs import HEAD, rule, write

from perflint.engine import watchdog
from perflint.engine.watchdog import watch
from perflint.errors import EvaluationError
from perflint.linter import Linter
from perflint.reading import read
from perflint.reading.container import contents
from perflint.sources import Source

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="only POSIX can interrupt"),
    # An interruption that comes while garbage is collected, as in the clock that hypothesis sets around that, is
    # dropped with a warning; the next one ends the work, which is what is asked here.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# Three loops over the rows of a table, one of them that of the rule itself, and no index to look anything up in.
HEAVIER = "stated(a.weight) and stated(b.weight) and stated(weight) and a.weight > b.weight + weight + 9999"
SLOW = f"not stated(unit) or any({HEAVIER} for a in table.indicators for b in table.indicators)"


def _work_for(seconds: float) -> None:
    """Take so much time of the processor."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def spin() -> None:
    while True:
        try:
            while True:
                pass
        except Exception as error:  # noqa: BLE001 - as the generated code does around a rule
            pytest.fail(f"taken for a crash: {error!r}")


def test_what_takes_too_long_is_interrupted_and_no_rule_swallows_that() -> None:
    with pytest.raises(EvaluationError, match=r"0\.02 秒"), watch(0.02):
        spin()


def test_what_ends_just_when_its_time_is_over_is_given_up_or_left_alone_and_nothing_else() -> None:
    before, given_up = signal.getsignal(signal.SIGPROF), 0
    for count in range(2000):
        try:
            with watch(0.001):
                for _ in range(30 * (count % 1000)):
                    pass
        except EvaluationError:
            given_up += 1
        assert (signal.getitimer(signal.ITIMER_PROF)[0], signal.getsignal(signal.SIGPROF)) == (0, before)
    assert given_up < 2000


def test_what_is_done_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with watch(60):
        done = sum(range(10))
    assert (done, signal.getitimer(signal.ITIMER_PROF)[0], signal.getsignal(signal.SIGPROF)) == (45, 0, before)


def test_to_wait_for_a_busy_machine_is_no_fault_of_the_document() -> None:
    with watch(0.05):
        time.sleep(0.1)


def test_another_thread_runs_without_a_limit() -> None:
    done: list[int] = []

    def work() -> None:
        with watch(0.01):
            _work_for(0.05)
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]


def test_a_clock_of_somebody_else_is_left_alone() -> None:
    signal.setitimer(signal.ITIMER_PROF, 60)
    try:
        with watch(0.01):
            _work_for(0.03)
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 50
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def test_a_hostile_document_stops_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "rules:\n" + rule("PT401", "slow").replace("assert: stated(unit)", f"assert: {SLOW}")
    pack = write(tmp_path, mine=text)["mine"]
    rows = ", ".join(f'{{"name": "{n}", "unit": "人", "weight": {n}}}' for n in range(3000))
    (tmp_path / "a.json").write_text(f'{{"perflint": "document/1", "tables": [{{"indicators": [{rows}]}}]}}')
    (tmp_path / "b.json").write_text('{"perflint": "document/1", "tables": [{"indicators": [{"name": "1"}]}]}')
    monkeypatch.setattr(watchdog, "SECONDS", 0.3)
    linter = Linter([pack])
    report = linter.run([Source(str(tmp_path / name)) for name in ("a.json", "b.json")]).report
    assert [(problem.path, problem.message) for problem in report.errors] == [
        (str(tmp_path / "a.json"), "规则运行超过 0.3 秒，已中止")
    ]
    assert report.documents == 1


class _Swallows:
    """Works on while it is thrown away, when whatever is raised is dropped."""

    def __del__(self) -> None:
        _work_for(0.05)


def _throw_away_and_work_on() -> None:
    swallows = _Swallows()
    del swallows
    _work_for(5)


def test_a_limit_that_is_reached_while_garbage_is_collected_ends_the_work_all_the_same() -> None:
    with pytest.raises(EvaluationError), watch(0.02):
        _throw_away_and_work_on()


def _write_dump(path: Path) -> Path:
    """Write a table that takes a good part of a second to read."""
    rows = [f"产出指标\t数量指标\t第{at}段养护里程\t≥{at}公里" for at in range(1, 1500)]
    path.write_text("\n".join(["项目支出绩效目标表", "一级指标\t二级指标\t三级指标\t指标值", *rows]), encoding="utf-8")
    return path


def test_a_file_that_takes_too_long_to_read_is_an_error_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "SECONDS", 0.05)
    slow = _write_dump(tmp_path / "slow.txt")
    good = tmp_path / "good.json"
    good.write_text('{"perflint": "document/1", "tables": [{"indicators": [{"name": "1"}]}]}', encoding="utf-8")
    report = Linter(packs=["cn-core"]).run([Source(str(slow)), Source(str(good))]).report
    told = [(error.path, error.message) for error in report.errors]
    assert told == [(str(slow), "读这个文件用了超过 0.05 秒，已中止，没有读")]
    assert report.documents == 1


def test_a_file_that_is_read_in_time_is_read_whole(tmp_path: Path) -> None:
    document = read(_write_dump(tmp_path / "table.txt"))
    assert len(document.data["tables"][0]["indicators"]) == 1499
