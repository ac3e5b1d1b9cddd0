"""Read the command line, run the word, and turn what goes wrong into one clear sentence."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from launcher import machine
from launcher.commands import demo, lint, test
from launcher.talk import Stop, complain

COMMANDS = {"demo": demo, "test": test, "lint": lint}


def main(arguments: Sequence[str]) -> int:
    """Run `./gwa` and return its exit code."""
    os.umask(0o022)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    parser = argparse.ArgumentParser(
        prog="./gwa", description="Gwa, registre social · social registry", add_help=True
    )
    words = parser.add_subparsers(dest="word", metavar="COMMANDE")
    for name, command in COMMANDS.items():
        command.describe(words.add_parser(name, help=command.SUMMARY, description=command.SUMMARY))
    words.add_parser("help", help="cette page · this page")
    options, rest = parser.parse_known_args(arguments)
    if options.word in (None, "help"):
        parser.print_help()
        return 0
    if rest and not getattr(COMMANDS[options.word], "TAKES_MORE", False):
        parser.error(f"? {' '.join(rest)}")
    options.rest = rest
    try:
        code: int = COMMANDS[options.word].run(options)
        return code
    except Stop as stop:
        complain(stop)
        return stop.code
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except OSError as error:
        complain(machine.explain_os_error(error))
        return 1


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End like Ctrl-C: what was started is stopped on the way out."""
    raise KeyboardInterrupt
