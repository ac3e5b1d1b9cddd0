"""`./gwa doctor`: what is wrong with an installation, in plain words, and how to mend it."""

import argparse
import os

from launcher import checkup, environment, postgres, prepare
from launcher.checkup import Finding
from launcher.project import make_state, state_directory
from launcher.talk import Stop, say

SUMMARY = "dit ce qui ne va pas · say what is wrong"
_SIGNS = {"good": "✓", "warning": "!", "bad": "✗"}


def describe(parser: argparse.ArgumentParser) -> None:
    """Say which options the word takes."""
    parser.add_argument("--sql", action="store_true", help="montre le SQL qui crée les rôles")


def run(options: argparse.Namespace) -> int:
    """Print every finding, the remedy under it; fail when one is bad."""
    if options.sql:
        say(postgres.ROLES.read_text())
        return 0
    findings: list[Finding] = []
    try:
        prepare.prepare_code()
        state = state_directory()
        make_state(state)
        findings += checkup.check_machine(state)
        with environment.database(postgres.for_demo()) as addresses:
            mode = os.environ.get("GWA_MODE", "demo")
            env = environment.for_django(mode, state, addresses)
            findings += checkup.check_server(addresses)
            if not any(finding.state == "bad" for finding in findings):
                findings += checkup.check_application(env, addresses)
    except Stop as stop:
        findings.append(Finding("bad", stop.french, stop.detail))
    for finding in findings:
        say(f"{_SIGNS[finding.state]} {finding.sentence}")
        for line in finding.remedy.splitlines():
            say(f"    {line}")
    bad, less = (
        sum(finding.state == state for finding in findings) for state in ("bad", "warning")
    )
    say()
    if bad:
        say(f"{bad} problème(s) · {bad} problem(s)")
    elif less:
        say(f"Rien de grave, {less} point(s) à régler · nothing serious, {less} to settle")
    else:
        say("Tout va bien · all is well")
    return 1 if bad else 0
