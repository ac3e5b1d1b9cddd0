"""`./gwa upgrade`: on a server, everything between a new version and its restart."""

import argparse
import os

from launcher import environment, postgres, prepare
from launcher.project import state_directory
from launcher.talk import say

SUMMARY = "prépare une nouvelle version sur un serveur · prepare a new version on a server"


def describe(parser: argparse.ArgumentParser) -> None:
    """Take no option."""


def run(options: argparse.Namespace) -> int:
    """Install packages, build the screens, migrate as the owner."""
    prepare.prepare_code()
    with environment.database(postgres.for_demo()) as addresses:
        mode = os.environ.get("GWA_MODE", "demo")
        env = environment.for_django(mode, state_directory(), addresses)
        prepare.migrate(env, addresses)
        prepare.check_data_keys(env, "--remember")
    say("Prêt : redémarrez le serveur web et les tâches · ready: restart web and worker")
    return 0
