"""`./gwa bench`: measure again what docs/benchmarks.md says, on a database made for it."""

import argparse
import subprocess
from collections.abc import Sequence

from launcher import environment, postgres, prepare, testing
from launcher.database import at_database, query
from launcher.environment import Addresses
from launcher.processes import clean_environment
from launcher.project import PYTHON, ROOT, make_state, state_directory
from launcher.talk import Stop, say

SUMMARY = "mesure les performances · measure performance"
_DATABASE = "gwa_bench"
# These start whole demonstrations, each with its own.
_WITHOUT_DATABASE = {"clone", "memory"}


def describe(parser: argparse.ArgumentParser) -> None:
    """Say which options the word takes."""
    parser.add_argument("names", nargs="*", metavar="NOM", help="tous par défaut · all by default")
    parser.add_argument("--size", type=int, help="ménages · households")
    parser.add_argument("--json", action="store_true", help="un objet par ligne")
    parser.add_argument("--write", action="store_true", help="les garde dans docs/benchmarks.md")
    parser.add_argument("--list", action="store_true", help="les mesures qui existent")


def run(options: argparse.Namespace) -> int:
    """Run the benchmarks: those that start demonstrations alone, the others on one database."""
    known = sorted(
        file.stem.rstrip("_")
        for file in (ROOT / "benchmarks").glob("*.py")
        if not file.stem.startswith("_")
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
    make_state(state_directory() / "bench")
    names = options.names or known
    codes = [
        _run([name], options, clean_environment()) for name in names if name in _WITHOUT_DATABASE
    ]
    if wanting := [name for name in names if name not in _WITHOUT_DATABASE]:
        with environment.database(postgres.for_bench()) as addresses:
            codes.append(_measure(wanting, options, addresses))
    return max(codes)


def _run(names: Sequence[str], options: argparse.Namespace, env: dict[str, str]) -> int:
    words = [str(PYTHON), "-m", "benchmarks", *names]
    words += ["--size", str(options.size)] if options.size else []
    words += ["--json"] if options.json else []
    words += ["--write"] if options.write else []
    return subprocess.run(words, cwd=ROOT, env=env).returncode


def _measure(names: Sequence[str], options: argparse.Namespace, addresses: Addresses) -> int:
    """Run these in one process on one database: they share the country that the first loads."""
    maintenance = at_database(addresses.owner, "postgres")
    there = testing.addresses_of(addresses, _DATABASE)
    # As it is served: `dev` would also log every query and look for changed files.
    env = environment.for_django("demo", state_directory() / "bench", there)
    query(maintenance, f'DROP DATABASE IF EXISTS "{_DATABASE}" WITH (FORCE)')
    query(maintenance, f'CREATE DATABASE "{_DATABASE}" TEMPLATE template0')
    try:
        prepare.migrate(env, there)
        env["DATABASE_OWNER_URL"] = there.owner
        return _run(names, options, env)
    finally:
        query(maintenance, f'DROP DATABASE IF EXISTS "{_DATABASE}" WITH (FORCE)')
