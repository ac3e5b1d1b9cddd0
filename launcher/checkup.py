"""The checks of `./gwa doctor`: each returns sentences about one part of an installation."""

import os
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from launcher.database import OLDEST, query, server_version
from launcher.environment import Addresses, as_owner, has_server, manage
from launcher.project import ROOT, has_command
from launcher.talk import Stop

# Below, statistics of the planner leak rows that policies hide (CVE-2025-8713).
_OLDEST_MINOR = {15: 14, 16: 10, 17: 6}
_LOW_GIBIBYTES = 5
_QUESTIONS = (
    (
        "check_protection",
        "Chaque table personnelle est protégée par zone",
        "Des lignes peuvent échapper aux limites de zone",
    ),
    (
        "check_data_keys",
        "Les clés de données sont celles de cette base",
        "Les clés de données ne sont pas celles de cette base",
    ),
    (
        "verify_journal",
        "Les sceaux du journal sont intacts",
        "Le journal n'est pas tel qu'il a été scellé",
    ),
)
_WHO_AM_I = """
SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user
"""
_LATE_JOBS = """
SELECT count(*) FROM procrastinate_jobs j
WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now() AND EXISTS (
    SELECT FROM procrastinate_events e
    WHERE e.job_id = j.id AND e.type = 'deferred' AND e.at < now() - interval '10 minutes')
"""
_LIVE_WORKERS = """
SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'
"""
# What an installation wants before anybody can work in it: found by what, mended by what.
_FIRST_STEPS = (
    (
        "Un administrateur peut inviter les autres",
        "Personne ne peut encore inviter les autres",
        "SELECT count(*) FROM accounts_user u JOIN accounts_profile p ON p.id = u.profile_id "
        "WHERE u.is_active AND u.joined_at IS NOT NULL "
        "AND 'accounts.manage_accounts' = ANY(p.rights)",
        "./gwa manage invite_administrator IDENTIFIANT ADRESSE 'NOM COMPLET'",
    ),
    (
        "Un découpage est chargé",
        "Aucune zone : il manque un découpage",
        "SELECT count(*) FROM zones_zone",
        "./gwa zones import … (docs/operate/installation.md)",
    ),
    (
        "Un dictionnaire des variables est en service",
        "Aucun dictionnaire des variables n'est en service",
        "SELECT count(*) FROM variables_dictionaryversion WHERE status = 'published'",
        "./gwa manage load_dictionary --publish",
    ),
)
_SHOW_SQL = "./gwa doctor --sql montre le SQL à lancer en administrateur de PostgreSQL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about the installation, and what to do when it is not good."""

    state: Literal["good", "warning", "bad"]
    sentence: str
    remedy: str = ""


def check_machine(state: Path) -> list[Finding]:
    """Look at the disk, the keys and the clock."""
    return [check_disk(state), *check_keys(state), *check_clock()]


def check_disk(state: Path) -> Finding:
    """Warn while there is still time to make room."""
    free = shutil.disk_usage(state).free / 1024**3
    sentence = f"Disque : {free:.1f} Gio libres dans {state}"
    if free < _LOW_GIBIBYTES:
        return Finding("bad" if free < 1 else "warning", sentence, "Faites de la place.")
    return Finding("good", sentence)


def check_keys(state: Path) -> list[Finding]:
    """See that nobody else on the machine can read the keys."""
    files = [state / "keys.json", state / "demo-accounts.json"]
    if os.environ.get("GWA_ENV_FILE"):
        files.append(Path(os.environ["GWA_ENV_FILE"]))
    findings = []
    for file in filter(Path.exists, files):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o007 or (mode & 0o070 and file.suffix == ".json"):
            findings.append(
                Finding("bad", f"{file} est lisible par d'autres ({mode:o})", f"chmod 600 {file}")
            )
        else:
            findings.append(Finding("good", f"{file} n'est lisible que par son propriétaire"))
    return findings


def check_clock() -> list[Finding]:
    """See that the clock is kept by the network: seals and second factors depend on it."""
    if time.time() < (ROOT / "uv.lock").stat().st_mtime - 86400:
        return [Finding("bad", "L'horloge retarde de plus d'un jour", "timedatectl set-ntp true")]
    if shutil.which("timedatectl") is None or not has_server():
        return []
    words = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    answer = subprocess.run(words, capture_output=True, text=True).stdout.strip()
    if answer == "no":
        return [Finding("warning", "L'horloge n'est pas synchronisée", "timedatectl set-ntp true")]
    return [Finding("good", "L'horloge est synchronisée")] if answer == "yes" else []


def check_server(addresses: Addresses) -> list[Finding]:
    """Look at PostgreSQL's version, the database's form and the three roles."""
    return [
        check_version(server_version(addresses.owner)),
        check_encoding(addresses),
        *check_roles(addresses),
        check_ownership(addresses),
    ]


def check_version(number: int) -> Finding:
    """Judge a version as PostgreSQL numbers it: 150018 is 15.18."""
    major, minor = divmod(number, 10000)
    if major < OLDEST:
        return Finding("bad", f"PostgreSQL {major} est trop ancien", "Il faut 15 ou plus récent.")
    oldest = _OLDEST_MINOR.get(major, 0)
    if minor < oldest:
        return Finding(
            "bad",
            f"PostgreSQL {major}.{minor} a une faille qui montre des lignes protégées",
            f"Passez à {major}.{oldest} ou plus récent (CVE-2025-8713).",
        )
    return Finding("good", f"PostgreSQL {major}.{minor}")


def check_encoding(addresses: Addresses) -> Finding:
    """See that the database keeps every letter."""
    encoding = query(addresses.owner, "SHOW server_encoding")
    if encoding != "UTF8":
        return Finding("bad", f"La base est en {encoding}", "Recréez-la en UTF8, puis restaurez.")
    return Finding("good", "La base est en UTF8")


def check_roles(addresses: Addresses) -> list[Finding]:
    """See that no role can do more than its part."""
    findings = []
    for url in (addresses.owner, addresses.application):
        name, *flags = query(url, _WHO_AM_I).split("|")
        words = ("SUPERUSER", "BYPASSRLS", "CREATEROLE")
        excess = [word for word, flag in zip(words, flags, strict=True) if flag == "t"]
        if excess:
            sentence = f"Le rôle {name} a {', '.join(excess)} : les murs ne tiennent plus"
            remedy = f"ALTER ROLE {name} {' '.join('NO' + word for word in excess)};\n{_SHOW_SQL}"
            findings.append(Finding("bad", sentence, remedy))
        else:
            findings.append(Finding("good", f"Le rôle {name} n'a que ses droits"))
    return findings + check_backup_role(addresses)


def check_backup_role(addresses: Addresses) -> list[Finding]:
    """See that backups read everything: a dump under policies is silently empty."""
    if not addresses.backup:
        return [Finding("warning", "Pas de sauvegarde : DATABASE_BACKUP_URL manque", _SHOW_SQL)]
    name, is_super, passes, _ = query(addresses.backup, _WHO_AM_I).split("|")
    if passes != "t" or is_super == "t":
        return [Finding("bad", f"Le rôle {name} doit avoir BYPASSRLS et rien d'autre", _SHOW_SQL)]
    return [Finding("good", f"Le rôle {name} lit tout, pour les sauvegardes seulement")]


def check_ownership(addresses: Addresses) -> Finding:
    """See that the application owns nothing: an owner can lift its own policies."""
    owned = query(
        addresses.application,
        "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole",
    )
    if owned != "0":
        return Finding(
            "bad",
            f"Le rôle de l'application possède {owned} tables ou index",
            "REASSIGN OWNED BY gwa_app TO gwa_owner;",
        )
    return Finding("good", "Le rôle de l'application ne possède rien")


def check_application(env: dict[str, str], addresses: Addresses) -> list[Finding]:
    """Ask Django: are the tables current, the policies all there, the seals unbroken?"""
    owner = as_owner(env, addresses)
    if ask(owner, "migrate", "--check"):
        return [Finding("bad", "Les tables ne sont pas à jour", "./gwa upgrade")]
    findings = [Finding("good", "Les tables sont à jour")]
    for command, good, bad in _QUESTIONS:
        if has_command(command):
            said = ask(owner if command == "check_protection" else env, command)
            findings.append(Finding("bad", bad, said) if said else Finding("good", good))
            if said and command == "check_data_keys":
                break  # with other keys the journal's seals look broken, and are not
    return [*findings, *check_first_steps(addresses), check_worker(addresses)]


def check_first_steps(addresses: Addresses) -> list[Finding]:
    """See that somebody can come in, somewhere, and be asked something."""
    return [
        Finding("good", good)
        if query(addresses.owner, question) != "0"
        else Finding("warning", wanting, remedy)
        for good, wanting, question, remedy in _FIRST_STEPS
    ]


def ask(env: dict[str, str], *words: str) -> str:
    """Return what a management command complains of, or nothing when it succeeds."""
    try:
        manage(*words, env=env)
    except Stop as stop:
        return "\n".join((stop.detail or stop.french).splitlines()[-8:])
    return ""


def check_worker(addresses: Addresses) -> Finding:
    """See that somebody does the jobs, and that none waits for long."""
    alive, late = query(addresses.owner, _LIVE_WORKERS), query(addresses.owner, _LATE_JOBS)
    if alive == "0":
        where = "systemctl start gwa-worker" if has_server() else "./gwa demo le démarre"
        return Finding("warning", f"Aucune tâche de fond ne tourne ({late} en retard)", where)
    if late != "0":
        return Finding("warning", f"{late} tâches attendent depuis plus de dix minutes")
    return Finding("good", "Les tâches de fond tournent")
