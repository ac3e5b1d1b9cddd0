import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from launcher.postgres import Cluster
from launcher.project import make_state
from launcher.talk import Stop


def read_pid(cluster) -> int:
    return int((cluster.home / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_the_roles_have_their_rights_and_no_more(cluster):
    with cluster.running():
        flags = cluster.query(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles "
            "WHERE rolname LIKE 'gwa%' ORDER BY 1"
        )
        owner = cluster.query("SELECT datdba::regrole FROM pg_database WHERE datname = 'gwa'")

    assert flags.splitlines() == [
        "gwa_app|f|f|f|f",
        "gwa_backup|f|f|f|t",
        "gwa_owner|f|t|f|f",
    ]
    assert owner == "gwa_owner"


def test_the_database_keeps_every_letter(cluster):
    with cluster.running():
        form = cluster.query(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database "
            "WHERE datname = 'gwa'"
        )

    assert form == "UTF8|C.UTF-8|C.UTF-8"


def test_it_is_closed_to_the_network_and_to_other_users(cluster):
    with cluster.running():
        assert cluster.query("SHOW listen_addresses") == ""
        assert cluster.socket.stat().st_mode & 0o077 == 0


def test_the_last_to_leave_stops_it(cluster):
    with cluster.running():
        with cluster.running():
            pass
        assert cluster.is_running()
    assert not cluster.is_running()


def test_data_are_kept_from_one_start_to_the_next(cluster):
    with cluster.running():
        cluster.query("CREATE TABLE kept AS SELECT 7 AS number", role="gwa_owner")
    with cluster.running():
        assert cluster.query("SELECT number FROM kept", role="gwa_owner") == "7"


def test_it_starts_again_after_being_killed(cluster):
    with cluster.running():
        cluster.query("CREATE TABLE kept AS SELECT 7 AS number", role="gwa_owner")
        os.kill(read_pid(cluster), signal.SIGKILL)
        with cluster.running():
            assert cluster.query("SELECT number FROM kept", role="gwa_owner") == "7"


def test_a_stale_number_now_held_by_a_stranger_does_not_stop_it(cluster):
    with cluster.running():
        pass
    stranger = subprocess.Popen(["sleep", "60"], **cluster._identity())
    try:
        lines = [str(stranger.pid), str(cluster.home / "data"), "0", "5432", "", "", ""]
        (cluster.home / "data" / "postmaster.pid").write_text("\n".join(lines))
        with cluster.running():
            assert cluster.query("SELECT 1") == "1"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_half_made_data_are_made_again(cluster):
    make_state(cluster.state)
    cluster._own(cluster.home)
    (cluster.home / "data.new").mkdir()
    (cluster.home / "data.new" / "PG_VERSION").write_text("18\n")

    with cluster.running():
        assert cluster.query("SELECT 1") == "1"


def test_a_long_path_gets_a_short_socket(state):
    deep = Cluster(state / ("d" * 80), ("fsync=off",))
    make_state(deep.state)
    with deep.running():
        assert deep.query("SELECT 1") == "1"
        assert len(bytes(deep.socket)) < 90
    deep.socket.rmdir()


def test_a_folder_that_postgres_may_not_enter_is_replaced_and_remembered(state, monkeypatch):
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("GWA_STATE_DIR", str(closed / "state"))
    cluster = Cluster(closed / "state", ("fsync=off",))
    try:
        with cluster.running():
            assert cluster.query("SELECT 1") == "1"
        if cluster.user:
            assert cluster.home.parent == Path("/var/lib/gwa")
            assert (cluster.state / "postgres-home").read_text() == str(cluster.home)
            assert Cluster(cluster.state).home == cluster.home
        else:
            assert cluster.home == cluster.state / "postgres"
    finally:
        if cluster.user:
            shutil.rmtree(cluster.home)


def test_data_of_another_version_are_refused_with_a_remedy(cluster):
    with cluster.running():
        pass
    (cluster.home / "data" / "PG_VERSION").write_text("9\n")

    with pytest.raises(Stop, match="viennent de PostgreSQL 9"), cluster.running():
        pass

    (cluster.home / "data" / "PG_VERSION").write_text("18\n")
