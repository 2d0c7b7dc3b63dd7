"""The C parts of the standard library that every run needs, without the Python modules around them.

``hashlib`` loads OpenSSL, ``pickle`` its own twin in Python and ``re``: each costs a tenth of a start, and some MiB.
Where a Python keeps these parts elsewhere, the modules themselves are used.
"""

from __future__ import annotations

__all__ = ["PicklingError", "UnpicklingError", "blake2b", "dumps", "loads", "sha256"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b, sha256
    from pickle import PicklingError, UnpicklingError, dumps, loads
else:
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    try:
        from _sha2 import sha256  # Python 3.12 and newer
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256
    try:
        from _pickle import PicklingError, UnpicklingError, dumps, loads
    except ImportError:
        from pickle import PicklingError, UnpicklingError, dumps, loads
