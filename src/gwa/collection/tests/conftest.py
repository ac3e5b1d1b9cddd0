"""Lists for the tests of imports, written as people write them, and brought in as the job does."""

import csv
import datetime as dt
import io
from dataclasses import dataclass, field

import pytest
from django.db import transaction

from gwa.collection.actions import Upload, set_mapping, start_import, upload_import
from gwa.collection.actions.sources import DataSourceFacts, add_data_source
from gwa.collection.intake.job import run_import
from gwa.collection.models import DataSource, Import, RefusedLine
from gwa.common.scope import EVERYWHERE, everywhere, scoped
from gwa.journal.models import Actor
from gwa.registry.models import Household, Identifier, Membership, Person, PersonName
from gwa.testing.places import TestPlaces, make_places

COLLECTED_ON = dt.date(2026, 3, 1)
FATOU = Actor(label="fatou", right="collection.import")
HOUSEHOLDS = ["cle", "village", "adresse", "pieces"]
PERSONS = ["cle", "prenom", "nom", "sexe", "naissance", "lien", "nina", "telephone"]
MAPPING = {
    "layout": "two_sheets",
    "households": {
        "sheet": "menages",
        "key": "cle",
        "columns": {"village": "zone_code", "adresse": "address", "pieces": "rooms"},
    },
    "persons": {
        "sheet": "personnes",
        "household_key": "cle",
        "columns": {
            "prenom": "given_name",
            "nom": "family_name",
            "sexe": "sex",
            "naissance": "birth_date",
            "lien": "relationship",
            "nina": "nina",
            "telephone": "phone",
        },
    },
}


def as_csv(titles, rows):
    """Rows of texts as a file with semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue().encode()


@dataclass
class Lists:
    """Brings lists in, always of one source."""

    places: TestPlaces
    data_source: DataSource
    imports: list = field(default_factory=list)

    def upload(self, *files, scope=EVERYWHERE, collected_on=COLLECTED_ON):
        """Hand files in: pairs of a name and bytes."""
        with transaction.atomic(), scoped([scope]):
            made = upload_import(
                uploads=[Upload(name, io.BytesIO(content)) for name, content in files],
                data_source=self.data_source,
                collected_on=collected_on,
                scope_paths=[scope],
                actor=FATOU,
            )
        self.imports.append(made)
        return made

    def start(self, made, mapping, known=Import.Known.UPDATE):
        """Choose the columns and let the job begin, without running it."""
        with transaction.atomic(), scoped(made.scope_paths):
            set_mapping(of_import=made, mapping=mapping, known=known, actor=FATOU)
            start_import(of_import=made, actor=FATOU)
        return made

    def run(self, made, mapping, known=Import.Known.UPDATE):
        """Choose the columns, start, and do what the worker does."""
        self.start(made, mapping, known)
        run_import(made.pk)
        with transaction.atomic(), everywhere():
            made.refresh_from_db()
        return made

    def bring(self, households, persons, *, mapping=MAPPING, **more):
        """Bring in two sheets."""
        known = more.pop("known", Import.Known.UPDATE)
        made = self.upload(
            ("menages.csv", as_csv(HOUSEHOLDS, households)),
            ("personnes.csv", as_csv(PERSONS, persons)),
            **more,
        )
        return self.run(made, mapping, known)


@pytest.fixture
def lists(transactional_db, dictionary_in_service, settings, tmp_path):
    """The tiny geography, the dictionary in service, and one source of lists."""
    # Where a process with GWA_STATE_DIR looks too.
    settings.MEDIA_ROOT = tmp_path / "files"
    places = make_places()
    with transaction.atomic(), everywhere():
        source = add_data_source(
            facts=DataSourceFacts(
                name="Filets sociaux 2026",
                kind="partner",
                organisation="Un partenaire",
                collected_from=dt.date(2026, 1, 1),
                collected_to=COLLECTED_ON,
            ),
            actor=FATOU,
        )
    return Lists(places, source)


@pytest.fixture
def dictionary_in_service(transactional_db):
    """The project's dictionary, published."""
    from django.conf import settings
    from django.utils import timezone

    from gwa.journal.models import SYSTEM
    from gwa.variables.actions import load_dictionary, publish_version

    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    version = load_dictionary(folder=folder, actor=SYSTEM)
    return publish_version(version=version, actor=SYSTEM, at=timezone.now())


def everything():
    """What the registry holds, row by row, without times and technical ids: to compare."""
    with transaction.atomic(), everywhere():
        homes = Household.objects.order_by("pk").values_list(
            "pk", "registry_number", "zone_id", "address", "answers", "status"
        )
        people = Person.objects.order_by("pk").values_list(
            "pk", "given_name", "family_name", "sex", "birth_from", "birth_to", "answers"
        )
        links = Membership.objects.order_by("pk").values_list(
            "person_id", "household_id", "relationship", "ended_on"
        )
        numbers = Identifier.objects.order_by("pk").values_list("person_id", "is_claim")
        names = PersonName.objects.order_by("person_id", "name_id").values_list()
        return [list(rows) for rows in (homes, people, links, numbers, names)]


def refusals_of(made):
    """The codes of each refused line, by sheet and line."""
    with transaction.atomic(), everywhere():
        lines = RefusedLine.objects.filter(of_import=made)
        return {(line.sheet, line.line): line.codes for line in lines}


@pytest.fixture
def family():
    """A household of three as the list tells it."""
    return (
        [["A1", "05010101", "près du puits", "3"]],
        [
            ["A1", "Awa", "Traoré", "F", "02/05/1984", "Chef de ménage", "", "76 12 34 56"],
            ["A1", "Binta", "Diarra", "femme", "2008", "fille", "", ""],
            ["A1", "Seydou", "Diarra", "masculin", "03/2012", "Enfant", "12345678901234A", ""],
        ],
    )
