"""`./gwa lint`: the walls of the project, all of them, and what each one says."""

import argparse
import subprocess
from concurrent.futures import ThreadPoolExecutor

from launcher import prepare
from launcher.processes import clean_environment
from launcher.project import PYTHON, ROOT, SOURCE
from launcher.talk import Stop, say

SUMMARY = "vérifie le style, les types et les murs · check style, types and walls"

# Its script has no `-m` form.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Django's types come from its settings, which need an environment but no database.
_NOWHERE = "postgresql://gwa_app@/gwa?host=/nowhere"
_SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "gwa.settings",
    "GWA_MODE": "test",
    "GWA_SECRET_KEY": "lint",
    "DATABASE_URL": _NOWHERE,
    "DATABASE_OWNER_URL": _NOWHERE,
}


def describe(parser: argparse.ArgumentParser) -> None:
    """Take no option."""


def run(options: argparse.Namespace) -> int:
    """Check everything and say so."""
    prepare.prepare_code(for_developers=True)
    check(clean_environment(**_SETTINGS))
    say("Tout est en ordre · all clean")
    return 0


def list_checks() -> dict[str, list[str]]:
    """Return the checks by name, the longest first, each as words for Python."""
    checks = {"mypy": ["-m", "mypy"], "lint-imports": ["-c", _LINT_IMPORTS]}
    if any(SOURCE.glob("**/templates/**/*.html")):
        checks["djlint"] = ["-m", "djlint", str(SOURCE), "--lint", "--quiet"]
    checks["ruff check"] = ["-m", "ruff", "check", "."]
    checks["ruff format"] = ["-m", "ruff", "format", "--check", "."]
    return checks


def check(env: dict[str, str]) -> None:
    """Run every check, two at a time, and stop with all that they say."""

    def run_one(check: tuple[str, list[str]]) -> str:
        name, words = check
        done = subprocess.run([PYTHON, *words], cwd=ROOT, env=env, capture_output=True, text=True)
        return f"— {name}\n{done.stdout}{done.stderr}" if done.returncode else ""

    with ThreadPoolExecutor(2) as pool:
        said = [text for text in pool.map(run_one, list_checks().items()) if text]
    if said:
        raise Stop(
            "Des vérifications échouent (ci-dessus) ; ./gwa fix en corrige une partie.",
            "Some checks fail (above); ./gwa fix mends part of them.",
            detail="\n".join(said),
        )
