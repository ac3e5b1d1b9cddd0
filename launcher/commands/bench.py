"""`./gwa bench`: measure again what docs/benchmarks.md says, on a database made for it."""

import argparse
import subprocess

from launcher import environment, postgres, prepare, testing
from launcher.database import at_database, query
from launcher.environment import Addresses
from launcher.project import PYTHON, ROOT, make_state, state_directory
from launcher.talk import Stop, say

SUMMARY = "mesure les performances · measure performance"
_DATABASE = "gwa_bench"


def describe(parser: argparse.ArgumentParser) -> None:
    """Say which options the word takes."""
    parser.add_argument("names", nargs="*", metavar="NOM", help="tous par défaut · all by default")
    parser.add_argument("--size", type=int, help="ménages · households")
    parser.add_argument("--json", action="store_true", help="un objet par ligne")
    parser.add_argument("--list", action="store_true", help="les mesures qui existent")


def run(options: argparse.Namespace) -> int:
    """Run each benchmark alone, on an empty database with the demonstration's settings."""
    known = sorted(
        file.stem for file in (ROOT / "benchmarks").glob("*.py") if not file.stem.startswith("_")
    )
    if options.list:
        say("\n".join(known))
        return 0
    for name in options.names:
        if name not in known:
            raise Stop(
                f"Mesure inconnue : {name}. Il y a : {', '.join(known)}.",
                f"Unknown benchmark: {name}.",
            )
    prepare.prepare_code(for_developers=True)
    state = state_directory() / "bench"
    make_state(state)
    with environment.database(postgres.for_bench()) as addresses:
        codes = [_measure(name, options, addresses) for name in options.names or known]
    return max(codes)


def _measure(name: str, options: argparse.Namespace, addresses: Addresses) -> int:
    maintenance = at_database(addresses.owner, "postgres")
    there = testing.addresses_of(addresses, _DATABASE)
    env = environment.for_django("dev", state_directory() / "bench", there)
    query(maintenance, f'DROP DATABASE IF EXISTS "{_DATABASE}" WITH (FORCE)')
    query(maintenance, f'CREATE DATABASE "{_DATABASE}" TEMPLATE template0')
    try:
        prepare.migrate(env, there)
        words = [PYTHON, "-m", "benchmarks", name]
        words += ["--size", str(options.size)] if options.size else []
        words += ["--json"] if options.json else []
        env["DATABASE_OWNER_URL"] = there.owner
        return subprocess.run([str(word) for word in words], cwd=ROOT, env=env).returncode
    finally:
        query(maintenance, f'DROP DATABASE IF EXISTS "{_DATABASE}" WITH (FORCE)')
