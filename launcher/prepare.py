"""Everything an installation needs before it starts, each part done again only when it changed."""

from datetime import UTC, datetime

from launcher import machine, node, postgres, venv
from launcher.environment import Addresses, as_owner, manage
from launcher.processes import run
from launcher.project import PYTHON, ROOT, SOURCE, hash_files, make_state, state_directory
from launcher.talk import step

_READ_STAMP = """
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()
"""
_WRITE_STAMP = """
DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '{}'); END $$
"""


def prepare_code(*, for_developers: bool = False) -> None:
    """Install packages, compile translations, build the screens."""
    machine.check_folder(ROOT)
    make_state(state_directory())
    machine.check_folder(state_directory())
    venv.prepare(for_developers=for_developers)
    compile_catalogues()
    node.prepare()


def compile_catalogues() -> None:
    """Compile the translations that changed."""
    run([PYTHON, ROOT / "launcher" / "catalogues.py", SOURCE], what="catalogues.py")


def migrate(env: dict[str, str], addresses: Addresses) -> None:
    """Bring the database's tables up to the code, as their owner."""
    # With the month, because growing tables get their next monthly partitions here.
    month = datetime.now(UTC).strftime("%Y-%m")
    fingerprint = f"{hash_files([*SOURCE.glob('*/migrations/*.py'), ROOT / 'uv.lock'])}-{month}"
    # The stamp lives in the database, so that it comes and goes with the tables.
    if postgres.query(addresses.owner, _READ_STAMP) == fingerprint:
        return
    with step("Tables de la base", "database tables") as line:
        manage("migrate", env=as_owner(env, addresses), line=line)
        manage("make_partitions", env=as_owner(env, addresses), line=line)
    postgres.query(addresses.owner, _WRITE_STAMP.format(fingerprint))
