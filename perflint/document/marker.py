"""Is this file meant as a perflint document? Asked of every JSON file in a folder before it is read."""

from __future__ import annotations

from perflint.document.decoding import decode_text
from perflint.document.limits import Limits
from perflint.document.walk import Walk
from perflint.errors import DocumentError

_UNBOUNDED = Limits(size=2**62)
# What most documents begin with: they need no reading to be known.
_USUAL = (b'{"perflint":"document/', b'{"perflint": "document/', b'{\n  "perflint": "document/')
_MARKER = rb'"perflint"\s*:\s*"document\\?/'


def is_document(source: bytes) -> bool:
    """Tell whether *source* is a JSON object with ``"perflint": "document/…"`` among its own members.

    Any version counts, so that a file of a newer one is refused aloud and not passed over. For the same reason a file
    that is broken counts when the marker stands anywhere in it.
    """
    if source.startswith(_USUAL):
        return True
    if b"perflint" not in source and b"\\u00" not in source and b"\x00" not in source:
        return False
    try:
        text = decode_text(source, path=None, limits=_UNBOUNDED)
        marker = Walk(text).read_member("perflint")
    except (DocumentError, ValueError, StopIteration, IndexError, RecursionError):
        import re  # hardly any file is broken

        return re.search(_MARKER, source) is not None
    return isinstance(marker, str) and marker.startswith("document/")
