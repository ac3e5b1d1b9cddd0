"""Run one benchmark in this process: what `./gwa bench` starts, with a database ready."""

import argparse
import importlib
import json
import sys

import django

from benchmarks import Figure, names


def main() -> int:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(prog="./gwa bench")
    parser.add_argument("name", choices=names())
    parser.add_argument("--size", type=int, help="households")
    parser.add_argument("--json", action="store_true", help="one object a line")
    options = parser.parse_args()
    django.setup()
    benchmark = importlib.import_module(f"benchmarks.{options.name}")
    for figure in benchmark.run(options.size or benchmark.SIZE):
        print(json.dumps(figure.as_line()) if options.json else _as_text(figure), flush=True)
    return 0


def _as_text(figure: Figure) -> str:
    parts = [f"{figure.name}: {figure.value:.2f} {figure.unit} ({figure.data})"]
    if figure.target is not None:
        parts.append(f"target {figure.target:g}: {'met' if figure.met else 'MISSED'}")
    if figure.limit is not None:
        parts.append(f"limit {figure.limit:.2f}")
    return ", ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
