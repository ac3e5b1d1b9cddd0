"""Each screen that changes the registry: does it, says so, and shows refusals without doing it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gwa.common.drafts import keep_draft
from gwa.common.models import FormDraft
from gwa.journal.models import Entry
from gwa.registry.actions import correct_household, mark_deceased, mark_moved, set_identifier
from gwa.registry.models import Document, Household, Identifier, Membership, Person
from gwa.testing.cast import FATOU, LATER, correction
from gwa.zones.actions import create_zone

WHY = {"source_kind": "paper", "collected_on": "01/09/2025", "reason": "vu sur place"}


def send(client, name, key, **fields):
    return client.post(reverse(f"registry:{name}", args=[key]), fields, follow=True)


def form_of(client, name, key):
    """What the form starts from, as a browser would send it back."""
    form = client.get(reverse(f"registry:{name}", args=[key])).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {
        name: value if not hasattr(value, "strftime") else f"{value:%d/%m/%Y}"
        for name, value in values.items()
        if value not in (None, False, "")
    }


def test_a_correction_changes_only_what_was_touched(desk, cast):
    fields = form_of(desk, "correct", cast.household.pk) | WHY | {"address": "en face du marché"}
    page = send(desk, "correct", cast.household.pk, **fields)
    assert "Le ménage est corrigé." in page.text
    line = Entry.objects.get(action="registry.household_corrected")
    assert line.reason == "vu sur place"
    assert line.right == "registry.correct_household"
    household = Household.objects.get(pk=cast.household.pk)
    assert (household.address, household.lat, household.accuracy_m) == (
        "en face du marché",
        14.53,
        8.0,
    )


def test_without_a_reason_nothing_is_done(desk, cast):
    fields = form_of(desk, "correct", cast.household.pk) | WHY | {"address": "x", "reason": ""}
    page = send(desk, "correct", cast.household.pk, **fields)
    assert page.context["form"].errors["reason"]
    assert Household.objects.get(pk=cast.household.pk).address == "derrière la mosquée"


def test_a_refusal_is_shown_in_the_form(desk, cast):
    fields = form_of(desk, "correct", cast.household.pk) | WHY
    page = send(desk, "correct", cast.household.pk, **fields)
    assert "Rien à corriger" in page.text


def test_an_answer_is_corrected_by_section(desk, cast, dictionary):
    household = cast.with_dictionary(dictionary)
    variable = dictionary.variables.filter(
        level="household", type="choice", storage="answers", is_sensitive=False
    ).first()
    choice = variable.choices.first()
    url = reverse("registry:answers", args=[household.pk, variable.section.name])
    page = desk.post(url, WHY | {f"answer_{variable.name}": choice.code}, follow=True)
    assert "Les réponses sont corrigées." in page.text
    assert Household.objects.get(pk=household.pk).answers == {variable.name: choice.code}


def test_a_person_is_corrected_and_the_phone_stays(desk, cast):
    awa = cast.person("Awa")
    why = WHY | {"source_kind": "operator"}
    fields = form_of(desk, "person_correct", awa.pk) | why | {"family_name": "Taraoré"}
    page = send(desk, "person_correct", awa.pk, **fields)
    assert "La personne est corrigée." in page.text
    after = Person.objects.get(pk=awa.pk)
    assert (after.family_name, after.phone) == ("Taraoré", "22376123456")
    assert after.birth_precision == "day"


def test_a_source_believed_less_is_told_so(desk, cast):
    awa = cast.person("Awa")
    fields = form_of(desk, "person_correct", awa.pk) | WHY | {"family_name": "Taraoré"}
    page = send(desk, "person_correct", awa.pk, **fields)
    assert "une source plus sûre reste en vigueur" in page.text
    assert "La personne est corrigée." not in page.text
    assert "Taraoré" in page.text
    assert Person.objects.get(pk=awa.pk).family_name == "Traoré"


def test_an_attachment_changes_after_choosing_among_namesakes(desk, cast):
    fields = WHY | {"place": "Berrah", "address": "", "on": "01/09/2025"}
    page = send(desk, "attachment", cast.household.pk, **fields)
    assert "Le rattachement est changé." in page.text
    assert Household.objects.get(pk=cast.household.pk).zone == cast.places.berrah


def test_the_name_of_ones_own_village_is_not_asked_about_again(desk, cast):
    own = cast.household.zone
    namesake = create_zone(
        parent=cast.places.konna_commune,
        level=own.level,
        code="namesake",
        name=own.name,
        on=LATER,
        actor=FATOU,
    )
    fields = WHY | {"place": own.name, "address": "derrière le marché", "on": "01/09/2025"}
    page = send(desk, "attachment", cast.household.pk, **fields)
    assert "Le rattachement est changé." in page.text
    assert Household.objects.get(pk=cast.household.pk).zone == own
    page = send(desk, "attachment", cast.neighbours.pk, **fields | {"zone_id": namesake.pk})
    assert "Le rattachement est changé." in page.text
    assert Household.objects.get(pk=cast.neighbours.pk).zone == namesake


def test_the_page_that_asks_names_the_household_and_the_person(desk, cast):
    page = desk.get(reverse("registry:correct", args=[cast.household.pk])).text
    assert f"Ménage d’Awa Traoré · {cast.household.shown_number}" in page
    page = desk.get(reverse("registry:death", args=[cast.person("Awa").pk])).text
    assert "Déclarer le décès d’Awa Traoré" in page


def test_a_place_nobody_knows_is_refused_with_a_word(desk, cast):
    fields = WHY | {"place": "Xyzzy", "on": "01/09/2025"}
    page = send(desk, "attachment", cast.household.pk, **fields)
    assert "Aucun village, quartier ou fraction ne porte ce nom" in page.text


def test_where_the_household_is_now_and_back(desk, cast):
    key = cast.household.pk
    fields = {"place": "Soufouroulaye", "kind": "host", "since": "01/09/2025", "reason": "fuite"}
    send(desk, "place_now", key, **fields)
    assert Household.objects.get(pk=key).place_now == cast.places.soufouroulaye
    send(desk, "back", key, reason="retour")
    assert Household.objects.get(pk=key).place_now is None


def test_contacts_are_named(desk, cast):
    binta = cast.person("Binta")
    send(desk, "contacts", cast.household.pk, recipient=str(binta.pk), reason="elle a le téléphone")
    assert Household.objects.get(pk=cast.household.pk).recipient == binta


def test_a_member_is_born(desk, cast):
    fields = WHY | {
        "given_name": "Modibo",
        "family_name": "Diarra",
        "sex": "M",
        "birth": "05/2025",
        "relationship": "grandchild",
        "on": "01/06/2025",
    }
    page = send(desk, "add_member", cast.household.pk, **fields)
    assert "Le membre est ajouté." in page.text
    assert cast.membership("Modibo").relationship == "grandchild"
    assert cast.person("Modibo").birth_precision == "month"


def test_no_link_with_the_head_is_chosen_beforehand(desk, cast):
    fields = WHY | {"given_name": "Modibo", "family_name": "Diarra", "sex": "M", "on": "01/06/2025"}
    page = send(desk, "add_member", cast.household.pk, **fields, relationship="")
    assert page.context["form"].errors["relationship"]
    assert not Person.objects.filter(given_name="Modibo").exists()


def test_a_member_moves_by_registry_number(desk, cast):
    binta = cast.person("Binta")
    fields = WHY | {
        "number": cast.neighbours.registry_number,
        "is_principal": "yes",
        "relationship": "child_in_law",
        "on": "01/09/2025",
    }
    send(desk, "join", binta.pk, **fields)
    assert cast.membership("Binta").household == cast.neighbours


def test_a_second_hearth_is_added(desk, cast):
    bakary = cast.person("Bakary")
    fields = WHY | {
        "number": cast.household.registry_number,
        "is_principal": "no",
        "relationship": "other_relative",
        "on": "01/09/2025",
    }
    send(desk, "join", bakary.pk, **fields)
    assert Membership.objects.current().filter(person=bakary).count() == 2
    assert cast.membership("Bakary").household == cast.neighbours


def test_a_member_leaves_and_a_link_is_corrected(desk, cast):
    send(desk, "link", cast.membership("Seydou").pk, relationship="nephew_niece", reason="erreur")
    assert cast.membership("Seydou").relationship == "nephew_niece"
    send(desk, "remove_member", cast.membership("Seydou").pk, on="01/09/2025", reason="parti")
    assert not Membership.objects.current().filter(person=cast.person("Seydou")).exists()


def test_the_head_changes(desk, cast):
    kadia = cast.membership("Kadia")
    fields = {"new_head": str(kadia.pk), "on": "01/09/2025", "reason": "Awa voyage"}
    page = send(desk, "head", cast.household.pk, **fields)
    assert "Le chef de ménage est changé." in page.text
    assert cast.membership("Kadia").is_head


def test_a_household_splits(desk, cast):
    binta, seydou = cast.membership("Binta"), cast.membership("Seydou")
    fields = WHY | {
        "leaving": [str(binta.pk), str(seydou.pk)],
        "new_head": str(binta.pk),
        "place": "Soufouroulaye",
        "on": "01/09/2025",
    }
    send(desk, "split", cast.household.pk, **fields)
    founded = cast.membership("Binta").household
    assert founded != cast.household
    assert founded.zone == cast.places.soufouroulaye


@pytest.mark.parametrize(("name", "status"), [("moved", "moved"), ("dissolve", "dissolved")])
def test_a_household_closes_and_reopens(desk, cast, name, status):
    send(desk, name, cast.household.pk, on="01/09/2025", reason="partis")
    assert Household.objects.get(pk=cast.household.pk).status == status
    page = send(desk, "reopen", cast.household.pk, reason="revenus")
    assert "Le ménage est de nouveau actif." in page.text
    assert Household.objects.get(pk=cast.household.pk).status == "active"


def test_a_closed_household_offers_to_reopen_and_nothing_else(desk, cast):
    mark_moved(household=cast.household, on=LATER, actor=FATOU, reason="partis")
    page = desk.get(reverse("registry:household", args=[cast.household.pk])).text
    assert "Rouvrir le ménage" in page
    assert "Ajouter un membre" not in page


def test_the_death_of_a_head_asks_who_leads(desk, cast):
    awa = cast.person("Awa")
    page = send(desk, "death", awa.pk, on="01/09/2025", reason="annoncé")
    assert page.context["form"].errors["new_head"]
    kadia = cast.membership("Kadia")
    send(desk, "death", awa.pk, on="01/09/2025", new_head=str(kadia.pk), reason="annoncé")
    assert cast.membership("Kadia").is_head
    assert Person.objects.get(pk=awa.pk).status == "deceased"


def test_a_death_is_withdrawn(desk, cast):
    kadia = mark_deceased(person=cast.person("Kadia"), on=LATER, actor=FATOU)
    send(desk, "withdraw_death", kadia.pk, reason="erreur de personne")
    assert Person.objects.get(pk=kadia.pk).status == "alive"


def test_a_number_is_entered_shown_verified_and_ended(desk, cast):
    awa = cast.person("Awa")
    send(desk, "add_identifier", awa.pk, kind="nina", value="18405 123456 789K", **WHY)
    number = Identifier.objects.get(person=awa)
    page = desk.get(reverse("registry:person", args=[awa.pk])).text
    assert "18405123456789K" not in page
    shown = send(desk, "show_identifier", number.pk)
    assert "18405123456789K" in shown.text
    line = Entry.objects.get(action="registry.identifier_shown")
    assert "18405123456789K" not in str(line.data)
    send(desk, "verify", number.pk, on="01/09/2025", reason="carte vue")
    send(desk, "end", number.pk, on="02/09/2025", reason="carte perdue")
    number.refresh_from_db()
    assert (str(number.verified_on), str(number.ended_on)) == ("2025-09-01", "2025-09-02")


def test_a_phone_shows_on_demand(desk, cast):
    shown = send(desk, "show_phone", cast.person("Awa").pk)
    assert "76 12 34 56" in shown.text
    assert Entry.objects.filter(action="registry.phone_shown").count() == 1


def test_an_agent_without_the_right_sees_no_number(commune, cast):
    set_identifier(
        person=cast.person("Awa"),
        kind="nina",
        value="18405123456789K",
        source=correction(),
        actor=FATOU,
    )
    number = Identifier.objects.get()
    assert send(commune, "show_identifier", number.pk).status_code == 403
    assert send(commune, "show_phone", cast.person("Awa").pk).status_code == 403


def test_a_document_is_attached_opened_and_removed(desk, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("acte.pdf", b"%PDF-1.4 acte", content_type="application/pdf")
    send(desk, "attach", cast.household.pk, title="Acte de naissance", upload=upload)
    document = Document.objects.get()
    opened = desk.get(reverse("registry:document", args=[document.pk]))
    assert b"".join(opened.streaming_content) == b"%PDF-1.4 acte"
    assert Entry.objects.filter(action="registry.document_read").count() == 1
    send(desk, "remove_document", document.pk, reason="pas le bon")
    assert desk.get(reverse("registry:document", args=[document.pk])).status_code == 404


def test_what_is_not_an_image_nor_a_pdf_is_refused(desk, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("x.exe", b"MZ\x00", content_type="application/pdf")
    page = send(desk, "attach", cast.household.pk, title="Acte", upload=upload)
    assert "Fichier refusé" in page.context["form"].errors["upload"][0]
    assert not Document.objects.exists()


def test_the_last_change_is_shown_then_undone(desk, cast):
    correct_household(
        household=cast.household,
        changes={"address": "en face du marché"},
        source=correction(),
        actor=FATOU,
        reason="déménagement",
    )
    page = desk.get(reverse("registry:undo", args=[cast.household.pk])).text
    assert "derrière la mosquée" in page
    assert "en face du marché" in page
    send(desk, "undo", cast.household.pk, reason="mauvais ménage")
    assert Household.objects.get(pk=cast.household.pk).address == "derrière la mosquée"


def test_a_registration_is_not_undone(desk, cast):
    page = desk.get(reverse("registry:undo", args=[cast.household.pk])).text
    assert "ne s’annule pas" in page


def test_an_accepted_form_forgets_its_draft(desk, operator, cast):
    form = f"registry:correct:{cast.household.pk}"
    keep_draft(author_id=operator.pk, form=form, fields={"address": ["x"]})
    fields = form_of(desk, "correct", cast.household.pk) | WHY | {"address": "en face du marché"}
    assert (
        f"/drafts/{form}/" in desk.get(reverse("registry:correct", args=[cast.household.pk])).text
    )
    send(desk, "correct", cast.household.pk, **fields)
    assert not FormDraft.objects.exists()
