"""Where a finding is, as tools want it: a file with forward slashes, a URI, a line."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from perflint.finding import Finding
from perflint.pattern import LazyPattern

_LINE_OF_JSONL = LazyPattern(r"#[0-9]+$")
_DRIVE = LazyPattern(r"[A-Za-z]:[\\/]")


def name_file(finding: Finding) -> str | None:
    """Return the path of the file, without the ``#N`` of a JSON-lines file: the line says the same."""
    return strip_path(finding.document.path, has_line=finding.location.line is not None)


def strip_path(path: str | None, *, has_line: bool) -> str | None:
    """Return *path* with forward slashes and without ``./``; ``#N`` goes when a line is known."""
    if path is None:
        return None
    path = _LINE_OF_JSONL.sub("", path) if has_line else path
    path = PureWindowsPath(path).as_posix() if _DRIVE.match(path) or "\\" in path else path
    return str(PurePosixPath(path))


def is_absolute(path: str) -> bool:
    """Return whether *path*, with forward slashes, starts at a root or a drive."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def build_uri(path: str) -> str:
    """Return *path* as a URI reference: relative where the path is relative, else ``file:``."""
    # Imported here: only formats with URIs need it.
    from urllib.parse import quote

    text = path.encode("utf-8", "replace").decode("utf-8")
    if not is_absolute(path):
        # A colon in the first segment would read as a scheme.
        return quote(text, safe="/").replace("%3A", ":") if ":" not in text.split("/")[0] else "./" + quote(text)
    return "file://" + quote("/" + text.lstrip("/"), safe="/:")
