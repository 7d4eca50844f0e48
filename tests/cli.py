"""Running the command line in tests: in this process, or as a real one from another folder."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

import geo
from geo.cli import root

__all__ = ["ENVIRONMENT", "PROGRAM", "dateline", "on_terminal", "process"]

PROGRAM = [sys.executable, "-m", "geo"]
# Warnings are errors there too; the folder that the package is read from is not the one that the tests run in.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(geo.__file__).parents[1]), "PYTHONWARNINGS": "error"}


def dateline(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """A command in this process; exceptions that the command line lets through are raised."""
    return CliRunner().invoke(root, [str(each) for each in arguments], input=stdin, catch_exceptions=False)


def process(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A command as a process of its own."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env=ENVIRONMENT | environment,
    )


def on_terminal(*arguments: str, cwd: Path, **environment: str) -> bytes:
    """What a command shows where standard output and error are a terminal."""
    ours, theirs = pty.openpty()
    kept = {key: value for key, value in ENVIRONMENT.items() if key != "NO_COLOR"} | {"TERM": "xterm"}
    shown = b""
    with subprocess.Popen(
        [*PROGRAM, *arguments], cwd=cwd, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=kept | environment
    ):
        os.close(theirs)
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # how Linux says that nobody writes to a terminal any more
            os.close(ours)
    return shown
