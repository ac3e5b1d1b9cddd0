"""Run benchmarks in this process: what `./gwa bench` starts, with a database ready."""

import argparse
import datetime as dt
import importlib
import json
import keyword
import os
import sys
from pathlib import Path

import django

from benchmarks import Figure, describe_machine, names

_PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main() -> int:
    """Run the benchmarks one after another and print their figures."""
    parser = argparse.ArgumentParser(prog="./gwa bench")
    parser.add_argument("names", nargs="+", choices=names())
    parser.add_argument("--size", type=int, help="households")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--write", action="store_true", help="keep them in docs/benchmarks.md")
    options = parser.parse_args()
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        django.setup()
    for name in options.names:
        benchmark = importlib.import_module(f"benchmarks.{name}{'_' * keyword.iskeyword(name)}")
        for figure in benchmark.run(options.size or benchmark.SIZE):
            print(json.dumps(figure.as_line()) if options.json else _as_text(figure), flush=True)
            if options.write:
                _write_row(figure)
    return 0


def _write_row(figure: Figure) -> None:
    """Put a figure in docs/benchmarks.md, in the place of its last measure."""
    target = "–" if figure.target is None else f"{figure.target:.4g}"
    limit = "–" if figure.limit is None else f"{figure.limit:.4g}"
    cells = [figure.name, f"{figure.value:.4g} {figure.unit}", target, limit, figure.peer or "–"]
    cells += [figure.data, describe_machine(), dt.datetime.now(dt.UTC).date().isoformat()]
    row = f"| {' | '.join(cells)} |"
    lines = _PAGE.read_text().splitlines()
    places = [n for n, line in enumerate(lines) if line.startswith(f"| {figure.name} |")]
    if places:
        lines[places[0]] = row
    else:
        lines.append(row)
    _PAGE.write_text("\n".join(lines) + "\n")


def _as_text(figure: Figure) -> str:
    parts = [f"{figure.name}: {figure.value:.2f} {figure.unit} ({figure.data})"]
    if figure.target is not None:
        parts.append(f"target {figure.target:g}: {'met' if figure.met else 'MISSED'}")
    if figure.limit is not None:
        parts.append(f"limit {figure.limit:.2f}")
    return ", ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
