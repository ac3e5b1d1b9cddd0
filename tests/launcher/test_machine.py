import errno
import shutil
import socket
from collections import namedtuple

import pytest
from launcher import machine
from launcher.commands import demo
from launcher.talk import Stop


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_free_port_after_a_taken_one(taken):
    assert machine.find_free_port("127.0.0.1", taken) > taken


def test_the_next_port_is_announced(taken, monkeypatch, capsys):
    monkeypatch.setattr(demo, "_FIRST_PORT", taken)

    port = demo.choose_port("127.0.0.1", None)

    assert port > taken
    assert f"Le port {taken} est pris : ce sera {port}" in capsys.readouterr().out


def test_a_port_asked_for_is_never_changed(taken):
    with pytest.raises(Stop, match=f"Le port {taken} est déjà pris"):
        demo.choose_port("127.0.0.1", taken)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Stop, match="n'existe pas sur cette machine"):
        machine.is_port_free("192.0.2.1", 8000)


def test_a_disk_without_room_is_refused_before_the_work(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**12, 10**12, 10**8))

    with pytest.raises(Stop, match=r"0\.1 Gio libres .* il en faut 1\.5"):
        machine.check_disk(tmp_path, 1.5)


def test_the_disk_that_is_named_is_the_full_one(state, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(
        shutil,
        "disk_usage",
        lambda folder: usage(10**12, 0, 10**7 if folder == state else 10**11),
    )

    assert machine.full_disk().french.startswith(f"Le disque de {state} est plein")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "est plein ;"),
        (errno.EACCES, "n'a pas le droit d'écrire ou de lire /x"),
        (errno.ENOENT, "/x : perdu"),
    ],
)
def test_an_error_of_the_system_becomes_one_sentence(number, sentence):
    assert sentence in machine.explain_os_error(OSError(number, "perdu", "/x")).french
