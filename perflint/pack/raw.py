"""A pack as written: its files read, their shape checked, nothing resolved yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perflint.bounded import read_written
from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.oserror import explain
from perflint.pack.deferred import cut_examples
from perflint.pack.files import MAIN_FILE, list_files, list_form_files
from perflint.pack.model import Place
from perflint.pack.requirement import is_requirement, meets_requirement
from perflint.pack.shape import Fault, check_shape
from perflint.pack.strict_yaml import YamlFile, parse_yaml
from perflint.record import dataclass, field
from perflint.version import VERSION

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

# What this perflint reads.
MARKER, MODEL = "pack/1", "document/1"
_PARAM = re.compile(r"\bparams\s*\.\s*([a-z][a-z0-9_]*)")
# What makes a rule the rule it is.
_LOGIC = [(key,) for key in ("for_each", "when", "needs", "let", "assert", "at")]
_SNIFF = 4096
_BESIDE_KEYS = ("perflint", "$schema", "rules")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRule:
    """One rule as written.

    Attributes:
        sound: Its shape is right, so that its keys may be read without a second look.
    """

    file: YamlFile
    index: int
    written: Mapping[str, Any]
    sound: bool

    @property
    def id(self) -> str:
        """The id; of an unsound rule too, as far as it has one."""
        return str(self.written.get("id", ""))

    def texts(self) -> Iterator[str]:
        """Yield every expression, and the messages with their placeholders."""
        written = self.written
        yield from (written[key] for key in ("when", "assert", "at") if key in written)
        yield from written.get("needs", ())
        yield from written.get("let", {}).values()
        yield from written.get("message", {}).values()

    def params_used(self) -> frozenset[str]:
        """Return the names of the parameters that the rule mentions."""
        return frozenset(name for text in self.texts() for name in _PARAM.findall(text))

    def path(self, *steps: str | int) -> tuple[str | int, ...]:
        """Return the path of a part of the rule in its file."""
        return ("rules", self.index, *steps)


@dataclass(slots=True, kw_only=True)
class RawPack:
    """One pack as written.

    Attributes:
        location: The file or folder.
        main: The file that describes the pack.
        bad: Paths of two steps at most (``("vocab", "units")``) below which the main file is unsound.
        sha256: Hash of the names and bytes of its files.
    """

    location: Path
    main: YamlFile
    files: tuple[YamlFile, ...]
    rules: tuple[RawRule, ...]
    bad: frozenset[tuple[str | int, ...]]
    sha256: str
    parents: list[str] = field(default_factory=list)

    @property
    def about(self) -> Mapping[str, Any]:
        """The block ``pack``."""
        about: Mapping[str, Any] = self.main.root["pack"]
        return about

    @property
    def id(self) -> str:
        """The id."""
        return str(self.about["id"])

    @property
    def version(self) -> str | None:
        """The version, None if it is not one."""
        return self._sound_text("version")

    @property
    def prefix(self) -> str | None:
        """What the ids of its rules start with, None if that is no prefix."""
        return self._sound_text("prefix")

    def _sound_text(self, key: str) -> str | None:
        text = self.about.get(key)
        return text if isinstance(text, str) and ("pack", key) not in self.bad else None

    @property
    def main_folder(self) -> Path:
        """The folder that paths in the pack start from."""
        return Path(self.main.path).parent

    def form_files(self) -> list[Path]:
        """Return the form templates of the pack, by name; none if the pack is a single file."""
        return [Path(form) for form in list_form_files(str(self.location))]

    def part(self, key: str) -> Mapping[str, Any]:
        """Return the sound entries of a top-level mapping of the main file."""
        written = self.main.root.get(key)
        if not isinstance(written, dict) or (key,) in self.bad:
            return {}
        return {name: value for name, value in written.items() if (key, name) not in self.bad}

    def place(self, path: Sequence[str | int], *, on_key: bool = True, reason: str | None = None) -> Place:
        """Return where a part of the main file stands."""
        return make_place(self.main, path, self.id, on_key=on_key, reason=reason)


def make_place(
    file: YamlFile, path: Sequence[str | int], pack: str, *, on_key: bool = True, reason: str | None = None
) -> Place:
    """Return where the key (or value) at *path* stands, as set by *pack*."""
    line, column = file.place(path, on_key=on_key)
    return Place(file=file.path, line=line, column=column, pack=pack, reason=reason)


def read_pack(location: Path, problems: list[Problem], *, thorough: bool) -> RawPack | None:
    """Return the pack at *location*, None if it is too broken to say who it is.

    Args:
        problems: Everything wrong with its files is appended.
        thorough: Whether the examples of its rules are read too, and stray files looked for.
    """
    sources: list[tuple[Path, bytes]] = []
    files: list[YamlFile] = []
    for path in _find_files(location, problems, thorough=thorough):
        if (source := _read_bytes(path, problems)) is not None:
            sources.append((path, source))
            if (file := _parse(path, source, problems, thorough=thorough)) is not None:
                files.append(file)
    main = next((file for file in files if file.path == str(_main_file(location))), None)
    if main is not None and (unmet := list(_unmet_requirements(main))):
        problems.extend(unmet)  # and nothing else: what a newer perflint reads would only be misread here
        return None
    bad = {file.path: _check_file(file, problems, is_main=file is main) for file in files}
    if main is None or not _is_known(main, problems):
        return None
    rules = tuple(rule for file in files for rule in _rules_of(file, bad[file.path]))
    digest = _digest(sources)
    return RawPack(location=location, main=main, files=tuple(files), rules=rules, bad=bad[main.path], sha256=digest)


def _unmet_requirements(main: YamlFile) -> Iterator[Problem]:
    """Yield a problem for each thing that this perflint is too old, or too new, for."""
    root = main.root if isinstance(main.root, dict) else {}
    required = _mapping(_mapping(root.get("pack")).get("requires"))
    marker, wanted, model = root.get("perflint"), required.get("perflint"), required.get("model")
    if _is_other(marker, MARKER):
        message = say(f"格式是 {marker}，现用的 perflint 只读 {MARKER}", f"the format is {marker}, this reads {MARKER}")
        yield main.problem(message, ("perflint",), hint=_update())
    if isinstance(wanted, str) and is_requirement(wanted) and not meets_requirement(VERSION, wanted):
        message = say(f"需要 perflint {wanted}，现用 {VERSION}", f"needs perflint {wanted}, this is {VERSION}")
        yield main.problem(message, ("pack", "requires", "perflint"), hint=_update())
    if _is_other(model, MODEL):
        message = say(f"需要文档模型 {model}，现用 {MODEL}", f"needs the document model {model}, this is {MODEL}")
        yield main.problem(message, ("pack", "requires", "model"), hint=_update())


def _update() -> str:
    return say("升级 perflint：pip install -U budget-perflint", "update perflint: pip install -U budget-perflint")


def _is_other(written: Any, known: str) -> bool:
    """Return whether *written* is another version of the format *known*, rather than no format at all."""
    name = known.partition("/")[0]
    return isinstance(written, str) and written != known and re.fullmatch(rf"{name}/[0-9]+", written) is not None


def _mapping(written: Any) -> Mapping[str, Any]:
    return written if isinstance(written, dict) else {}


def _main_file(location: Path) -> Path:
    return location / MAIN_FILE if location.is_dir() else location


def _find_files(location: Path, problems: list[Problem], *, thorough: bool) -> list[Path]:
    """Return the files of a pack, none if its main file is missing."""
    files = [Path(file) for file in list_files(str(location))]
    if location.is_dir() and location / MAIN_FILE not in files:
        message = say(f"文件夹里没有 {MAIN_FILE}", f"the folder holds no {MAIN_FILE}")
        inner = sorted(path.parent.name for path in location.glob(f"*/{MAIN_FILE}"))
        hint = (
            say(f"里面有规则包：{'、'.join(inner)}", f"there are packs inside: {', '.join(inner)}") if inner else None
        )
        problems.append(Problem(message=message, path=str(location), hint=hint))
        return []
    if thorough:
        problems.extend(_stray_files(location))
    return files


def _stray_files(location: Path) -> Iterator[Problem]:
    """Yield a problem for each pack file in a subfolder, where its rules would be silently left out."""
    for path in sorted(location.glob("*/**/*.y*ml")):
        if path.is_file() and _is_pack_file(path):
            message = say("规则文件不能放在子文件夹里", "a pack file must not lie in a subfolder")
            hint = say(f"移到 {location} 里", f"move it to {location}")
            yield Problem(message=message, path=str(path), hint=hint)


def _is_pack_file(path: Path) -> bool:
    with path.open("rb") as file:
        return b"perflint: pack/1" in file.read(_SNIFF)


def _read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        return read_written(path)
    except OSError as error:
        message = say(f"读不了：{explain(error)}", f"cannot read: {explain(error)}")
        problems.append(Problem(message=message, path=str(path)))
        return None


def _parse(path: Path, source: bytes, problems: list[Problem], *, thorough: bool) -> YamlFile | None:
    try:
        return parse_yaml(source, path=str(path)) if thorough else _parse_without_examples(path, source)
    except PackError as error:
        problems.extend(error.problems)
        return None


def _parse_without_examples(path: Path, source: bytes) -> YamlFile:
    try:
        text, cut = cut_examples(source.decode("utf-8-sig"))
        file = parse_yaml(text, path=str(path))
    except (UnicodeDecodeError, PackError):
        return parse_yaml(source, path=str(path))  # the faults, or the lack of them, of the text as it is
    rules = file.root.get("rules") if isinstance(file.root, dict) else None
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and rule.get("examples", cut) is None:
            line = rule.marks["examples"][0].start_mark.line  # type: ignore[attr-defined]
            rule["examples"] = cut.get(line)
    return file


def _check_file(file: YamlFile, problems: list[Problem], *, is_main: bool) -> frozenset[tuple[str | int, ...]]:
    """Append what is wrong with the shape of a file; return the paths of the unsound parts, two steps at most."""
    if not isinstance(file.root, dict):
        message = say("这不是规则包", "this is not a rule pack")
        hint = say("以 perflint: pack/1 开头", "it starts with perflint: pack/1")
        problems.append(Problem(message=message, path=file.path, line=1, hint=hint))
        return frozenset({()})
    faults = list(check_shape(file.root))
    if not is_main:
        faults.extend(_misplaced_keys(file))
    problems.extend(to_problem(file, fault) for fault in faults)
    return frozenset(fault.path[:2] for fault in faults)


def _misplaced_keys(file: YamlFile) -> Iterator[Fault]:
    for key in file.root:
        if key not in _BESIDE_KEYS and not key.startswith("x-"):
            message = say(f"“{key}”只能写在 {MAIN_FILE} 里", f"'{key}' belongs in {MAIN_FILE}")
            yield Fault(path=(key,), message=message, on_key=True)
    if "rules" not in file.root:
        yield Fault(path=(), message=say("缺少“rules”（规则）", "'rules' is missing"))


def to_problem(file: YamlFile, fault: Fault) -> Problem:
    """Return *fault* with its place, led by the id of the rule it is in."""
    if fault.on_key and fault.path[:1] == ("override",) and fault.path[2:] in _LOGIC:
        return _logic_problem(file, fault)
    message = rule_label(file, fault.path) + fault.message
    return file.problem(message, fault.path, on_key=fault.on_key, hint=fault.hint)


def _logic_problem(file: YamlFile, fault: Fault) -> Problem:
    _, rule, key = fault.path
    message = say(f"不能改动规则的逻辑“{key}”", f"the logic of a rule cannot be overridden: '{key}'")
    hint = say(f"请另写一条规则，注明 replaces: {rule}", f"write a rule of your own with replaces: {rule}")
    return file.problem(message, fault.path, on_key=True, hint=hint)


def rule_label(file: YamlFile, path: Sequence[str | int]) -> str:
    """Return how a message about a part of a rule starts, empty outside the rules."""
    if len(path) < 2 or path[0] != "rules":
        return ""
    rule = file.root["rules"][path[1]]
    name = rule.get("id") or rule.get("name") if isinstance(rule, dict) else None
    return say(f"规则 {name}：", f"rule {name}: ") if isinstance(name, str) else ""


def _is_known(main: YamlFile, problems: list[Problem]) -> bool:
    about = main.root.get("pack") if isinstance(main.root, dict) else None
    if about is None and isinstance(main.root, dict):
        problems.append(main.problem(say("缺少“pack”（包的信息）", "'pack' (about the pack) is missing")))
    return isinstance(about, dict) and isinstance(about.get("id"), str)


def _rules_of(file: YamlFile, bad: frozenset[tuple[str | int, ...]]) -> Iterator[RawRule]:
    rules = file.root.get("rules") if isinstance(file.root, dict) else None
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(rule, dict):
            yield RawRule(file=file, index=index, written=rule, sound=("rules", index) not in bad)


def _digest(sources: list[tuple[Path, bytes]]) -> str:
    digest = hashlib.sha256()
    for path, source in sources:
        digest.update(f"{path.name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()
