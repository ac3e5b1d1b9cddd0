"""The registry's figures for the pages and maps of zones.

They are kept by a job, row by row under the zones' own limits, and never counted on the fly.
"""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from gwa.registry.models import FiguresRun, ZoneFigure
from gwa.zones.figures import Measure

MEASURES = (
    Measure("households", _("Ménages")),
    Measure("persons", _("Personnes")),
)


def read_figures(zone_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """The figures of these zones of the reader's; none at all before the first count."""
    if not FiguresRun.objects.exists():
        return {}
    codes = [measure.code for measure in MEASURES]
    found = {zone_id: dict.fromkeys(codes, 0) for zone_id in zone_ids}
    rows = ZoneFigure.objects.filter(zone__in=zone_ids, measure__in=codes)
    for zone_id, measure, value in rows.values_list("zone_id", "measure", "value"):
        found[zone_id][measure] = value
    return found
