"""Everything an installation needs before it starts, each part done again only when it changed."""

from datetime import UTC, datetime

from launcher import machine, node, venv
from launcher.database import query
from launcher.environment import Addresses, as_owner, manage
from launcher.processes import run
from launcher.project import PYTHON, ROOT, SOURCE, hash_files, make_state, state_directory
from launcher.talk import LiveLine, Stop, step

_INGREDIENTS = ("*/migrations/**/*", "**/*.yaml", "**/*.sql", "settings/*.py")
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
    run([PYTHON, "-m", "gwa.common.translations", "compile"], what="translations")


def migrate(env: dict[str, str], addresses: Addresses) -> None:
    """Bring the database's tables up to the code, as their owner."""
    fingerprint = hash_migrations()
    # The stamp lives in the database, so that it comes and goes with the tables.
    if query(addresses.owner, _READ_STAMP) == fingerprint:
        return
    check_data_keys(env)
    with step("Tables de la base", "database tables") as line:
        make_tables(env, addresses, line)
    query(addresses.owner, _WRITE_STAMP.format(fingerprint))


def check_data_keys(env: dict[str, str], *options: str) -> None:
    """Refuse to work with other data keys than those this database was sealed with."""
    try:
        manage("check_data_keys", *options, env=env)
    except Stop as stop:
        said = (stop.detail or stop.french).rpartition("CommandError: ")[2]
        raise Stop(*said.strip().rsplit("\n", 1)) from stop


def hash_migrations() -> str:
    """Return what the tables depend on: migrations, what they load, the applications, the month.

    The month, because growing tables get their next monthly partitions with the migrations.
    """
    files = {file for pattern in _INGREDIENTS for file in SOURCE.glob(pattern) if file.is_file()}
    kept = [file for file in files if file.suffix != ".pyc"]
    return hash_files([*kept, ROOT / "uv.lock"], f"{datetime.now(UTC):%Y-%m}")


def make_tables(env: dict[str, str], addresses: Addresses, line: LiveLine) -> None:
    """Run the migrations, then make the growing tables' next partitions."""
    as_their_owner = as_owner(env, addresses)
    manage("migrate", "--skip-checks", env=as_their_owner, line=line)
    manage("make_partitions", env=as_their_owner, line=line)
