"""Read the command line, run the word, and turn what goes wrong into one clear sentence."""

import argparse
import os
import signal
from collections.abc import Sequence
from importlib import import_module
from types import FrameType

from launcher import keys, machine
from launcher.commands import manage
from launcher.project import has_command
from launcher.talk import Stop, complain

# Words of the launcher, each a file of `commands/`.
_WORDS = ("demo", "dev", "test", "lint", "fix", "bench", "backup", "restore", "doctor", "upgrade")
# Words of the modules: management commands that deserve a short name, once they exist.
_FORWARDED = {
    "manage": "une commande de Django · one of Django's commands",
    "synth": "fabrique un pays synthétique · make a synthetic country",
    "zones": "importe un découpage · import a geography",
    "submissions": "rejoue des entretiens en attente · replay waiting interviews",
    "snapshot": "écrit l'instantané d'analyse · write the snapshot for analysis",
}

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str]) -> int:
    """Run `./gwa` and return its exit code."""
    os.umask(0o022)
    for number in _ENDINGS:
        signal.signal(number, _interrupt)
    try:
        keys.read_environment_file()
        return _run(arguments)
    except Stop as stop:
        complain(stop)
        return stop.code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        complain(machine.explain_os_error(error))
        return 1


def _run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./gwa", description="Gwa, registre social · social registry"
    )
    words = parser.add_subparsers(dest="word", metavar="MOT")
    for name in _WORDS:
        command = import_module(f"launcher.commands.{name}")
        word = words.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        word.set_defaults(command=command)
        command.describe(word)
    for name, summary in _FORWARDED.items():
        if name == "manage" or has_command(name):
            words.add_parser(name, help=summary, add_help=False).set_defaults(command=manage)
    words.add_parser("help", help="cette page · this page")
    options, rest = parser.parse_known_args(arguments)
    options.rest = rest
    if options.word in (None, "help"):
        parser.print_help()
        return 0
    if options.rest and not hasattr(options.command, "TAKES_MORE"):
        parser.error(f"? {' '.join(options.rest)}")
    code: int = options.command.run(options)
    return code


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End like Ctrl-C: what was started is stopped on the way out.

    A second Ctrl-C must not leave running what the first one is stopping.
    """
    for ending in _ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt
