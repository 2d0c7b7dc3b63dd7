"""``python -m perflint``, and what the installed script calls: perflint as all that its process is for."""

from __future__ import annotations

import atexit
import os
import sys

from perflint.cli import main

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """Run perflint and end the process."""
    code = main()
    if _is_all_done():
        # To take apart what the system takes back anyway is a fiftieth of a short run.
        os._exit(code)
    sys.exit(code)


def _is_all_done() -> bool:
    """Return whether nothing waits for the end of the process, and all that was written has left it."""
    count_waiting = getattr(atexit, "_ncallbacks", None)
    watched = sys.gettrace() or sys.getprofile() or _is_monitored()
    if watched or sys.flags.inspect or sys.flags.dev_mode or "threading" in sys.modules:
        return False
    if count_waiting is None or count_waiting():
        return False
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except Exception:  # noqa: BLE001 - Python has words and an exit code for it
        return False
    return True


def _is_monitored() -> bool:
    """Return whether a profiler or the like listens in, in the way that Python 3.12 has brought."""
    monitoring = getattr(sys, "monitoring", None)
    return monitoring is not None and any(map(monitoring.get_tool, range(6)))


if __name__ == "__main__":
    run()
