from __future__ import annotations

import ast
import importlib.util
import os
import pickle
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from packs import BASE, write

from perflint import store
from perflint.linter import Linter
from perflint.pack.load import load_packs
from perflint.pack.model import Rule
from perflint.pack.stored import recall_packs
from perflint.reading.form.load import find_form, load_forms
from perflint.record import Apart
from perflint.store import MAX_ENTRIES, OFF, read_entry, storing, write_entry


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(OFF, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "perflint"


def read(name: str, stamp: object = "stamp") -> Any:
    return read_entry(name, lambda found: bool(found == stamp))


def test_what_was_stored_is_found(folder: Path) -> None:
    write_entry("name", "stamp", {"value": 1})
    assert read("name") == {"value": 1}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_another_name_or_stamp_is_not_found() -> None:
    write_entry("name", "stamp", 1)
    assert (read("other"), read("name", "other")) == (None, None)


def test_nothing_is_stored_when_the_cache_is_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OFF, "1")
    write_entry("name", "stamp", 1)
    assert not folder.exists()


def test_nothing_is_read_or_stored_where_that_is_not_allowed(folder: Path) -> None:
    with storing(False):
        write_entry("name", "stamp", 1)
    assert not folder.exists()
    write_entry("name", "stamp", 1)
    with storing(False), storing(True):
        assert read("name") is None
    assert read("name") == 1


@pytest.mark.parametrize("damage", ["", "cut", "turned", "other"])
def test_a_damaged_entry_is_no_entry_and_is_written_anew(folder: Path, damage: str) -> None:
    write_entry("name", "stamp", "value")
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    changed = {"": b"", "cut": whole[:-5], "turned": whole[:-1] + b"x", "other": b"other"}[damage]
    file.write_bytes(changed)
    assert read("name") is None
    write_entry("name", "stamp", "value")
    assert read("name") == "value"


@pytest.fixture
def parts(folder: Path) -> list[Apart]:
    """Stored under a name, the last one damaged since."""
    parts = [Apart(b"first"), Apart(b"second")]
    write_entry("name", "stamp", parts)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    return parts


def test_parts_are_read_when_they_are_asked_for(folder: Path) -> None:
    write_entry("name", "stamp", [Apart(b"first"), Apart(b"second")])
    found = read("name")
    (file,) = folder.iterdir()
    file.unlink()  # another run may have written a new one meanwhile
    assert [bytes(part) for part in pickle.loads(pickle.dumps(found))] == [b"first", b"second"]  # noqa: S301
    write_entry("copy", "stamp", found)
    assert list(map(bytes, read("copy"))) == list(map(bytes, found)) == [b"first", b"second"]


def test_a_damaged_part_is_worked_out_anew_and_no_other_run_meets_it(folder: Path, parts: list[Apart]) -> None:
    first, second = read_entry("name", lambda _: True, lambda: parts)
    assert bytes(first) == b"first"
    assert stored(folder) == 1
    assert bytes(second) == b"second"
    assert stored(folder) == 0


@pytest.mark.usefixtures("parts")
def test_a_damaged_part_that_nobody_can_work_out_is_told(folder: Path) -> None:
    first, second = read("name")
    assert bytes(first) == b"first"
    with pytest.raises(ValueError, match="damaged"):
        bytes(second)
    assert stored(folder) == 0


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no list of open files")
@pytest.mark.usefixtures("parts")
def test_an_entry_is_closed_when_nobody_needs_it() -> None:
    before = len(os.listdir("/proc/self/fd"))
    found = read("name")
    assert len(os.listdir("/proc/self/fd")) == before + 1
    del found
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o755])
def test_a_folder_that_others_can_use_is_not_used(folder: Path, mode: int) -> None:
    write_entry("name", "stamp", "value")
    folder.chmod(mode)
    assert read("name") is None


def test_a_file_that_others_can_write_is_not_read(folder: Path) -> None:
    write_entry("name", "stamp", "value")
    (file,) = folder.iterdir()
    file.chmod(0o622)
    assert read("name") is None


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    write_entry("name", "stamp", "value")
    (file,) = folder.iterdir()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert read("name") is None
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    assert read("name") is None


def test_a_home_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    write_entry("name", "stamp", "value")
    assert read("name") is None


def test_what_cannot_be_stored_is_not(folder: Path) -> None:
    write_entry("name", "stamp", lambda: None)
    assert not folder.exists()


def test_old_entries_make_room(folder: Path) -> None:
    for number in range(MAX_ENTRIES + 3):
        write_entry(str(number), "stamp", number)
    assert len(list(folder.iterdir())) == MAX_ENTRIES
    assert read(str(MAX_ENTRIES + 2)) == MAX_ENTRIES + 2


def write_old(folder: Path, text: str) -> Path:
    path = write(folder, mine=text)["mine"]
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def stored(folder: Path) -> int:
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_a_pack_comes_back_as_it_was_loaded(folder: Path, tmp_path: Path) -> None:
    path = write_old(tmp_path, BASE)
    first, second = recall_packs([path]), recall_packs([path])
    assert stored(folder) == 1
    assert first == second == load_packs([path])
    trees = [
        [ast.dump(rule.checked.assert_.tree) for pack in packs for rule in pack.rules] for packs in (first, second)
    ]
    assert trees[0] == trees[1]


def look_deep(rule: Rule) -> tuple[Any, ...]:
    """Return what rules are not compared by."""
    return ast.dump(rule.checked.assert_.tree), rule.examples.all, dict(rule.places)


def test_a_pack_comes_back_whatever_part_of_its_entry_is_damaged(folder: Path, tmp_path: Path) -> None:
    path = write_old(tmp_path, BASE)
    (loaded,) = recall_packs([path])
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for at in range(0, len(whole), 97):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        (again,) = recall_packs([path])
        assert again == loaded
        assert list(map(look_deep, again.rules)) == list(map(look_deep, loaded.rules))


def test_a_changed_pack_is_read_again(tmp_path: Path) -> None:
    before = recall_packs([write_old(tmp_path, BASE)])
    after = recall_packs([write_old(tmp_path, BASE.replace("1.2.0", "1.3.0"))])
    assert [pack.version for pack in (*before, *after)] == ["1.2.0", "1.3.0"]


def test_a_change_that_keeps_size_and_date_is_noticed_at_any_time(tmp_path: Path) -> None:
    path = write_old(tmp_path, BASE)
    time.sleep(0.1)  # so that what the file system says of the file is trusted
    before = recall_packs([path])
    after = recall_packs([write_old(tmp_path, BASE.replace("1.2.0", "1.3.0"))])
    assert [pack.version for pack in (*before, *after)] == ["1.2.0", "1.3.0"]


def test_a_file_that_was_touched_and_says_the_same_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    path = write_old(tmp_path, BASE)
    first = recall_packs([path])
    written = [file.stat().st_mtime_ns for file in folder.iterdir()]
    os.utime(path, (1_100_000_000, 1_100_000_000))
    assert recall_packs([path]) == first
    assert [file.stat().st_mtime_ns for file in folder.iterdir()] == written


def test_a_pack_written_this_moment_is_not_stored(folder: Path, tmp_path: Path) -> None:
    recall_packs([write(tmp_path, mine=BASE)["mine"]])
    recall_packs([write(tmp_path, mine=BASE)["mine"]])
    assert stored(folder) == 0


def test_a_program_by_a_stored_plan_gives_the_same_report(folder: Path, tmp_path: Path) -> None:
    path = write_old(tmp_path, BASE)
    table = {"kind": "overall", "indicators": [{"name": "甲", "unit": None}, {"name": "乙", "unit": "人"}]}
    data = {"perflint": "document/1", "tables": [table]}
    first, second = Linter([path]).check(data), Linter([path]).check(data)
    assert stored(folder) == 2
    assert first == second
    assert first.findings


def write_form(folder: Path, word: str) -> Path:
    """Write a form template that has not changed for a while."""
    form = folder / "my-county.yaml"
    form.write_text(
        f"perflint: form/1\nform: {{id: my-county, extends: base}}\nheaders: {{name: [{word}]}}\n", encoding="utf-8"
    )
    old = time.time() - 60
    os.utime(form, (old, old))
    return form


def read_headers(form: Path) -> tuple[str, ...]:
    load_forms.cache_clear()
    return tuple(find_form(load_forms((form,)), "my-county").headers)[:1]


def test_forms_come_back_as_they_were_loaded_and_changed_ones_are_read_again(folder: Path, tmp_path: Path) -> None:
    form = write_form(tmp_path, "考核事项")
    load_forms.cache_clear()
    loaded = load_forms((form,))
    assert len(list(folder.iterdir())) == 1
    load_forms.cache_clear()
    assert load_forms((form,)) == loaded
    write_form(tmp_path, "考评事项")
    assert read_headers(form) == ("考评事项",)


def test_a_form_that_joins_a_folder_is_found_beside_stored_ones(tmp_path: Path) -> None:
    write_form(tmp_path, "考核事项")
    load_forms.cache_clear()
    before = {form.id for form in load_forms((tmp_path,))}
    other = write_form(tmp_path, "考核事项").read_text(encoding="utf-8").replace("my-county", "other")
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    load_forms.cache_clear()
    assert {form.id for form in load_forms((tmp_path,))} - before == {"other"}


def test_forms_are_neither_stored_nor_read_where_that_is_not_allowed(folder: Path, tmp_path: Path) -> None:
    form = write_form(tmp_path, "考核事项")
    with storing(False):
        assert read_headers(form) == ("考核事项",)
    assert not folder.exists()


def test_a_rule_that_crashes_does_so_by_a_stored_plan_too(folder: Path, tmp_path: Path) -> None:
    path = write_old(tmp_path, BASE.replace("abs(gap) <= params.tolerance", "1 / gap > 0"))
    budget = {"total": 3, "by_use": {"basic": 1, "project": 2}}
    data = {"perflint": "document/1", "tables": [{"kind": "overall", "budget": budget}]}
    first, second = Linter([path], lang="en").check(data), Linter([path], lang="en").check(data)
    assert stored(folder) == 2
    assert first == second
    assert "the rule crashed: DivisionByZero" in first.findings[0].message


ROOMS = {path.parent.name for path in Path(store.__file__).parent.glob("*/__init__.py")}
MAKE_NO_ENTRIES = {"commands", "config", "document", "reading", "render", "report"}


@pytest.mark.parametrize("room", sorted({".", "reading/cell", "reading/form"} | ROOMS - MAKE_NO_ENTRIES))
def test_entries_of_another_code_do_not_count(room: str, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("copy_of_store", tmp_path / "store.py")
    assert spec is not None
    assert spec.loader is not None
    (tmp_path / "store.py").write_bytes(Path(store.__file__).read_bytes())
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    (tmp_path / room).mkdir(parents=True, exist_ok=True)
    before = copy.describe_code()
    (tmp_path / room / "changed.py").touch()
    assert copy.describe_code() != before
