"""`./gwa manage …`, `./gwa synth …`, `./gwa zones …`: a management command on this installation."""

import argparse
import os
import subprocess

from launcher import environment, postgres, prepare
from launcher.processes import PRIVATE
from launcher.project import PYTHON, ROOT, make_state, state_directory

TAKES_MORE = True


def run(options: argparse.Namespace) -> int:
    """Prepare, then run the command with the database up and its tables current."""
    words = options.rest if options.word == "manage" else [options.word, *options.rest]
    prepare.prepare_code()
    state = state_directory()
    make_state(state)
    with environment.database(postgres.for_demo()) as addresses:
        mode = os.environ.get("GWA_MODE", "demo")
        env = environment.for_django(mode, state, addresses)
        if mode != "production":
            prepare.migrate(env, addresses)
        # The owner's address is there for commands that load by COPY; they say when they use it.
        env["DATABASE_OWNER_URL"] = addresses.owner
        words = [str(PYTHON), "-m", "django", *words]
        return subprocess.run(words, cwd=ROOT, env=env, umask=PRIVATE).returncode
