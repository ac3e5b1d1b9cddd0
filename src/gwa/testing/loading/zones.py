"""The drawn places as zones: two geographies, their shapes, the crosswalk."""

import polars as pl
from django.db import connection

from gwa.common.text import fold
from gwa.testing.country.places import CURRENT, FORMER, FORMER_SINCE, REFORM_ON, Places
from gwa.testing.country.tables import Ground
from gwa.testing.loading.copying import as_copy_text, copy_into
from gwa.zones.models import Crosswalk, Geography, Shape, Zone

_SOURCE = "Pays de démonstration : lieux et limites dessinés, noms et codes des régions et cercles"
_POPULATION_SOURCE = "RGPH5 2022 (régions) ; répartition inventée en dessous"


def load_zones(places: Places) -> Ground:
    """Copy the country's zones; give the ids and paths of its settlements."""
    geographies = {
        FORMER: Geography.objects.create(
            code="demo-2015",
            name="Découpage d’avant 2023 (démonstration)",
            valid_from=FORMER_SINCE,
            valid_to=REFORM_ON,
            source=_SOURCE,
        ),
        CURRENT: Geography.objects.create(
            code="demo-2023",
            name="Découpage de 2023 (démonstration)",
            valid_from=REFORM_ON,
            source=_SOURCE,
        ),
    }
    zones = _give_ids(places.zones)
    rows = zones.select(
        "id",
        pl.col("geography")
        .replace_strict({k: g.pk for k, g in geographies.items()})
        .alias("geography_id"),
        "code",
        "name",
        pl.Series("name_key", [fold(name) for name in zones["name"]]),
        "level",
        "parent_id",
        "path",
        pl.when(geography=FORMER)
        .then(pl.lit(FORMER_SINCE))
        .otherwise(pl.lit(REFORM_ON))
        .alias("valid_from"),
        pl.when(geography=FORMER).then(pl.lit(REFORM_ON)).alias("valid_to"),
        "lon",
        "lat",
        "population",
        pl.lit(_POPULATION_SOURCE).alias("population_source"),
    )
    copy_into(Zone._meta.db_table, rows.columns, as_copy_text(rows))
    shapes = zones.filter(pl.col("shape").is_not_null()).select(
        zone_id="id", geometry="shape", source=pl.lit("Dessin de démonstration")
    )
    copy_into(Shape._meta.db_table, shapes.columns, as_copy_text(shapes))
    _load_crosswalk(places, zones)
    ids = zones["id"].to_numpy()
    settlements = places.settlements["zone"].to_numpy() - 1
    return Ground(ids[settlements], tuple(zones["path"].gather(settlements)))


def find_ground(places: Places) -> Ground | None:
    """The demonstration zones that are already there, or None."""
    known = {
        code: (pk, path)
        for pk, code, path in Zone.objects.filter(geography__code="demo-2023").values_list(
            "pk", "code", "path"
        )
    }
    if not known:
        return None
    codes = places.zones["code"].gather(places.settlements["zone"].to_numpy() - 1)
    found = [known[code] for code in codes]
    return Ground(pl.Series([pk for pk, _ in found]).to_numpy(), tuple(path for _, path in found))


def _give_ids(zones: pl.DataFrame) -> pl.DataFrame:
    """Number the zones in the database's sequence and write the path of each."""
    table = Zone._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, zones.height],
        )
        ids = [row[0] for row in cursor.fetchall()]
    paths: list[str] = []
    parents: list[int | None] = []
    for number, parent in enumerate(zones["parent"]):
        parents.append(None if parent is None else ids[parent - 1])
        paths.append(f"{'' if parent is None else paths[parent - 1]}{ids[number]}/")
    return zones.with_columns(
        id=pl.Series(ids, dtype=pl.Int64),
        parent_id=pl.Series(parents, dtype=pl.Int64),
        path=pl.Series(paths, dtype=pl.String),
    )


def _load_crosswalk(places: Places, zones: pl.DataFrame) -> None:
    numbered = zones.select("number", "id")
    rows = (
        places.crosswalk.join(numbered, left_on="old", right_on="number")
        .join(numbered, left_on="new", right_on="number", suffix="_new")
        .select(
            old_id="id",
            new_id="id_new",
            share="share",
            source=pl.lit("Population des villages du dessin"),
        )
    )
    copy_into(Crosswalk._meta.db_table, rows.columns, as_copy_text(rows))
