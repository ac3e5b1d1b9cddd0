"""`./gwa backup`: the database and the files in one file, while everything runs."""

import argparse
import datetime as dt
import tomllib
from pathlib import Path

from launcher import archive, environment, machine, postgres, prepare
from launcher.project import ROOT, make_state, state_directory
from launcher.talk import Stop, say, step

SUMMARY = "sauvegarde la base et les fichiers · save database and files"


def describe(parser: argparse.ArgumentParser) -> None:
    """Say which options the word takes."""
    parser.add_argument("--to", type=Path, help="dossier ; .gwa/backups sans précision")
    parser.add_argument("--keep", type=int, help="ne garde que les N dernières sauvegardes")


def run(options: argparse.Namespace) -> int:
    """Write one backup, then remove those that are too old."""
    prepare.prepare_code()
    state = state_directory()
    folder = (options.to or state / "backups").absolute()
    if options.keep is not None and options.keep < 1:
        raise Stop("--keep garde au moins une sauvegarde.", "--keep keeps at least one.", code=2)
    make_state(state)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    machine.check_folder(folder)
    now = dt.datetime.now(dt.UTC)
    target = folder / f"gwa-{now:%Y%m%d-%H%M%S}.tar"
    database = environment.database(postgres.for_demo(), for_backup=True)
    with database as addresses, step("Sauvegarde", "backup") as line:
        manifest = archive.write(
            target,
            url=addresses.backup,
            files=state / "files",
            made_at=now.isoformat(timespec="seconds"),
            gwa=tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"],
            line=line,
        )
    say(
        f"  {target} : {target.stat().st_size / 1e6:.1f} Mo, {len(manifest.tables)} tables, "
        f"{manifest.count_rows()} lignes, {len(manifest.files)} fichiers"
    )
    say("  Les clés n'y sont pas : gardez-les à part · keys are not inside: keep them apart")
    for old in sorted(folder.glob("gwa-*-*.tar"))[: -options.keep] if options.keep else []:
        old.unlink()
    return 0
