"""The zones as an export names them: code and name, and the names of those above."""

import polars as pl

from gwa.registry.columns import PLACE_LEVELS, place_column
from gwa.snapshots.reading.sessions import Session

_ZONES = "SELECT id, path, code, name, level FROM zones_zone"


def read_zones(session: Session) -> pl.DataFrame:
    """Return a line a zone: `zone_id`, `zone_code`, `name_of_zone`, `name_of_region`…"""
    rows = session.execute(_ZONES).fetchall()
    known = {number: (name, level) for number, _path, _code, name, level in rows}
    lines = []
    for number, path, code, name, _level in rows:
        above = {
            known[int(part)][1]: known[int(part)][0]
            for part in path.split("/")
            if part and int(part) in known
        }
        lines.append((number, code, name, *(above.get(level.value) for level in PLACE_LEVELS)))
    schema = {
        "zone_id": pl.Int64(),
        "zone_code": pl.String(),
        "name_of_zone": pl.String(),
        **{place_column(level): pl.String() for level in PLACE_LEVELS},
    }
    return pl.DataFrame(lines, schema=schema, orient="row")
