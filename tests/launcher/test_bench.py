import json
from argparse import Namespace
from contextlib import nullcontext

import pytest
from launcher import environment, prepare
from launcher.commands import bench
from launcher.environment import Addresses
from launcher.talk import Stop


def choose(*names, **chosen) -> Namespace:
    return Namespace(
        **{"names": names, "size": None, "json": False, "write": False, "list": False, **chosen}
    )


@pytest.fixture
def started(state, monkeypatch):
    """What the launcher starts and asks of the database, with neither."""
    commands, queries = [], []

    class Done:
        returncode = 0

    def start(words, env, **_more):
        commands.append((words[words.index("benchmarks") + 1 :], env.get("DATABASE_URL", "")))
        return Done()

    here = nullcontext(Addresses("postgresql://app@/gwa", "postgresql://owner@/gwa", ""))
    monkeypatch.setattr(bench.subprocess, "run", start)
    monkeypatch.setattr(bench, "query", lambda _url, statement: queries.append(statement))
    monkeypatch.setattr(prepare, "prepare_code", lambda **_more: None)
    monkeypatch.setattr(prepare, "migrate", lambda _env, _addresses: queries.append("migrate"))
    monkeypatch.setattr(environment, "database", lambda _cluster: here)
    return commands, queries


def test_benchmarks_of_one_run_share_one_database_and_one_process(started):
    commands, queries = started

    assert bench.run(choose("synth", "load", "search", size=300)) == 0

    assert commands == [
        (["synth", "load", "search", "--size", "300"], "postgresql://app@/gwa_bench")
    ]
    assert [statement.split()[0] for statement in queries] == ["DROP", "CREATE", "migrate", "DROP"]


def test_those_that_start_demonstrations_run_alone_without_a_database(started):
    commands, _queries = started

    assert bench.run(choose("memory", "synth", "clone", json=True, write=True)) == 0

    assert [words for words, _ in commands] == [
        ["memory", "--json", "--write"],
        ["clone", "--json", "--write"],
        ["synth", "--json", "--write"],
    ]
    assert [address for _, address in commands[:2]] == ["", ""]


def test_an_unknown_benchmark_is_refused_before_anything_starts(started):
    with pytest.raises(Stop, match="Mesure inconnue : speed"):
        bench.run(choose("synth", "speed"))
    assert started == ([], [])


def test_a_country_is_loaded_once_for_all_who_measure_it(gwa, state):
    done = gwa("bench", "synth", "figures", "household_page", "--size", "60", "--json", state=state)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.count("60 / 60 ménages") == 1
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    figures = {line["name"]: line["value"] for line in lines}
    assert figures["synth"] > 0
    assert figures["household_page_queries"] > 0
    quiet = next(line for line in lines if line["name"] == "figures_again")
    assert quiet["data"].endswith(", 0 written")
