"""Every measurement in turn, each in a process of its own."""

from __future__ import annotations

import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

print(f"Python {platform.python_version()}, {platform.platform()}, simpleeval {version('simpleeval')}", flush=True)
for script in sorted(Path(__file__).parent.glob("bench_*.py")):
    print(f"\n{script.name}", flush=True)
    subprocess.run([sys.executable, str(script)], check=True)
