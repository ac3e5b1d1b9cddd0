import os
import stat

import pytest
from launcher import keys
from launcher.talk import Stop


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path, monkeypatch):
    monkeypatch.delenv("GWA_SECRET_KEY", raising=False)
    monkeypatch.delenv("GWA_DATA_KEYS", raising=False)

    first = keys.read_or_make(tmp_path)

    assert keys.read_or_make(tmp_path) == first
    assert len(first["GWA_SECRET_KEY"]) > 50
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_key_given_by_the_environment_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("GWA_DATA_KEYS", "2:given")

    assert keys.read_or_make(tmp_path)["GWA_DATA_KEYS"] == "2:given"


def set_aside(monkeypatch, *names):
    """Let the test find these variables unset, and leave them as it found them."""
    for name in names:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_the_file_of_a_server_gives_what_is_not_set_already(tmp_path, monkeypatch):
    file = tmp_path / "gwa.env"
    file.write_text(
        "# serveur\nGWA_HOSTS=a.ml\nGWA_MAIL_FROM='RSU <rsu@a.ml>'\nGWA_MODE=production\n"
    )
    monkeypatch.setenv("GWA_ENV_FILE", str(file))
    monkeypatch.setenv("GWA_MODE", "demo")
    set_aside(monkeypatch, "GWA_HOSTS", "GWA_MAIL_FROM")

    keys.read_environment_file()

    assert os.environ["GWA_HOSTS"] == "a.ml"
    assert os.environ["GWA_MAIL_FROM"] == "RSU <rsu@a.ml>"
    assert os.environ["GWA_MODE"] == "demo"


def test_a_line_that_says_nothing_is_named_and_the_lines_before_it_are_not_taken(
    tmp_path, monkeypatch
):
    (tmp_path / "gwa.env").write_text("GWA_HOSTS=a.ml\nGWA_MODE\n")
    monkeypatch.setenv("GWA_ENV_FILE", str(tmp_path / "gwa.env"))
    set_aside(monkeypatch, "GWA_HOSTS")

    with pytest.raises(Stop, match="ligne 2"):
        keys.read_environment_file()

    assert "GWA_HOSTS" not in os.environ


def test_no_key_is_invented_for_a_server(tmp_path, monkeypatch):
    monkeypatch.setenv("GWA_MODE", "production")

    with pytest.raises(Stop, match="doivent être donnés"):
        keys.read_or_make(tmp_path)

    assert list(tmp_path.iterdir()) == []
