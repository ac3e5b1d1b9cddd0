import stat

from launcher import keys


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
