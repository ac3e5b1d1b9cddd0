"""Where things are in this checkout, and whether they changed since they were last prepared."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gwa"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def state_directory() -> Path:
    """Return the folder that holds the data, the keys and the logs of this installation."""
    return Path(os.environ.get("GWA_STATE_DIR") or ROOT / ".gwa").absolute()


def make_state(folder: Path) -> None:
    """Make a state folder that others cannot list; as root, PostgreSQL's user may pass through."""
    for part in (state_directory(), folder):
        part.mkdir(parents=True, exist_ok=True)
        if part.stat().st_uid == os.geteuid():  # another's is refused with a remedy, elsewhere
            part.chmod(0o711 if os.geteuid() == 0 else 0o700)


def hash_files(files: Iterable[Path], *also: str) -> str:
    """Return one short fingerprint of the content of `files` and of the words in `also`."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for word in also:
        digest.update(word.encode() + b"\0")
    return digest.hexdigest()[:16]


def is_stamped(stamp: Path, fingerprint: str) -> bool:
    """Tell whether the work that `stamp` stands for was already done for this fingerprint."""
    return stamp.is_file() and stamp.read_text() == fingerprint


def write_stamp(stamp: Path, fingerprint: str) -> None:
    """Remember that the work was done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)


def has_command(name: str) -> bool:
    """Tell whether a module of the project offers this management command."""
    return any(SOURCE.glob(f"**/management/commands/{name}.py"))
