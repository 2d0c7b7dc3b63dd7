"""Every measurement in turn, in a process of its own: ``python -m bench [--full] [NAME…]``, as in ``bench_NAME.py``.

``--full`` takes the sizes that the targets name.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

SCRIPTS = {path.stem.removeprefix("bench_"): path for path in sorted(Path(__file__).parent.glob("bench_*.py"))}

FULL = {"peers": ("1000",), "scale": ("20000", "100000", "20000")}

full = "--full" in sys.argv
chosen = [name for name in sys.argv[1:] if name != "--full"] or list(SCRIPTS)
if unknown := [name for name in chosen if name not in SCRIPTS]:
    sys.exit(f"no measurement {', '.join(unknown)}; there are {', '.join(SCRIPTS)}")
print(
    f"{datetime.now(tz=UTC).date()}, Python {platform.python_version()}, {platform.platform()}, "
    f"{os.cpu_count()} processors, simpleeval {version('simpleeval')}, jsonschema {version('jsonschema')}",
    flush=True,
)
for name in chosen:
    print(f"\n{SCRIPTS[name].name}", flush=True)
    subprocess.run([sys.executable, str(SCRIPTS[name]), *(FULL.get(name, ()) if full else ())], check=True)
