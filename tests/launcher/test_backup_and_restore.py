"""A whole registry is saved, then restored into an empty database, and must be the same."""

import io
import json
import subprocess
import tarfile
from contextlib import contextmanager

import pytest
from launcher import archive, fingerprints, postgres
from launcher.database import connect_by, find_programs
from launcher.project import make_state
from launcher.talk import LiveLine, Stop

PROTECTED = """
CREATE TABLE household (id int PRIMARY KEY, zone_path text, answers jsonb, seen_at timestamptz);
INSERT INTO household SELECT n, n % 7 || '/', jsonb_build_object('n', n), now() + n * interval '1 s'
FROM generate_series(1, 5000) n;
ALTER TABLE household ENABLE ROW LEVEL SECURITY;
ALTER TABLE household FORCE ROW LEVEL SECURITY;
CREATE POLICY household_zone ON household USING (zone_path = current_setting('gwa.scope', true));
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$;
CREATE TABLE journal (id int GENERATED ALWAYS AS IDENTITY, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE journal_2026 PARTITION OF journal FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO journal (at) SELECT timestamptz '2026-03-01' + n * interval '1 min'
FROM generate_series(1, 300) n;
CREATE TRIGGER journal_kept BEFORE UPDATE OR DELETE ON journal EXECUTE FUNCTION refuse();
"""


@pytest.fixture
def saved(cluster, tmp_path):
    """Save a database with protected tables, and two files."""
    files = tmp_path / "files"
    (files / "sheets").mkdir(parents=True)
    (files / "sheets" / "Traoré.pdf").write_bytes(b"%PDF" * 1000)
    (files / "empty").write_bytes(b"")
    with cluster.running():
        cluster.query(PROTECTED, role="gwa_owner")
        target = tmp_path / "backup.tar"
        manifest = archive.write(
            target,
            url=cluster.url("gwa_backup"),
            files=files,
            made_at="2026-11-22",
            gwa="0",
            line=LiveLine(),
        )
        cluster.query("CREATE DATABASE copy OWNER gwa_owner TEMPLATE template0")
        yield target, manifest


def restore(cluster, target, tmp_path):
    with archive.opened(target) as (tar, manifest):
        archive.restore_database(
            tar,
            manifest,
            owner=cluster.url("gwa_owner", "copy"),
            backup=cluster.url("gwa_backup", "copy"),
            workplace=tmp_path,
        )
        archive.restore_files(tar, manifest, tmp_path / "restored")


def read_copy(cluster):
    with fingerprints.one_instant(cluster.url("gwa_backup", "copy"), find_programs()) as session:
        return session.read_tables()


def test_counts_and_hashes_are_those_of_the_saved_registry(cluster, saved, tmp_path):
    target, manifest = saved

    restore(cluster, target, tmp_path)

    assert manifest.tables["public.household"][0] == 5000
    assert manifest.tables["public.journal_2026"][0] == 300
    assert read_copy(cluster) == manifest.tables
    assert len(manifest.files) == 2
    for name, expected in manifest.files.items():
        assert archive.hash_file(tmp_path / "restored" / name) == expected


def test_the_restored_tables_are_still_protected(cluster, saved, tmp_path):
    restore(cluster, saved[0], tmp_path)

    seen = "SELECT count(*) FROM household"
    assert cluster.query(seen, database="copy", role="gwa_owner") == "0"
    assert cluster.query(seen, database="copy", role="gwa_backup") == "5000"


def test_one_changed_row_changes_the_fingerprint(cluster, saved, tmp_path):
    target, manifest = saved
    restore(cluster, target, tmp_path)

    cluster.query("UPDATE household SET answers = '{}' WHERE id = 77", database="copy")

    found = read_copy(cluster)
    assert found["public.household"][0] == 5000
    assert found["public.household"] != manifest.tables["public.household"]


def rewrite(target, change):
    """Write the backup again with another manifest."""
    with tarfile.open(target) as tar:
        entries = [(entry, tar.extractfile(entry).read()) for entry in tar.getmembers()]
    with tarfile.open(target, "w") as tar:
        for entry, content in entries:
            if entry.name == "manifest.json":
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_a_database_that_differs_is_refused(cluster, saved, tmp_path):
    def expect_one_more(manifest):
        manifest["tables"]["public.household"][0] += 1

    rewrite(saved[0], expect_one_more)

    with pytest.raises(Stop, match="diffère de la sauvegarde") as stop:
        restore(cluster, saved[0], tmp_path)
    assert stop.value.detail.startswith("public.household: [5001,")


@pytest.mark.parametrize("part", [b"PGDMP", b"%PDF"])
def test_one_altered_byte_is_refused(cluster, saved, tmp_path, part):
    content = bytearray(saved[0].read_bytes())
    content[content.index(part) + 40] ^= 1
    saved[0].write_bytes(content)

    with pytest.raises(Stop, match="est abîmé dans la sauvegarde"):
        restore(cluster, saved[0], tmp_path)


def test_a_path_that_leaves_the_folder_is_refused(cluster, saved, tmp_path):
    def escape(manifest):
        manifest["files"]["../../outside"] = "0"

    rewrite(saved[0], escape)

    with pytest.raises(Stop, match="chemin interdit"):
        restore(cluster, saved[0], tmp_path)


def test_a_file_that_is_no_backup_is_refused(tmp_path):
    (tmp_path / "notes.tar").write_text("rien")

    notes = archive.opened(tmp_path / "notes.tar")
    with pytest.raises(Stop, match="n'est pas une sauvegarde"), notes:
        pass


def test_the_registry_goes_from_one_installation_to_an_empty_one(state, gwa):
    """The words themselves: migrate, save, restore elsewhere; the second time needs --replace."""
    here, there = state / "here", state / "there"
    for folder in (here, there):
        make_state(folder)
        folder.chmod(0o711)
    assert gwa("upgrade", state=here).returncode == 0
    (here / "files").mkdir()
    (here / "files" / "photo.jpg").write_bytes(b"\xff\xd8" * 500)

    made = gwa("backup", state=here)
    assert made.returncode == 0, made.stderr
    (target,) = (here / "backups").glob("*.tar")
    keys = json.loads((here / "keys.json").read_text())
    for key in keys.values():
        assert key.removeprefix("1:").encode() not in target.read_bytes()

    restored = gwa("restore", str(target), state=there)
    assert restored.returncode == 0, restored.stderr
    assert "comptes et empreintes identiques" in restored.stdout
    assert (there / "files" / "photo.jpg").read_bytes() == b"\xff\xd8" * 500
    assert read_installation(here) == read_installation(there)

    again = gwa("restore", str(target), state=there)
    assert again.returncode == 1
    assert "--replace" in again.stderr

    with somebody_connected(there):
        in_use = gwa("restore", "--replace", str(target), state=there)
    assert in_use.returncode == 1
    assert "La base est encore utilisée" in in_use.stderr
    assert list(there.glob("files.*")) == []
    assert read_installation(here) == read_installation(there)


@contextmanager
def somebody_connected(folder):
    """Hold a session open on the database, as a web server does."""
    cluster = postgres.Cluster(folder)
    with cluster.running():
        session = subprocess.Popen(
            [find_programs() / "psql", "-Xqc", "SELECT pg_sleep(120)"],
            env=connect_by(cluster.url("gwa_app")),
        )
        try:
            yield
        finally:
            session.kill()
            session.wait()


def read_installation(folder):
    cluster = postgres.Cluster(folder)
    url = cluster.url("gwa_backup")
    with cluster.running(), fingerprints.one_instant(url, find_programs()) as session:
        return session.read_tables()
