"""Every measurement in turn, each in a process of its own: ``python -m bench [NAME…]``, as in ``bench_NAME.py``."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

SCRIPTS = {path.stem.removeprefix("bench_"): path for path in sorted(Path(__file__).parent.glob("bench_*.py"))}

chosen = sys.argv[1:] or list(SCRIPTS)
if unknown := [name for name in chosen if name not in SCRIPTS]:
    sys.exit(f"no measurement {', '.join(unknown)}; there are {', '.join(SCRIPTS)}")
print(
    f"{datetime.now(tz=UTC).date()}, Python {platform.python_version()}, {platform.platform()}, "
    f"{os.cpu_count()} processors, simpleeval {version('simpleeval')}, jsonschema {version('jsonschema')}",
    flush=True,
)
for name in chosen:
    print(f"\n{SCRIPTS[name].name}", flush=True)
    subprocess.run([sys.executable, str(SCRIPTS[name])], check=True)
