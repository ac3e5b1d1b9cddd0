"""What this machine offers and refuses: rights, disk, ports, packages of the distribution."""

import errno
import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

from launcher.project import ROOT, state_directory
from launcher.talk import Stop, step

_GIBIBYTE = 1024**3


def is_root() -> bool:
    """Tell whether we may install packages and change user."""
    return os.geteuid() == 0


def user_name() -> str:
    """Return the name of the present user, or its number where it has no name."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def check_folder(folder: Path) -> None:
    """Refuse a folder where we cannot write, and say how to mend it."""
    if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return
    raise Stop(
        f"Le dossier {folder} n'est pas accessible en lecture et écriture à {user_name()} ; "
        f"corrigez : sudo chown -R {user_name()} {folder}",
        f"The folder {folder} cannot be read and written by {user_name()}.",
    )


def check_disk(folder: Path, gibibytes: float) -> None:
    """Refuse to start what the disk cannot hold."""
    free = shutil.disk_usage(folder).free / _GIBIBYTE
    if free < gibibytes:
        raise Stop(
            f"Disque presque plein : {free:.1f} Gio libres dans {folder}, "
            f"il en faut {gibibytes:.1f}.",
            f"Disk almost full: {free:.1f} GiB free, {gibibytes:.1f} needed.",
        )


def is_port_free(host: str, port: int) -> bool:
    """Tell whether a server could listen here."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise Stop(
                f"L'adresse {host}:{port} n'existe pas sur cette machine.",
                f"The address {host}:{port} does not exist on this machine.",
            ) from error
    return True


def find_free_port(host: str, first: int) -> int:
    """Return the first free port from `first` on."""
    for port in range(first, min(first + 50, 65536)):
        if is_port_free(host, port):
            return port
    raise Stop(
        f"Aucun port libre entre {first} et {first + 49} ; choisissez-en un avec --port.",
        f"No free port between {first} and {first + 49}; choose one with --port.",
    )


def install_package(package: str) -> None:
    """Install a package of the distribution as root; otherwise say the command to run."""
    command = f"apt-get install -y --no-install-recommends {package}"
    if not is_root() or shutil.which("apt-get") is None:
        raise Stop(
            f"Il manque un paquet du système ; lancez : sudo {command}",
            f"A system package is missing; run: sudo {command}",
        )
    with step(f"Paquet du système {package}", "system package"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["apt-get", "update"], command.split()):
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment
            )
        if done.returncode:
            raise explain(done.stdout + done.stderr) or Stop(
                f"Le paquet {package} n'a pas pu être installé ; essayez : {command}",
                f"The package {package} could not be installed; try: {command}",
                detail=done.stderr,
            )


_NETWORK_SIGNS = (
    "temporary failure in name resolution",
    "temporary failure resolving",
    "failed to resolve",
    "could not resolve",
    "name or service not known",
    "dns error",
    "error sending request",
    "failed to fetch",
    "network is unreachable",
    "newconnectionerror",
    "connection refused",
    "connecttimeout",
    "enotfound",
    "eai_again",
    "econnrefused",
    "etimedout",
    "enetunreach",
)


def explain(output: str) -> Stop | None:
    """Return the clear sentence for a failure whose cause shows in its output, or None."""
    text = output.lower()
    if "no space left on device" in text or "enospc" in text:
        return full_disk()
    if any(sign in text for sign in _NETWORK_SIGNS):
        return Stop(
            "Le réseau ne répond pas : la première installation télécharge des paquets ; "
            "vérifiez la connexion (ou le proxy) et relancez, rien n'est perdu.",
            "The network does not answer: the first installation downloads packages. "
            "Check the connection (or proxy) and run the command again.",
            detail="\n".join(output.splitlines()[-5:]),
        )
    return None


def full_disk() -> Stop:
    """Return the sentence for a disk without room: the fullest of those we write to."""
    places = [folder for folder in (ROOT, state_directory(), Path("/tmp")) if folder.exists()]  # noqa: S108
    free, folder = min((shutil.disk_usage(folder).free, folder) for folder in places)
    is_it = free < _GIBIBYTE  # otherwise it is one that only the command knows
    return Stop(
        f"{f'Le disque de {folder}' if is_it else 'Un disque'} est plein ; "
        "faites de la place et relancez.",
        f"{f'The disk of {folder}' if is_it else 'A disk'} is full; make room and run again.",
    )


def explain_os_error(error: OSError) -> Stop:
    """Return the clear sentence for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full_disk()
    where = error.filename or "?"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Stop(
            f"{user_name()} n'a pas le droit d'écrire ou de lire {where}.",
            f"{user_name()} may not write or read {where}.",
        )
    return Stop(f"{where} : {error.strerror or error}", f"{where}: {error.strerror or error}")
