"""The project's Python packages: `.venv`, filled by uv from the locked list."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from launcher import machine, node
from launcher.processes import clean_environment, run
from launcher.project import PYTHON, ROOT, VENV, hash_files, is_stamped, write_stamp
from launcher.talk import LiveLine, Stop, step

# Debian's Python has `venv` without what fills it, until python3.N-venv is installed.
_HAS_PIP = "import ensurepip; ensurepip.version()"


def prepare(*, for_developers: bool) -> None:
    """Install what is missing in `.venv`; at once when the locked list has not changed."""
    node_group = [] if node.find_on_machine() else ["--group", "node"]
    locked = [ROOT / "uv.lock", ROOT / "pyproject.toml"]
    fingerprint = hash_files(locked, str(ROOT), *map(str, sys.version_info[:2]), *node_group)
    stamp = VENV / ("gwa-developers" if for_developers else "gwa-demo")
    if _is_venv_whole() and is_stamped(stamp, fingerprint):
        return
    machine.check_disk(ROOT, 1.5)
    groups = node_group + ([] if for_developers else ["--no-group", "dev"])
    with step("Paquets Python", "Python packages") as line:
        uv = _find_uv() or _install_uv(line)
        run(
            # Inexact: the demonstration keeps the tools a developer has installed.
            [uv, "sync", "--frozen", "--inexact", "--python", _choose_python(), *groups],
            env=_uv_environment(),
            line=line,
            what="uv sync",
        )
    for name in ("gwa-developers", "gwa-demo") if for_developers else ("gwa-demo",):
        write_stamp(VENV / name, fingerprint)


def _is_venv_whole() -> bool:
    """Tell whether `.venv` runs: its Python may have been removed, or the folder moved."""
    imported = [str(PYTHON), "-c", "import gwa"]
    return PYTHON.exists() and not subprocess.run(imported, cwd="/", capture_output=True).returncode


def _choose_python() -> Path:
    return PYTHON if PYTHON.exists() else Path(sys.executable)


def _uv_environment() -> dict[str, str]:
    """Return how uv works here: the machine's certificates, packages linked from its cache and
    compiled once, for all who start them and may not write there.
    """
    cache = Path(os.environ.get("UV_CACHE_DIR") or Path.home() / ".cache")
    while not cache.exists():
        cache = cache.parent
    is_one_disk = cache.stat().st_dev == ROOT.stat().st_dev
    return clean_environment(
        UV_PROJECT_ENVIRONMENT=str(VENV),
        UV_LINK_MODE="hardlink" if is_one_disk else "copy",
        UV_SYSTEM_CERTS="1",
        UV_COMPILE_BYTECODE="1",
    )


def _locked_uv() -> tuple[str, list[str]]:
    """Return the version of uv in the lock file and the hashes of its files."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    uv = next(package for package in packages if package["name"] == "uv")
    return uv["version"], [file["hash"] for file in [uv["sdist"], *uv["wheels"]]]


def _find_uv() -> Path | None:
    """Return a uv that reads our lock file, from `.venv` or from the machine."""
    wanted = tuple(map(int, _locked_uv()[0].split(".")))
    for program in (VENV / "bin" / "uv", shutil.which("uv")):
        if program is None or not Path(program).exists():
            continue
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, cwd="/")
        version = re.search(r"(\d+)\.(\d+)\.(\d+)", answer.stdout)
        if version and tuple(map(int, version.groups())) >= wanted:
            return Path(program)
    return None


def _install_uv(line: LiveLine) -> Path:
    """Make `.venv` with this Python and put uv in it, its hash checked."""
    if subprocess.run([sys.executable, "-c", _HAS_PIP], capture_output=True).returncode:
        machine.install_package(f"python3.{sys.version_info.minor}-venv")
    run([sys.executable, "-m", "venv", "--clear", VENV], line=line, what="python -m venv")
    version, hashes = _locked_uv()
    wanted = VENV / "uv-requirement.txt"
    wanted.write_text(f"uv=={version} " + " ".join(f"--hash={one}" for one in hashes) + "\n")
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "install"]
    run(
        [PYTHON, *pip, "--require-hashes", "--no-deps", "-r", wanted],
        line=line,
        what="pip install uv",
    )
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        raise Stop("uv n'a pas été installé dans .venv.", "uv was not installed in .venv.")
    return uv
