import pytest
from launcher import checkup
from launcher.environment import Addresses


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (140019, "bad"),
        (150013, "bad"),
        (150014, "good"),
        (160009, "bad"),
        (160010, "good"),
        (170005, "bad"),
        (170006, "good"),
        (180000, "good"),
    ],
)
def test_versions_that_leak_protected_rows_are_refused(number, state):
    assert checkup.check_version(number).state == state


def test_keys_that_others_can_read_are_found(tmp_path):
    (tmp_path / "keys.json").write_text("{}")
    (tmp_path / "keys.json").chmod(0o644)
    assert [one.state for one in checkup.check_keys(tmp_path)] == ["bad"]

    (tmp_path / "keys.json").chmod(0o600)
    assert [one.state for one in checkup.check_keys(tmp_path)] == ["good"]


@pytest.fixture
def addresses(cluster):
    with cluster.running():
        roles = ("gwa_app", "gwa_owner", "gwa_backup")
        yield Addresses(*(cluster.url(role) for role in roles))


def find_bad(findings):
    return [finding.sentence for finding in findings if finding.state == "bad"]


def test_a_fresh_server_has_no_fault(addresses):
    assert find_bad(checkup.check_server(addresses)) == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("ALTER ROLE gwa_app BYPASSRLS", "Le rôle gwa_app a BYPASSRLS"),
        ("ALTER ROLE gwa_owner SUPERUSER", "Le rôle gwa_owner a SUPERUSER"),
        ("ALTER ROLE gwa_backup NOBYPASSRLS", "Le rôle gwa_backup doit avoir BYPASSRLS"),
        (
            "GRANT CREATE ON SCHEMA public TO gwa_app; SET ROLE gwa_app; CREATE TABLE mine ()",
            "Le rôle de l'application possède 1 tables",
        ),
    ],
)
def test_each_fault_of_the_roles_is_found(cluster, addresses, fault, sentence):
    cluster.query(fault)

    bad = find_bad(checkup.check_server(addresses))

    assert len(bad) == 1
    assert bad[0].startswith(sentence)
