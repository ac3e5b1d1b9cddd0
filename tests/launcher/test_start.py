"""How `./gwa` begins where something is missing."""

import ast
import os
import subprocess
import sys

from launcher import machine
from launcher.machine import is_root
from launcher.project import ROOT
from launcher.talk import Stop

TOO_OLD = """
import runpy, sys
sys.version_info = (3, 9, 18, "final", 0)
runpy.run_path({!r}, run_name="__main__")
"""


def run_too_old(path):
    return subprocess.run(
        [sys.executable, "-c", TOO_OLD.format(str(ROOT / "gwa"))],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
    )


def test_the_first_file_is_readable_by_an_old_python():
    ast.parse((ROOT / "gwa").read_text(), feature_version=(3, 4))


def test_a_python_too_old_gets_one_sentence_in_two_languages(tmp_path):
    done = run_too_old(tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        "Gwa demande Python 3.11 ou plus récent ; celui-ci est en version 3.9.\n"
        "Gwa needs Python 3.11 or later; this one is version 3.9.\n"
    )


def test_a_newer_python_beside_it_takes_over(tmp_path):
    (tmp_path / "python3.12").symlink_to(sys.executable)

    done = run_too_old(tmp_path)

    # The launcher itself answers: it was given no word that it knows.
    assert "Gwa demande Python" not in done.stderr
    assert done.returncode == 0
    assert "usage: ./gwa" in done.stdout


def test_the_launcher_needs_nothing_but_pythons_own_library():
    for file in ROOT.glob("launcher/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                top = (name or "launcher").split(".")[0]
                allowed = sys.stdlib_module_names | {"launcher"}
                assert top in allowed, f"{file}: {name}"


def as_nobody(judge):
    """Run a function as a user without rights, in a child process, and return what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if is_root():
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            judge()
            os.write(writing, b"accepted")
        except Stop as stop:
            os.write(writing, stop.french.encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


def test_a_folder_that_cannot_be_written_says_how_to_mend_it(state):
    folder = state / "clone"
    folder.mkdir(mode=0o555)

    said = as_nobody(lambda: machine.check_folder(folder))

    assert said.startswith(f"Le dossier {folder} n'est pas accessible")
    assert f"sudo chown -R {'nobody' if is_root() else machine.user_name()} {folder}" in said


def test_one_that_can_be_written_is_accepted(state):
    folder = state / "clone"
    folder.mkdir()
    folder.chmod(0o777)

    assert as_nobody(lambda: machine.check_folder(folder)) == "accepted"
