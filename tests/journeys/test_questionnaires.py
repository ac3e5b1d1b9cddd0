"""A questionnaire changes while interviews go on, a campaign is composed, a conflict is settled."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from tests.journeys.conftest import DESK, PHONE

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household
from gwa.submissions.actions import enrol_device
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.submissions.tests.conftest import Telephone
from gwa.submissions.tests.test_take_in import again, correct
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import make_places
from gwa.testing.small_form import XFORM, publish_test_form
from gwa.zones.models import Zone

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 25_000
CHANGED = (
    XFORM.replace("{version}", "2")
    .replace("<label>Pièces</label>", "<label>Combien de pièces habitez-vous ?</label>")
    .replace("<wall_material/>", "<wall_material/><beds/>")
    .replace(
        '<bind nodeset="/data/wall_material"',
        '<bind nodeset="/data/beds" type="int" entities:saveto="beds"/>'
        '<bind nodeset="/data/wall_material"',
    )
    .replace(
        '<select1 ref="/data/wall_material">',
        '<input ref="/data/beds"><label>Lits</label></input><select1 ref="/data/wall_material">',
    )
)


@dataclass
class Scene:
    telephone: Telephone
    operator: User
    committee: User
    supervisor: User


@pytest.fixture
def scene(transactional_db):
    with transaction.atomic(), everywhere():
        load_first_dictionary()
        places = make_places()
        publish_test_form()
        moussa = make_account("enumerator", places.socoura, username="moussa")
        device, token = enrol_device(user=moussa, name="Tecno 14", actor=Actor(label="fatou"))
        mopti = Zone.objects.get(code="0501", geography=places.country.geography)
        return Scene(
            Telephone(places, moussa, device, token),
            make_account("operator", username="operateur"),
            make_account("committee_member", username="comite"),
            make_account("supervisor", mopti, username="superviseur"),
        )


def walk_as(start_walk, user, **options):
    walk = start_walk(**options)
    walk.enter_as(user)
    walk.page.set_default_timeout(PATIENCE)
    return walk


def decide(walk, button, confirm, reason):
    """Press a button of the page, say why in its dialog, and confirm."""
    page = walk.page
    page.get_by_role("button", name=button, exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(reason)
    dialog.get_by_role("button", name=confirm, exact=True).click()


def test_a_changed_questionnaire_goes_its_way_while_the_old_one_is_still_received(
    scene, start_walk
):
    before = scene.telephone.family()
    unit = walk_as(start_walk, scene.operator)
    page = unit.page
    unit.open("/questionnaires/propose/")
    page.get_by_label("Questionnaire").set_input_files(
        {"name": "essai.xml", "mimeType": "text/xml", "buffer": CHANGED.encode()}
    )
    page.get_by_label("Ce que cette version change").fill("Compter les lits")
    page.get_by_role("button", name="Lire ce questionnaire").click()

    page.get_by_role("heading", name="Depuis la version 1").wait_for()
    changed = page.locator("section", has_text="Depuis la version 1")
    changed.get_by_text("Lits").wait_for()
    changed.get_by_text("Combien de pièces habitez-vous ?").first.wait_for()
    assert changed.locator("del").all_inner_texts() == ["Pièces"]
    unit.shoot("form-changed-1440")
    unit.assert_clean()
    address = page.url.removeprefix(unit.address)

    page.get_by_role("link", name="Voir").click()
    onward = page.get_by_role("button", name="Suivant")
    page.get_by_label("Village").fill("05010101")
    onward.click()
    page.get_by_role("group", name="Position").wait_for()
    onward.click()
    page.get_by_role("button", name="Prendre la photo").wait_for()
    onward.click()
    page.get_by_label("Combien de pièces habitez-vous ?").fill("90")
    onward.click()
    page.get_by_text("Trop de pièces.").wait_for()
    unit.shoot("form-seen-1440")
    unit.assert_clean()
    page.get_by_label("Combien de pièces habitez-vous ?").fill("4")
    onward.click()
    page.get_by_role("group", name="Murs").wait_for()
    onward.click()
    page.get_by_label("Lits").wait_for()
    unit.open(address)

    page.get_by_role("link", name="Essayer").click()
    page.get_by_role("heading", name="Ce qu’il en serait").wait_for()
    unit.shoot("form-tried-1440")
    unit.assert_clean()
    assert not Submission.objects.exists()
    assert FormVersion.objects.get(version="2").status == FormVersion.Status.DRAFT

    unit.open(address)
    decide(unit, "Soumettre au comité", "Soumettre", "À valider en novembre")
    committee = walk_as(start_walk, scene.committee)
    committee.open(address)
    decide(committee, "Valider", "Valider au nom du comité", "PV n° 15")
    unit.open(address)
    decide(unit, "Mettre en service", "Mettre en service", "Nouvelle campagne")
    page.get_by_text("Le questionnaire est en service.").wait_for()

    with transaction.atomic(), everywhere():
        late = scene.telephone.enter(before)
        new = scene.telephone.enter(scene.telephone.family(version="2"))
    assert [one.form_version.version for one in (late, new)] == ["1", "2"]
    assert {late.status, new.status} == {Submission.Status.ACCEPTED}


@pytest.mark.parametrize(("width", "language"), [(DESK, "fr"), (PHONE, "en")])
def test_a_conflict_is_settled_at_the_desk(scene, start_walk, width, language):
    with transaction.atomic(), everywhere():
        first = scene.telephone.family()
        household = scene.telephone.enter(first).household
        correct(household, {"answers.rooms": 7})
        waiting = scene.telephone.enter(again(scene.telephone, first, answers={"rooms": "5"}))
    words = {
        "fr": ("conflits", "Régler le conflit", "Le conflit est réglé"),
        "en": ("conflicts", "Settle the conflict", "The conflict is settled"),
    }[language]
    walk = walk_as(start_walk, scene.supervisor, width=width, language=language)
    page = walk.page
    walk.open("/submissions/")
    walk.shoot(f"submissions-{width}")
    walk.assert_clean()
    page.get_by_role("link", name=words[0]).click()
    page.get_by_role("rowheader").get_by_role("link").click()
    page.get_by_label("5", exact=True).check()
    page.locator("#settle-reason").fill("Vu sur place : cinq pièces")
    walk.shoot(f"submission-conflict-{width}")
    walk.assert_clean()
    page.get_by_role("button", name=words[1]).click()
    page.get_by_text(words[2]).wait_for()
    process(waiting.pk)
    with transaction.atomic(), everywhere():
        assert Household.objects.get(pk=household.pk).answers["rooms"] == 5
    walk.open(f"/submissions/{waiting.pk}/")
    page.locator("#effect-title").wait_for()
    walk.shoot(f"submission-settled-{width}")
    walk.assert_clean()


def test_a_campaign_is_composed_of_the_core_and_modules(scene, start_walk):
    form = FormVersion.objects.get().form
    with transaction.atomic(), everywhere():
        assign_form(
            form=form,
            zone=scene.telephone.places.socoura,
            starts_on=scene.telephone.places.country.geography.valid_from,
            actor=Actor(label="operateur"),
        )
    walk = walk_as(start_walk, scene.operator)
    walk.open("/questionnaires/assignments/")
    walk.assert_clean()
    walk.page.get_by_role("link", name="Confier un questionnaire").click()
    walk.page.get_by_label("Code de la zone").fill(scene.telephone.places.sevare.code)
    walk.page.get_by_role("button", name="Confier").click()
    walk.page.get_by_text("Le questionnaire est confié").wait_for()
    walk.assert_clean()
