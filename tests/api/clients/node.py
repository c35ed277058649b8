"""Runs what the developers' node modules hold."""

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
MODULES: Final = ROOT / "node_modules"
EXAMPLES: Final = ROOT / "docs/partners"
NOWHERE: Final = "http://127.0.0.1:9"
"""An address at which nobody listens."""


def node(*command: str | Path) -> str:
    """Runs a program of the developers' node modules and returns what it prints."""
    assert MODULES.is_dir(), "The node modules are missing: make browser installs them."
    done = subprocess.run(["node", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
