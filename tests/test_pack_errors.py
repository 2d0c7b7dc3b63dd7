"""What a rule author reads: a broken pack a file in ``cases/pack-errors``, its messages beside it in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from perflint.errors import PackError
from perflint.language import speaking
from perflint.pack.load import load_pack

CASES = Path(__file__).parent / "cases" / "pack-errors"
NAMES = sorted(path.stem for path in CASES.glob("[!_]*.yaml"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_pack_error_messages(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(CASES)
    with speaking(language), pytest.raises(PackError) as caught:
        load_pack(Path(f"{name}.yaml"))
    told = f"{caught.value}\n"
    expected = CASES / f"{name}.{language}.txt"
    if request.config.getoption("--golden", default=False):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_tell_the_same_places(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    places = []
    for language in ("zh", "en"):
        with speaking(language), pytest.raises(PackError) as caught:
            load_pack(Path(f"{name}.yaml"))
        places.append([(problem.path, problem.line, problem.column) for problem in caught.value.problems])
    assert places[0] == places[1]
