"""perflint.yaml, or [tool.perflint] in pyproject.toml → ``Config``: what a project has settled for its runs.

The nearest file upwards counts, alone: configurations are not merged. Every mistake is an error with its place, since
a setting that is silently not read looks exactly like one that works.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from decimal import Decimal

from perflint.bounded import read_written
from perflint.errors import ConfigError, PackError, Problem
from perflint.finding import Severity
from perflint.language import say
from perflint.record import dataclass, field
from perflint.typed import Protocol

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from perflint.pack.shape import Fault

# Stands among packs for those that join in by division code or organization.
AUTO = "auto"
YAML_NAME = "perflint.yaml"
TOML_NAME = "pyproject.toml"
_MOST_PROBLEMS = 50  # spelt out; the rest are counted
# Lies beside the configuration or the data.
SUPPRESSIONS_NAME = "perflint-suppressions.yaml"
# Names that people expect to work. Reading past them would leave their settings without effect and without a word.
_NEAR_MISSES = ("perflint.yml", ".perflint.yaml", ".perflint.yml", "perflint.toml", ".perflint.toml", "perflint.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a project; what is None or empty is not set.

    Attributes:
        path: The file they come from; None for no configuration.
        packs: Pack ids, ``auto``, or paths, which are joined to the folder of the file.
        files, baseline, suppressions: Paths, joined likewise.
        exclude: Patterns of names or of paths relative to ``folder``.
        select, ignore: Rule ids, names or tags.
        severity: Severity by rule id or name.
        output: File by format, joined likewise.
        jobs: Number of processes; 0 for as many as there are processors.
        cache: Whether loaded packs may be kept for later runs; yes unless False.
    """

    path: str | None = None
    packs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: str | None = None
    fail_on_unknown: bool | None = None
    lang: str | None = None
    format: str | None = None
    output: Mapping[str, str] = field(default_factory=dict)
    baseline: str | None = None
    suppressions: str | None = None
    jobs: int | None = None
    cache: bool | None = None
    _source: Written | None = field(default=None, repr=False, compare=False)

    @property
    def folder(self) -> str:
        """The folder of the file, ``.`` without one."""
        return os.path.dirname(self.path or "") or "."

    def problem(self, message: str, key: str, entry: str, hint: str | None = None) -> Problem:
        """Return a problem with *entry* of the list or mapping *key*, placed where it is written."""
        if self._source is None:
            return Problem(message=message, hint=hint, path=self.path)
        written = self._source.root[key]
        if isinstance(written, list):
            return self._source.problem(message, (key, written.index(entry)), hint=hint)
        return self._source.problem(message, (key, entry), on_key=True, hint=hint)


class Written(Protocol):
    """A configuration as read from its file, able to say where each part stands."""

    @property
    def root(self) -> Any: ...

    def problem(
        self, message: str, path: tuple[str | int, ...] = (), *, on_key: bool = False, hint: str | None = None
    ) -> Problem:
        """Return a problem at the value, or the key, at *path*."""


def find_config(folder: str | Path = ".") -> Config:
    """Return the configuration nearest to *folder*: in it or in the closest folder above; an empty one if none is.

    Raises:
        ConfigError: It cannot be read or holds mistakes, two files of one folder configure perflint, or a file has a
            name that looks right but is not.
    """
    place = os.path.abspath(folder)
    while (found := _find_in(place)) is None:
        above = os.path.dirname(place)
        if above == place:
            return Config()
        place = above
    return load_config(_relative_to_here(found))


def load_config(path: str | Path) -> Config:
    """Return the configuration in the file *path*, a YAML file or a TOML file with the table ``tool.perflint``.

    Raises:
        ConfigError: It cannot be read, or every mistake in it.
    """
    written = _read(str(path))
    faults = list(_check(written.root))
    problems = [written.problem(f.message, f.path, on_key=f.on_key, hint=f.hint) for f in faults[:_MOST_PROBLEMS]]
    if len(faults) > len(problems):
        others = len(faults) - len(problems)
        problems.append(Problem(message=say(f"还有 {others} 处", f"{others} more"), path=str(path)))
    if problems:
        raise ConfigError(problems)
    return _build(written, str(path))


def _find_in(folder: str) -> str | None:
    near = next(filter(os.path.isfile, (os.path.join(folder, name) for name in _NEAR_MISSES)), None)
    if near is not None:
        message = say("这个名字的配置不会被读取", "a configuration of this name is not read")
        hint = say(f"改名为 {YAML_NAME}", f"rename it to {YAML_NAME}")
        raise ConfigError(Problem(message=message, path=_relative_to_here(near), hint=hint))
    candidates = [path for name in (YAML_NAME, TOML_NAME) if _configures(path := os.path.join(folder, name))]
    if len(candidates) > 1:
        message = say(f"{YAML_NAME} 和 {TOML_NAME} 都有配置", f"both {YAML_NAME} and {TOML_NAME} configure perflint")
        hint = say("只留一处", "keep one of them")
        raise ConfigError(Problem(message=message, path=_relative_to_here(folder), hint=hint))
    return candidates[0] if candidates else None


def _configures(path: str) -> bool:
    if not os.path.isfile(path) and not os.path.islink(path):  # a link that leads nowhere is told
        return False
    return os.path.basename(path) != TOML_NAME or b"tool.perflint" in _read_bytes(path)


def _relative_to_here(path: str) -> str:
    """Return *path* as a person standing in the current folder would write it."""
    shown = os.path.relpath(path)
    return path if shown.count("..") > 3 else shown


def _read_bytes(path: str) -> bytes:
    try:
        return read_written(path)
    except OSError as error:
        from perflint.oserror import explain  # a misfortune

        message = say(f"读不了配置：{explain(error)}", f"cannot read the configuration: {explain(error)}")
        raise ConfigError(Problem(message=message, path=path)) from None


def _read(path: str) -> Written:
    source = _read_bytes(path)
    # Imported here: most runs have no configuration, and each of the two brings a parser with it.
    if path.endswith(".toml"):
        from perflint.config.toml import parse_toml

        return parse_toml(source, path=path)
    from perflint.pack.strict_yaml import parse_yaml

    try:
        return parse_yaml(source, path=path)
    except PackError as error:
        raise ConfigError(error.problems) from None


def _check(root: Any) -> Iterable[Fault]:
    from perflint.pack.shape import Fault, check_shape

    if root is None:
        return ()
    faults = list(check_shape(root, schema="config-1"))
    jobs = root.get("jobs") if isinstance(root, dict) else None
    if isinstance(jobs, Decimal) and (jobs < 1 or jobs != jobs.to_integral_value()):
        message = say(f"“jobs”不能是 {jobs}", f"'jobs' cannot be {jobs}")
        hint = say("正整数，或 auto", "a positive whole number, or auto")
        faults.append(Fault(path=("jobs",), message=message, hint=hint))
    return faults


def _build(written: Written, path: str) -> Config:
    root: Mapping[str, Any] = written.root or {}
    folder = os.path.dirname(path)

    def join(text: str | None) -> str | None:
        return None if text is None else os.path.normpath(os.path.join(folder, text))

    def join_all(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(os.path.normpath(os.path.join(folder, text)) for text in texts)

    jobs = root.get("jobs")
    return Config(
        path=path,
        packs=tuple(_join_pack(folder, pack) for pack in root.get("packs", ())),
        files=join_all(root.get("files", ())),
        exclude=tuple(root.get("exclude", ())),
        select=tuple(root.get("select", ())),
        ignore=tuple(root.get("ignore", ())),
        severity={name: Severity(level) for name, level in root.get("severity", {}).items()},
        fail_on=root.get("fail_on"),
        fail_on_unknown=root.get("fail_on_unknown"),
        lang=root.get("lang"),
        format=root.get("format"),
        output={name: os.path.normpath(os.path.join(folder, to)) for name, to in root.get("output", {}).items()},
        baseline=join(root.get("baseline")),
        suppressions=join(root.get("suppressions")),
        cache=root.get("cache"),
        jobs=None if jobs is None else 0 if jobs == "auto" else int(jobs),
        _source=written,
    )


def _join_pack(folder: str, pack: str) -> str:
    from perflint.pack.files import is_path

    if not is_path(pack):
        return pack
    joined = os.path.normpath(os.path.join(folder, pack))
    return joined if is_path(joined) else os.path.join(".", joined)
