"""What was held without network arrives whole and once, however bad the network and the server."""

import http.client
import json
import os
import re
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect
from psycopg import sql
from tests.journeys.bad_network import (
    answer_cut,
    answer_lost,
    bad_gateway,
    cut_in_the_middle,
    gone,
    portal,
    slow,
)
from tests.journeys.telephones import choose_pin, hold, look, send, wait_until_whole

from gwa.common.scope import everywhere
from gwa.submissions.models import Original, SealKey, Submission, SubmissionFile

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones", "tests.journeys.bad_network"]

WORDS, PHOTO = r"PUT /phone/v1/uploads/.*size=\d{3,4}$", r"PUT /phone/v1/uploads/.*size=\d{6}$"
CONTACT = "POST /phone/v1/contact"
NO_NETWORK, BROKEN = "Pas de réseau.", "Le serveur a un problème."


def test_interviews_arrive_whole_and_once_through_a_bad_network(
    telephone, scene, network, tmp_path
):
    page = telephone()
    network.spoil("GET /phone/v1/forms/", portal)
    page.goto(f"{network.address}/collecte/#enrol={scene.token}")
    choose_pin(page)
    expect_trouble(page, NO_NETWORK)
    network.spoil("GET /phone/v1/forms/", answer_cut)
    try_to_send(page, NO_NETWORK)
    network.mend()
    send(page)
    wait_until_whole(page)

    page.context.set_offline(True)
    village = scene.places.sevare.name
    hold(page, village, "Awa Diarra", photo=draw_large_photo(tmp_path))
    hold(page, village, "Bakary Keïta")
    network.spoil(CONTACT, gone)
    page.context.set_offline(False)
    for fault, trouble in (
        (portal, NO_NETWORK),
        (bad_gateway, BROKEN),
        (answer_cut, NO_NETWORK),
    ):
        network.spoil(CONTACT, fault)
        try_to_send(page, trouble)
    for fault, trouble in (
        (cut_in_the_middle, NO_NETWORK),
        (portal, NO_NETWORK),
        (bad_gateway, BROKEN),
    ):
        network.spoil(WORDS, fault)
        try_to_send(page, trouble)
        assert heads() == set()
    look(page, "bad-network")
    # The server has the words, and the telephone does not know: it must not say so.
    network.spoil(WORDS, answer_lost)
    try_to_send(page, NO_NETWORK)
    assert heads() == {"Awa Diarra"}
    expect(page.get_by_role("heading", name="À envoyer (2)")).to_be_visible()

    network.spoil(PHOTO, cut_in_the_middle)
    try_to_send(page, NO_NETWORK)
    assert heads() == {"Awa Diarra", "Bakary Keïta"}, "words come before any photo"
    for fault, trouble in ((portal, NO_NETWORK), (bad_gateway, BROKEN)):
        network.spoil(PHOTO, fault)
        try_to_send(page, trouble)
    with database_away():
        try_to_send(page, BROKEN)
    # From here on each try brings a piece, even where its answer does not come back.
    for fault in (answer_lost, answer_cut, slow):
        network.spoil(PHOTO, fault)
        send(page)
    expect(page.get_by_text("Tout est au serveur")).to_be_visible()
    expect(page.get_by_role("heading", name="Envoyés (2)")).to_be_visible()

    assert offsets(network) == sorted(offsets(network)), "what has arrived is not sent again"
    send_ten_times(network)
    with transaction.atomic(), everywhere():
        assert Submission.objects.count() == 2
        [photo] = SubmissionFile.objects.exclude(name="audit.csv")
    assert photo.stored

    # One is refused: it waits apart with the reason, the next one passes it, and it can go again.
    page.context.set_offline(True)
    hold(page, village, "Coumba Sangaré")
    lose_key()
    network.spoil("PUT /phone/v1/uploads/", bad_gateway)
    page.context.set_offline(False)
    try_to_send(page, BROKEN)
    hold(page, village, "Djénéba Cissé")
    network.mend()
    send(page)
    expect(page.get_by_role("heading", name="Mis à part (1)")).to_be_visible()
    assert heads() == {"Awa Diarra", "Bakary Keïta", "Djénéba Cissé"}
    page.get_by_role("button", name="Coumba Sangaré").click()
    page.get_by_text("scellé pour un autre serveur").wait_for()
    look(page, "set-apart")
    page.get_by_role("button", name="Remettre dans la file").click()
    page.get_by_text("Reçu par le serveur").wait_for()
    assert "Coumba Sangaré" in heads()


def lose_key():
    """The server knows no more the key that telephones sealed to, as after an older backup."""
    with transaction.atomic():
        SealKey.objects.update(kid="0" * 16, retired_at=timezone.now())


def try_to_send(page, trouble):
    send(page)
    expect_trouble(page, trouble)


def expect_trouble(page, trouble):
    page.get_by_text(f"{trouble} Le téléphone réessaie tout seul.").wait_for()


def heads():
    """Of the households whose interview is on the server."""
    with transaction.atomic(), everywhere():
        words = [bytes(original.xml).decode() for original in Original.objects.all()]
    return {re.search("<head>([^<]*)<", one)[1] for one in words}


def offsets(network):
    """Where the pieces of the photo began that the server took."""
    calls = [one.call for one in network.passed if re.search(PHOTO, one.call)]
    return [int(re.search(r"offset=(\d+)", call)[1]) for call in calls]


def send_ten_times(network):
    """Send the words of an interview again, and hear the receipt of the same ones."""
    sent = next(one for one in network.passed if re.search(WORDS, one.call))
    method, path = sent.call.split(" ")
    for _ in range(10):
        server = http.client.HTTPConnection(network.server)
        server.request(method, path, sent.body, {"Authorization": sent.token})
        told = json.loads(server.getresponse().read())["receipt"]
        assert told["sha256"] == json.loads(sent.answer)["receipt"]["sha256"]
        server.close()


def draw_large_photo(folder):
    """A picture that no camera compresses well: it leaves in several pieces."""
    file = folder / "photo.png"
    Image.frombytes("RGB", (640, 480), os.urandom(640 * 480 * 3)).save(file)
    return file


@contextmanager
def database_away():
    """Let nobody in, and show out who is."""
    name = connection.settings_dict["NAME"]
    address = os.environ.get("GWA_TEST_SERVER_URL", os.environ["DATABASE_OWNER_URL"])
    close = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
        server.execute(close.format(sql.Identifier(name), sql.SQL("false")))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        connections.close_all()
        try:
            yield
        finally:
            server.execute(close.format(sql.Identifier(name), sql.SQL("true")))
