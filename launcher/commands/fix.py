"""`./gwa fix`: mend what a machine can mend."""

import argparse
import subprocess

from launcher import prepare
from launcher.project import PYTHON, ROOT

SUMMARY = "corrige le style du code · mend the code's style"


def describe(parser: argparse.ArgumentParser) -> None:
    """Take no option."""


def run(options: argparse.Namespace) -> int:
    """Sort, mend and format."""
    prepare.prepare_code(for_developers=True)
    mended = subprocess.run([PYTHON, "-m", "ruff", "check", "--fix", "."], cwd=ROOT).returncode
    subprocess.run([PYTHON, "-m", "ruff", "format", "."], cwd=ROOT, check=True)
    return mended
