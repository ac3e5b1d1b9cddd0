"""`./gwa test`: every check and every test, or those of the modules named."""

import argparse
import itertools
import os
import shutil
import subprocess

from launcher import environment, machine, postgres, prepare, talk, testing
from launcher.commands import lint
from launcher.project import PYTHON, ROOT, SOURCE, make_state, state_directory
from launcher.talk import Stop

SUMMARY = "vérifie tout, ou un module · run every check, or one module's tests"
TAKES_MORE = True  # the rest goes to pytest: -k, -x, -s…
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the word takes: modules (or paths) first, then options of pytest."""
    parser.usage = "./gwa test [registry | launcher | journeys | CHEMIN…] [-k …] [-x] [-s]"


def run(options: argparse.Namespace) -> int:
    """Prepare, check, test; pytest has the last word."""
    talk.be_quiet()
    modules = list(itertools.takewhile(lambda word: not word.startswith("-"), options.rest))
    for_pytest = options.rest[len(modules) :]
    paths = [find_tests(word) for word in modules]
    prepare.prepare_code(for_developers=True)
    state = state_directory() / "test"
    make_state(state)
    if not paths or any("journeys" in path for path in paths):
        install_browser()
    cluster = postgres.for_tests()
    with environment.database(cluster) as addresses:
        template = testing.prepare_template(addresses)
        env = environment.for_django("test", state, testing.addresses_of(addresses, template))
        env |= {
            "DATABASE_OWNER_URL": testing.addresses_of(addresses, template).owner,
            "GWA_TEST_TEMPLATE": template,
            "GWA_TEST_RUN": str(os.getpid()),
        }
        if not environment.has_server():
            env["GWA_TEST_SERVER_URL"] = cluster.url(postgres.SUPERUSER, "postgres")
        if not paths:
            lint.check(env)
        words = [PYTHON, "-m", "pytest", *paths, *for_pytest]
        if not paths and not any(word.startswith("-n") for word in for_pytest):
            # The long ones first, in the order of the folders: none is left over at the end.
            words += ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
        return subprocess.run([str(word) for word in words], cwd=ROOT, env=env).returncode


def find_tests(word: str) -> str:
    """Return the folder of a module's tests."""
    for folder in (SOURCE / word, ROOT / "tests" / word, ROOT / word.partition("::")[0]):
        if folder.exists():
            return str(folder) + word[len(word.partition("::")[0]) :]
    modules = sorted(path.parent.name for path in SOURCE.glob("*/tests"))
    raise Stop(
        f"Aucun module « {word} » ; il y a : {', '.join(modules)}.",
        f"No module “{word}”.",
        code=2,
    )


def install_browser() -> None:
    """Install Chromium as root where it is missing; otherwise the journeys say the command."""
    if not any(map(shutil.which, _BROWSERS)) and machine.is_root() and shutil.which("apt-get"):
        machine.install_package("chromium")
