import json
import os
import subprocess
import time

import pytest
from launcher import processes
from launcher.talk import Stop


def is_alive(pid: int) -> bool:
    return processes.read_birth(pid) is not None


def wait_for(condition, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def start_family(state):
    """Start a service whose child ignores TERM, and return it with the child's number."""
    script = "sh -c 'trap \"\" TERM; echo $$ > child; while :; do sleep 0.1; done' & wait"
    service = processes.start(
        "family", ["sh", "-c", f"cd {state}; {script}"], env=dict(os.environ), state=state
    )
    wait_for(lambda: (state / "child").exists() and (state / "child").read_text())
    return service, int((state / "child").read_text())


def test_a_service_stops_with_its_children_even_deaf_ones(state):
    service, child = start_family(state)

    processes.stop(service, patience=0.3)

    assert not service.is_alive()
    wait_for(lambda: not is_alive(child))
    assert not service.record.exists()


def test_what_a_killed_launcher_left_is_stopped_at_the_next_start(state):
    service, child = start_family(state)

    assert processes.stop_survivors(state) == ["family"]

    service.process.wait()
    wait_for(lambda: not is_alive(child))
    assert processes.stop_survivors(state) == []


def test_a_number_reused_by_a_stranger_is_left_alone(state):
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        (state / "run").mkdir()
        record = {"pid": stranger.pid, "born": "another boot 12345"}
        (state / "run" / "web.json").write_text(json.dumps(record))

        assert processes.stop_survivors(state) == []

        assert stranger.poll() is None
        assert not (state / "run" / "web.json").exists()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_failed_command_shows_its_last_lines():
    with pytest.raises(Stop) as stop:
        processes.run(["sh", "-c", "seq 100; echo cause; exit 3"], what="essai")

    assert stop.value.detail.endswith("99\n100\ncause")
    assert stop.value.french.startswith("essai")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "est plein"),
        ("npm error code ENOTFOUND", "Le réseau ne répond pas"),
        ("error: Failed to fetch: `https://…`: dns error", "Le réseau ne répond pas"),
    ],
)
def test_a_known_cause_gets_its_sentence(said, sentence):
    with pytest.raises(Stop, match=sentence):
        processes.run(["sh", "-c", f"echo '{said}'; exit 1"], what="essai")


def test_commands_do_not_inherit_another_projects_settings(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")

    assert "DJANGO_SETTINGS_MODULE" not in processes.run(["env"], what="env")


def test_what_a_service_writes_is_for_its_own_user(state):
    service = processes.start(
        "writer", ["sh", "-c", f"echo secret > {state}/document"], env=dict(os.environ), state=state
    )
    service.process.wait()
    service.record.unlink()

    assert (state / "document").stat().st_mode & 0o077 == 0
    assert service.log.parent.stat().st_mode & 0o077 == 0
