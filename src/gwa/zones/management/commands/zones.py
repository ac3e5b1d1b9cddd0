"""`./gwa zones import FILE…` and `./gwa zones crosswalk FILE`: geographies from published files."""

import argparse
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gwa.common.errors import DomainError
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.zones.actions import import_zones, set_crosswalk
from gwa.zones.boundaries.crosswalks import read_crosswalk
from gwa.zones.boundaries.files import read_files
from gwa.zones.boundaries.records import Reading
from gwa.zones.models import Geography, Level
from gwa.zones.queries.imports import plan_import
from gwa.zones.rules.differences import Differences
from gwa.zones.rules.orders import Country, ImportOrder

ACTOR = Actor(label="ligne de commande", right="zones.manage_zones")
_LISTED = 20
_LEVELS = {level.name.lower(): level for level in Level}


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Importe des zones : limites OCHA COD-AB ou geoBoundaries, localités, table de passage."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        self._add_import(words.add_parser("import", help="importer des zones"))
        passage = words.add_parser("crosswalk", help="importer une table de passage")
        passage.add_argument("file", type=Path)
        passage.add_argument("--old", required=True, help="code de l’ancien découpage")
        passage.add_argument("--new", required=True, help="code du nouveau découpage")
        passage.add_argument("--source", default="")

    @staticmethod
    def _add_import(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--geography", required=True, help="code du découpage, comme 2015")
        parser.add_argument("--name", default="", help="nom du découpage")
        parser.add_argument("--valid-from", type=dt.date.fromisoformat, metavar="AAAA-MM-JJ")
        parser.add_argument("--valid-to", type=dt.date.fromisoformat, metavar="AAAA-MM-JJ")
        parser.add_argument(
            "--on",
            type=dt.date.fromisoformat,
            metavar="AAAA-MM-JJ",
            help="jour où les zones nouvelles ouvrent et les disparues ferment (aujourd’hui)",
        )
        parser.add_argument("--country", nargs=2, metavar=("CODE", "NOM"))
        parser.add_argument("--levels", help="niveaux de ADM1 à ADMn, comme region,cercle,commune")
        parser.add_argument("--source", default="", help="origine des fichiers, montrée à l’écran")
        parser.add_argument("--ends-previous", action="store_true")
        parser.add_argument("--accept-gone", action="store_true")
        parser.add_argument("--dry-run", action="store_true", help="dire, sans rien changer")

    def handle(self, *args: object, **options: object) -> None:
        given = argparse.Namespace(**options)
        try:
            with transaction.atomic(), everywhere():
                if given.word == "import":
                    self._import(given)
                else:
                    self._cross(given)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _import(self, given: argparse.Namespace) -> None:
        order = _order(given)
        readings = read_files(given.files)
        if given.dry_run:
            geography = Geography.objects.filter(code=order.geography).first()
            differences = plan_import(readings, order, geography)
        else:
            differences = import_zones(readings=readings, order=order, actor=ACTOR)
        self.stdout.write("\n".join(report(differences, readings)))
        if given.dry_run:
            self.stdout.write(_("Essai : rien n’a été changé."))

    def _cross(self, given: argparse.Namespace) -> None:
        count = set_crosswalk(
            old=_geography(given.old),
            new=_geography(given.new),
            lines=read_crosswalk(given.file),
            source=given.source,
            actor=ACTOR,
        )
        self.stdout.write(_("Lignes de la table de passage : %(count)s") % {"count": count})


def _order(given: argparse.Namespace) -> ImportOrder:
    levels = given.levels.split(",") if given.levels else None
    try:
        depths = (Level.COUNTRY, *(_LEVELS[word.strip()] for word in levels)) if levels else None
    except KeyError as unknown:
        expected = ", ".join(_LEVELS)
        raise CommandError(f"--levels : {unknown} ? {expected}") from unknown
    return ImportOrder(
        geography=given.geography,
        name=given.name,
        on=given.on or timezone.localdate(),
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        ends_previous=given.ends_previous,
        accepts_gone=given.accept_gone,
        country=Country(*given.country) if given.country else None,
        depths=depths,
        source=given.source,
    )


def _geography(code: str) -> Geography:
    try:
        return Geography.objects.get(code=code)
    except Geography.DoesNotExist as missing:
        codes = ", ".join(Geography.objects.values_list("code", flat=True))
        raise CommandError(
            _("Aucun découpage « %(code)s ». Il y a : %(codes)s.") % {"code": code, "codes": codes}
        ) from missing


def report(differences: Differences, readings: list[Reading]) -> list[str]:
    """What the import did, in lines a person can check."""
    lines = [
        *_counts(_("Nouvelles"), [zone.level for zone in differences.new]),
        *_counts(_("Changées"), [change.facts.level for change in differences.changed]),
        *_listed(
            f"{change.facts.code} {change.facts.name} ({_fields(change.fields, change.reopened)})"
            for change in differences.changed
        ),
        *_counts(_("Disparues, fermées"), [zone.level for zone in differences.gone]),
        *_listed(f"{zone.code} {zone.name}" for zone in differences.gone),
        _("Sans changement : %(count)s") % {"count": differences.unchanged},
    ]
    repaired = [shape for reading in readings for shape in reading.repaired]
    if repaired:
        lines.append(
            ngettext(
                "%(count)s limite se croisait et a été réparée :",
                "%(count)s limites se croisaient et ont été réparées :",
                len(repaired),
            )
            % {"count": len(repaired)}
        )
        lines += _listed(repaired)
    return lines


def _counts(title: str, levels: list[int]) -> list[str]:
    parts = [f"{levels.count(level)} {Level(level).label}" for level in sorted(set(levels))]
    return [f"{title} : {len(levels)}" + (f" ({', '.join(parts)})" if parts else "")]


def _fields(fields: tuple[str, ...], reopened: bool) -> str:
    words = {
        "name": _("nom"),
        "level": _("niveau"),
        "lon": _("longitude"),
        "lat": _("latitude"),
        "population": _("population"),
        "geometry": _("limite"),
    }
    return ", ".join([words[field] for field in fields] + ([_("rouverte")] if reopened else []))


def _listed(lines: Iterable[str]) -> list[str]:
    """The first lines of a list, indented, and how many more there are."""
    kept = [f"  {line}" for line in lines]
    more = len(kept) - _LISTED
    return kept[:_LISTED] + (
        ["  " + _("… et encore %(count)s.") % {"count": more}] if more > 0 else []
    )
