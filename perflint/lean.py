"""The C parts of the standard library that every run needs, without the Python modules around them.

``hashlib`` loads OpenSSL, ``pickle`` its own twin in Python and ``re``, as ``json`` does too, and ``signal`` makes
enumerations of all numbers: each costs up to a tenth of a start, and some MiB.
Where a Python keeps these parts elsewhere, the modules themselves are used.
"""

from __future__ import annotations

from types import SimpleNamespace

__all__ = [
    "Pickler",
    "PicklingError",
    "Unpickler",
    "UnpicklingError",
    "build_scanner",
    "build_writer",
    "dumps",
    "loads",
    "quote",
    "quote_ascii",
    "scan_string",
    "sha256",
    "signal",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Callable
    from hashlib import sha256
    from json.decoder import scanstring as scan_string  # type: ignore[attr-defined]
    from json.encoder import encode_basestring as quote
    from json.encoder import encode_basestring_ascii as quote_ascii
    from pickle import Pickler, PicklingError, Unpickler, UnpicklingError, dumps, loads
    from typing import Any, NoReturn


def _speak_up(scan: Callable[[str, int], Any]) -> Callable[[str, int], Any]:
    """Return *scan* of ``_json``, which without ``json.decoder`` at hand has no words for what is wrong with a text."""

    def scan_aloud(text: str, at: int) -> Any:
        try:
            return scan(text, at)
        except SystemError:
            import json.decoder  # noqa: F401 - the words

            return scan(text, at)

    return scan_aloud


if not TYPE_CHECKING:
    try:
        from _sha2 import sha256  # Python 3.12 and newer
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256
    try:
        from _pickle import Pickler, PicklingError, Unpickler, UnpicklingError, dumps, loads
    except ImportError:
        from pickle import Pickler, PicklingError, Unpickler, UnpicklingError, dumps, loads
    try:
        import _signal as signal
    except ImportError:
        import signal
    try:
        from _json import encode_basestring as quote
        from _json import encode_basestring_ascii as quote_ascii
        from _json import scanstring

        scan_string = _speak_up(scanstring)
    except ImportError:
        from json.decoder import scanstring as scan_string
        from json.encoder import encode_basestring as quote
        from json.encoder import encode_basestring_ascii as quote_ascii


def build_writer() -> Callable[[Any], str]:
    """Return a function of plain JSON values, with texts for keys: the text of them in one line."""
    try:
        from _json import make_encoder
    except ImportError:
        from json import JSONEncoder

        return JSONEncoder(ensure_ascii=False, check_circular=False).encode
    encode = make_encoder(None, _refuse, quote, None, ": ", ", ", False, False, True)
    return lambda value: "".join(encode(value, 0))


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


_NO_HOOKS = {"strict": True, "object_hook": None, "object_pairs_hook": None}


def build_scanner(
    *,
    parse_float: Callable[[str], Any],
    parse_int: Callable[[str], Any],
    parse_constant: Callable[[str], Any],
    **hooks: Any,
) -> Callable[[str, int], tuple[Any, int]]:
    """Return ``scan_once`` of a ``json.JSONDecoder``: (text, offset of a value) → (the value, the offset behind it).

    What it returns raises ``ValueError`` where the text is not JSON, ``StopIteration`` where no value begins.
    """
    hooks |= {"parse_float": parse_float, "parse_int": parse_int, "parse_constant": parse_constant}
    try:
        from _json import make_scanner
    except ImportError:
        from json import JSONDecoder

        return JSONDecoder(**hooks).scan_once  # type: ignore[attr-defined,no-any-return]
    return _speak_up(make_scanner(SimpleNamespace(**{**_NO_HOOKS, **hooks})))  # type: ignore[arg-type]
