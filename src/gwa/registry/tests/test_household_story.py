"""The history of a household as a story."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from gwa.common.scope import scoped
from gwa.registry.actions import (
    change_attachment,
    correct_household,
    correct_person,
    move_member,
    set_identifier,
    set_origin,
    set_recipient,
    undo_last_change,
)
from gwa.registry.models import Compound, Household, Source
from gwa.registry.queries.differences import Sight, tell_losers
from gwa.registry.queries.story import household_story
from gwa.registry.rules.births import born_between
from gwa.registry.rules.facts import Position
from gwa.testing.cast import FATOU, LATER, LATER_STILL, Cast, correction, interview, save_row


@dataclass
class Reader:
    rights: set[str] = field(default_factory=set)

    def has_right(self, code: str) -> bool:
        return code in self.rights

    def scope_paths(self) -> list[str]:
        return ["*"]


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr"):
        yield


def story(household: Household, *rights: str, **page):
    return household_story(household, Reader(set(rights)), **page)


def said(line) -> set[tuple[str, str, str, str]]:
    return {(one.subject, one.field, one.before, one.after) for one in line.differences}


def correct(cast: Cast, person=None, source=None, **changes):
    changes = {name.replace("__", "."): value for name, value in changes.items()}
    act = correct_person if person else correct_household
    subject = {"person": cast.person(person)} if person else {"household": cast.household}
    act(**subject, changes=changes, source=source or correction(), actor=FATOU, reason="carte vue")


def test_a_correction_says_who_why_and_from_what_to_what(cast: Cast):
    correct(cast, "Awa", birth=born_between(1980, 1985), given_name="Hawa")
    line = story(cast.household)[0]
    assert (line.actor, line.reason, line.actions) == ("fatou", "carte vue", ("Personne corrigée",))
    assert line.source == "correction de l’unité technique, 01/09/2025"
    assert said(line) == {
        ("Hawa Traoré", "Prénom", "Awa", "Hawa"),
        ("Hawa Traoré", "Naissance", "02/05/1984", "entre 1980 et 1985"),
    }


def test_the_registration_names_the_members(cast: Cast):
    (line,) = story(cast.household)
    assert line.actions == ("Ménage enregistré",)
    assert ("Binta Diarra", "Lien avec le chef", "", "enfant") in said(line)
    assert ("Ménage", "Rattachement", "", "Sévaré") in said(line)


def test_several_changes_of_one_row_each_keep_their_own_ends(cast: Cast):
    correct(cast, address="au marché")
    correct(cast, source=correction(LATER_STILL), address="au fleuve")
    newest, older, _ = story(cast.household)
    assert said(older) == {("Ménage", "Adresse", "derrière la mosquée", "au marché")}
    assert said(newest) == {("Ménage", "Adresse", "au marché", "au fleuve")}


def test_a_word_set_aside_is_told(cast: Cast):
    correct(cast, source=correction(LATER_STILL), address="au fleuve")
    correct(cast, source=interview(LATER), address="au marché")
    line = story(cast.household)[0]
    assert said(line) == {("Ménage", "Adresse", "", "au marché (valeur non retenue)")}


def test_what_is_sealed_is_never_shown(cast: Cast):
    correct(cast, "Awa", phone="66 11 22 33")
    set_identifier(
        person=cast.person("Awa"),
        kind="nina",
        value="12345678901234A",
        source=correction(),
        actor=FATOU,
    )
    given, called, _ = story(cast.household)
    assert ("Awa Traoré", "Téléphone", "protégé", "protégé") in said(called)
    assert ("Awa Traoré", "Numéro", "", "protégé") in said(given)
    assert "11223" not in repr((given, called))
    assert "12345678" not in repr((given, called))


def test_answers_are_told_in_the_words_of_the_dictionary(cast: Cast, dictionary):
    household = cast.with_dictionary(dictionary)
    correct_household(
        household=household,
        changes={"answers.rooms": 3},
        source=correction(),
        actor=FATOU,
        reason="visite",
    )
    ((_, field_name, before, after),) = said(story(household)[0])
    assert (before, after) == ("", "3") or after.startswith("3")
    assert field_name != "rooms"
    assert field_name != "answers.rooms"


def test_roles_and_moves_name_people_and_places(cast: Cast):
    set_recipient(household=cast.household, person=cast.person("Kadia"), actor=FATOU)
    change_attachment(
        household=cast.household,
        zone=cast.places.konna,
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="départ",
    )
    moved, role, _ = story(cast.household)
    assert said(role) == {("Ménage", "Bénéficiaire du versement", "", "Kadia Coulibaly")}
    assert ("Ménage", "Rattachement", "Sévaré", "Konna village") in said(moved)
    assert ("Ménage", "Position GPS", "14.53000, -4.10000", "") in said(moved)


def test_an_origin_is_told_only_to_who_may_read_it(cast: Cast):
    set_origin(household=cast.household, zone=cast.places.kel_gossi, actor=FATOU)
    hidden = story(cast.household)[0]
    assert "Kel Gossi" not in repr(hidden)
    assert ("Origine", "Lieu d’origine", "", "modifié") in said(hidden)
    open_line = story(cast.household, "registry.read_origin")[0]
    assert ("Origine", "Lieu d’origine", "", "Kel Gossi") in said(open_line)


def test_the_zone_left_reads_what_happened_there_and_not_what_followed(cast: Cast):
    correct(cast, address="au marché")
    change_attachment(
        household=cast.household,
        zone=cast.places.berrah,
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="départ",
        address="sous les tentes",
    )
    with scoped([cast.places.socoura.path]):
        left, corrected, registered = story(cast.household)
        assert left.actions == ("Ménage rattaché à une autre zone",)
        assert left.reason == "départ"
        assert "tentes" not in repr(left)
        assert corrected.reason == "carte vue"
        assert registered.actions == ("Ménage enregistré",)


def test_somebody_who_moved_away_takes_along_what_is_written_of_her_since(cast: Cast):
    move_member(
        person=cast.person("Binta"),
        to=cast.neighbours,
        relationship="child_in_law",
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="mariage",
    )
    correct(cast, "Binta", mother_name="Awa")
    assert story(cast.household)[0].actions == ("Membre passé dans un autre ménage",)
    assert story(cast.neighbours)[0].actions == ("Personne corrigée",)


def test_a_compound_is_named(cast: Cast):
    compound = Compound(
        zone=cast.places.sevare,
        zone_path=cast.places.sevare.path,
        name="Concession Traoré",
        started_on=LATER,
    )
    save_row(row=compound)
    correct(cast, compound=compound)
    told = said(story(cast.household)[0])
    assert told == {("Ménage", "Concession", "", "Concession Traoré")}


def test_an_undo_is_told_too(cast: Cast):
    correct(cast, address="au marché")
    undo_last_change(household=cast.household, actor=FATOU, reason="non")
    line = story(cast.household)[0]
    assert line.actions == ("Modification annulée",)
    assert ("Ménage", "Adresse", "au marché", "derrière la mosquée") in said(line)


def test_pages_follow_each_other(cast: Cast):
    for number in range(5):
        day = LATER + dt.timedelta(days=number)
        correct(cast, source=correction(day), address=f"case {number}")
    whole = story(cast.household)
    first = story(cast.household, limit=2)
    second = story(cast.household, limit=4, before=first[-1].cursor)
    assert [line.change_id for line in [*first, *second]] == [line.change_id for line in whole]


def test_a_household_of_a_bulk_load_begins_with_its_source(cast: Cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gwa.bulk', 'on', true)")
    source = Source.objects.create(
        kind="import",
        label="fichier de 2019",
        collected_on=LATER,
        recorded_at=dt.datetime.now(dt.UTC),
    )
    loaded = cast.bulk_household(source)
    (line,) = story(loaded)
    assert (line.actor, line.cursor, line.actions) == ("fichier de 2019", 0, ("Ménage enregistré",))
    assert story(loaded, before=0) == []


def test_the_number_of_queries_does_not_grow_with_the_story(cast: Cast):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            story(cast.household)
        return len(seen)

    correct(cast, address="au marché")
    before = count()
    for number in range(6):
        day = LATER + dt.timedelta(days=number)
        correct(cast, source=correction(day), address=f"case {number}")
    assert count() == before <= 11


def test_a_sensitive_answer_is_told_to_those_who_may_read_it(cast: Cast, dictionary):
    household = cast.with_dictionary(dictionary)
    variable = dictionary.variables.filter(
        level="household", type="choice", storage="answers", is_sensitive=True
    ).first()
    choice = variable.choices.first()
    correct(cast, **{f"answers__{variable.name}": choice.code})
    (hidden,) = said(story(household)[0])
    (told,) = said(story(household, "registry.read_sensitive")[0])
    assert hidden[3] == "modifié"
    assert told[3] == choice.labels["fr"]


def test_the_position_of_a_household_that_hides_it_is_in_no_story(cast: Cast):
    correct(cast, is_position_hidden=True)
    correct(cast, position=Position(-4.11, 14.51, 5.0))
    everything = repr(story(cast.household, "registry.read_sensitive", "registry.read_origin"))
    assert "Position" in everything
    assert "14.51" not in everything


def test_what_another_source_said_is_told_in_words(cast: Cast, dictionary):
    household = cast.with_dictionary(dictionary)
    variable = dictionary.variables.filter(
        level="household", type="choice", storage="answers", is_sensitive=False
    ).first()
    first, second = variable.choices.all()[:2]
    correct(cast, **{f"answers__{variable.name}": first.code})
    correct(cast, source=correction(LATER_STILL), **{f"answers__{variable.name}": second.code})
    household.refresh_from_db()
    losers = tell_losers(household, sight=Sight(origin=False, sensitive=False))
    assert (variable.labels["fr"], first.labels["fr"]) in {
        (line.field, line.after) for line, _ in losers
    }
