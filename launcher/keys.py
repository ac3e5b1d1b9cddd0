"""The secrets of an installation, made once and readable by their owner only."""

import base64
import json
import os
import secrets
from pathlib import Path

from launcher.talk import Stop


def read_or_make(state: Path) -> dict[str, str]:
    """Return the installation's secrets as environment variables, making them the first time.

    A server gives its own by the environment; there, none is ever made.
    """
    if all(os.environ.get(name) for name in ("GWA_SECRET_KEY", "GWA_DATA_KEYS")):
        return {name: os.environ[name] for name in ("GWA_SECRET_KEY", "GWA_DATA_KEYS")}
    if os.environ.get("GWA_MODE") == "production":
        raise Stop(
            "GWA_SECRET_KEY et GWA_DATA_KEYS doivent être donnés par le fichier de clés du serveur "
            "(docs/operate/cles.md) : une clé nouvelle ne lirait pas les données anciennes.",
            "GWA_SECRET_KEY and GWA_DATA_KEYS must come from the server's key file.",
        )
    file = state / "keys.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    if not kept:
        kept = {
            "GWA_SECRET_KEY": secrets.token_urlsafe(48),
            "GWA_DATA_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        write_private(file, json.dumps(kept, indent=1))
    return {name: os.environ.get(name) or value for name, value in kept.items()}


def read_environment_file() -> None:
    """Take the variables of the file that `GWA_ENV_FILE` names; those already set win.

    The same file serves systemd: one `NAME=value` a line, quotes allowed.
    """
    name = os.environ.get("GWA_ENV_FILE")
    if not name:
        return
    found = {}
    for number, line in enumerate(Path(name).read_text().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        variable, equals, value = line.strip().partition("=")
        if not equals:
            raise Stop(
                f"{name}, ligne {number} : il faut NOM=valeur.",
                f"{name}, line {number}: NAME=value expected.",
            )
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[variable.strip()] = value
    for variable, value in found.items():
        os.environ.setdefault(variable, value)


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.write(text)
        output.flush()
        os.fsync(output.fileno())
    draft.replace(file)
