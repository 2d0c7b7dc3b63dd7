"""Bytes → ``Document``: strict JSON, exact decimals, line and column on demand. Knows no rules.

loading     the ways in                       model       ``Document``, which holds what came of it
lines       … one document a line             marker      is it meant as a document?
decoding    bytes → text                      strict      text → plain data, fast
diagnosis   what is wrong with a text         advice      … and what to do about it
shape       what is wrong with the data       values      Python values → plain data
position    JSON Pointer → line and column    brace, walk … the quick way and the sure way
writing     plain data → JSON text again

Each name is loaded when it is first used: most runs read whole files that are named.
"""

from __future__ import annotations

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.document.limits import LIMITS, Limits
    from perflint.document.lines import Line, parse_documents, parse_line, split_lines
    from perflint.document.loading import build_document, load_document, parse_document
    from perflint.document.marker import is_document
    from perflint.document.model import Document
    from perflint.document.pointer import join_pointer, split_pointer
    from perflint.document.position import Span
    from perflint.document.writing import write_data

__all__ = [
    "LIMITS",
    "Document",
    "Limits",
    "Line",
    "Span",
    "build_document",
    "is_document",
    "join_pointer",
    "load_document",
    "parse_document",
    "parse_documents",
    "parse_line",
    "split_lines",
    "split_pointer",
    "write_data",
]

_HOMES = {
    **dict.fromkeys(("LIMITS", "Limits"), "limits"),
    **dict.fromkeys(("Line", "parse_documents", "parse_line", "split_lines"), "lines"),
    **dict.fromkeys(("build_document", "load_document", "parse_document"), "loading"),
    "is_document": "marker",
    "Document": "model",
    **dict.fromkeys(("join_pointer", "split_pointer"), "pointer"),
    "Span": "position",
    "write_data": "writing",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'perflint.document' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"perflint.document.{home}"), name)
    globals()[name] = value
    return value
