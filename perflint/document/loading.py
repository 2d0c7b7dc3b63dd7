"""Bytes, Python dicts → ``Document``, or a ``DocumentError`` that says what to mend."""

from __future__ import annotations

from collections.abc import Mapping

from perflint.document.decoding import check_size, check_values, decode_text
from perflint.document.limits import LIMITS, Limits
from perflint.document.model import Document
from perflint.document.pointer import join_pointer
from perflint.document.position import Locator
from perflint.document.strict import FaultsError, check_depth, parse_json
from perflint.errors import DocumentError, Problem
from perflint.language import say
from perflint.schema._gate import check_shape

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.document.diagnosis import Fault
    from perflint.schema.explain import ShapeFault


def parse_document(source: bytes | str, *, path: str | None = None, limits: Limits = LIMITS) -> Document:
    """Read one document from JSON text: strict syntax, exact numbers, the shape of ``document/1``.

    Args:
        source: UTF-8, or UTF-16 and UTF-32 with a byte order mark; or text.
        path: What to call the source in messages.

    Raises:
        DocumentError: Every fault of the syntax up to the one that ends the reading, or every fault of the shape.
    """
    return parse_part(source, path=path, file=path, line=1, limits=limits)


def parse_part(source: bytes | str, *, path: str | None, file: str | None, line: int, limits: Limits) -> Document:
    """Read a document that starts on *line* of *file*; *path* is what the document itself is called."""
    text = _get_text(source, file=file, line=line, limits=limits)
    check_values(text, path=file, limits=limits, line=line)
    try:
        parsed = parse_json(text, limits)
        conforms = check_shape(parsed.data)
        # The shape itself is shallow: only a member of one's own, or a wrong one, can be deep.
        if not conforms or parsed.escapes or '"x-' in text:
            check_depth(parsed.data, text, limits)
    except FaultsError as error:
        from perflint.document.shape import count_rest  # most documents are sound

        problems = [_place_fault(fault, text, file, line) for fault in error.faults]
        raise DocumentError(problems + count_rest(error.rest)) from None
    locator = Locator(text, parsed.data, parsed.finished, first_line=line)
    if not conforms:
        from perflint.document.shape import refuse_shape

        refuse_shape(
            parsed.data, limits=limits, place=lambda fault: _place_shape_fault(fault, text, locator, file, line)
        )
    return Document(parsed.data, path=path, locator=locator)


def build_document(data: Mapping[str, Any], *, path: str | None = None, limits: Limits = LIMITS) -> Document:
    """Build a document from Python values: ints, floats and Decimals become exact decimals; *data* is not changed.

    A float counts as what ``repr`` prints: ``0.1`` is one tenth.

    Raises:
        DocumentError: A value that JSON cannot hold, a limit exceeded, or every fault of the shape.
    """
    from perflint.document.values import build_values  # most documents come as text

    values = build_values(data, path=path, limits=limits)
    if not check_shape(values):
        from perflint.document.shape import refuse_shape

        refuse_shape(values, limits=limits, place=lambda fault: _name_shape_fault(fault, path))
    return Document(values, path=path)


def _get_text(source: bytes | str, *, file: str | None, line: int, limits: Limits) -> str:
    if not isinstance(source, str):
        return decode_text(source, path=file, limits=limits, line=line)
    from perflint.document.surrogate import is_encodable  # most documents come as bytes

    check_size(len(source), path=file, limits=limits)
    if not is_encodable(source):
        message = say("文字里有半个代理对（U+D800–U+DFFF）", "the text holds half a surrogate pair (U+D800–U+DFFF)")
        raise DocumentError(Problem(message=message, path=file))
    return source.removeprefix("\ufeff")


def _place_fault(fault: Fault, text: str, file: str | None, line: int) -> Problem:
    from perflint.document.excerpt import build_problem

    return build_problem(
        text,
        fault.start,
        width=fault.width,
        message=fault.message,
        hint=fault.hint,
        path=file,
        pointer=fault.pointer,
        first_line=line,
    )


def _place_shape_fault(fault: ShapeFault, text: str, locator: Locator, file: str | None, line: int) -> Problem:
    from perflint.document.excerpt import build_problem

    pointer = join_pointer(fault.path)
    entry = locator.find_member(pointer)
    start, end = (entry.key_start, entry.key_end) if fault.at_key else (entry.start, entry.end)
    width = 1 if text[start] in "{[" else end - start
    return build_problem(
        text, start, width=width, message=fault.message, hint=fault.hint, path=file, pointer=pointer, first_line=line
    )


def _name_shape_fault(fault: ShapeFault, path: str | None) -> Problem:
    """Without a text the pointer has to say where it is."""
    pointer = join_pointer(fault.path)
    message = f"{pointer}: {fault.message}" if pointer else fault.message
    return Problem(message=message, path=path, hint=fault.hint, pointer=pointer)
