"""Findings as bytes, for the way between processes, at a small part of what pickling the objects would cost.

What findings share (documents, places, cells, texts) is written once, and is shared again when they are unpacked.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Sequence
from operator import attrgetter

from perflint.finding import Cell, DocumentIdentity, Finding, Location, Severity, Suppression, Verdict
from perflint.record import field_names

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

_Record: TypeAlias = "tuple[Any, ...]"


def pack_findings(findings: Sequence[Finding]) -> bytes:
    """Return *findings* as bytes for ``unpack_findings`` of the same version of perflint."""
    if not findings:
        return b""
    known: dict[int, _Record] = {}
    return marshal.dumps([_pack(finding, known) for finding in findings])


def unpack_findings(packed: bytes) -> list[Finding]:
    """Return what was packed, in the same order."""
    if not packed:
        return []
    known: dict[int, Any] = {}
    # Only ever what another process of this same run has written.
    return [_unpack(record, known) for record in marshal.loads(packed)]  # noqa: S302


def pack_values(values: Sequence[Any]) -> bytes:
    """Return *values*, documents or problems, as bytes for ``unpack_values`` of the same version of perflint."""
    if not values:
        return b""
    import pickle  # most runs need none

    return pickle.dumps(tuple(values), pickle.HIGHEST_PROTOCOL)


def unpack_values(packed: bytes) -> list[Any]:
    """Return what was packed, in the same order."""
    if not packed:
        return []
    import pickle  # most runs need none

    # Only ever what this same run has written.
    return list(pickle.loads(packed))  # noqa: S301


def _pack(finding: Finding, known: dict[int, _Record]) -> _Record:
    return (
        *_plain(finding),
        finding.severity.value,
        finding.verdict.value,
        dict(finding.values),
        _pack_one(_identity, finding.document, known),
        _pack_one(_location, finding.location, known),
        tuple(_pack_one(_location, location, known) for location in finding.related),
        tuple(_pack_one(_cell, cell, known) for cell in finding.row),
        _suppression(finding.suppressed) if finding.suppressed is not None else None,
    )


def _pack_one(fields: Callable[[Any], _Record], value: Any, known: dict[int, _Record]) -> _Record:
    record = known.get(id(value))
    if record is None:
        record = known[id(value)] = fields(value)
    return record


def _unpack(record: _Record, known: dict[int, Any]) -> Finding:
    *plain, severity, verdict, values, document, location, related, row, suppressed = record
    return Finding(
        **dict(zip(_PLAIN, plain, strict=True)),
        severity=Severity(severity),
        verdict=Verdict(verdict),
        values=values,
        document=_unpack_one(DocumentIdentity, document, known),
        location=_unpack_one(Location, location, known),
        related=tuple(_unpack_one(Location, location, known) for location in related),
        row=tuple(_unpack_one(Cell, cell, known) for cell in row),
        suppressed=_unpack_one(Suppression, suppressed, known) if suppressed is not None else None,
    )


def _unpack_one(kind: type[Any], record: _Record, known: dict[int, Any]) -> Any:
    value = known.get(id(record))
    if value is None:
        value = known[id(record)] = kind(**dict(zip(_FIELDS[kind], record, strict=True)))
    return value


_PLAIN = ("rule", "name", "pack", "tags", "message", "lang", "fix", "fingerprint", "group")
_FIELDS = {kind: field_names(kind) for kind in (Cell, DocumentIdentity, Location, Suppression)}
_plain = attrgetter(*_PLAIN)
_cell, _identity, _location, _suppression = (attrgetter(*names) for names in _FIELDS.values())
