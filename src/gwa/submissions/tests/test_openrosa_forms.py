"""Forms and what goes with them, fetched as ODK Collect does (collection.md, section 3)."""

import hashlib
from xml.etree import ElementTree

import pytest

from gwa.journal.models import Entry
from gwa.questionnaires.actions import assign_form, retire_form
from gwa.registry.actions import mark_moved
from gwa.submissions.models import MadeList
from gwa.submissions.tests.conftest import MOUSSA, collect_of
from gwa.testing.accounts import make_account
from gwa.testing.small_form import XFORM, publish_test_form

LIST = "{http://openrosa.org/xforms/xformsList}"
FILES = "{http://openrosa.org/xforms/xformsManifest}"
TEXT = "text/xml; charset=utf-8"
WITH_LISTS = XFORM.replace(
    "<bind nodeset",
    "".join(
        f'<instance id="{name}" src="jr://file-csv/{name}.csv"/>'
        for name in ("menages", "personnes", "zones", "campagne")
    )
    + "<bind nodeset",
    1,
)


def read(answer, space, tag):
    """The entries of a list: text by name, and attributes."""
    root = ElementTree.fromstring(answer.body)  # noqa: S314 (our own)
    return [
        {child.tag.removeprefix(space): child.text for child in entry} | dict(entry.attrib)
        for entry in root.findall(f"{space}{tag}")
    ]


def path_of(url):
    return url.removeprefix("http://testserver")


def md5(content):
    return f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"


def codes(answer):
    return [form["formID"] for form in read(answer, LIST, "xform")]


@pytest.fixture
def lists(telephone, assigned):
    """A version that reads the lists of the account, and the manifest of it."""
    publish_test_form("2", xform=WITH_LISTS)
    collect = collect_of(telephone)
    [form] = read(collect.get("formList"), LIST, "xform")

    def fetch():
        answer = collect.get(path_of(form["manifestUrl"]))
        return {file["filename"]: file for file in read(answer, FILES, "mediaFile")}

    fetch.collect, fetch.url = collect, path_of(form["manifestUrl"])
    return fetch


def test_the_list_names_each_form_by_the_hash_of_its_bytes(collect):
    answer = collect.get("formList")
    assert (answer.status, answer.headers["Content-Type"]) == (200, TEXT)
    [form] = read(answer, LIST, "xform")
    assert (form["formID"], form["name"], form["version"]) == ("essai-menage", "Essai ménage", "1")
    served = collect.get(path_of(form["downloadUrl"]))
    assert served.headers["Content-Type"] == TEXT
    assert form["hash"] == md5(served.body)


def test_a_form_without_a_title_is_named_all_the_same(collect, form):
    form.form.title = ""
    form.form.save()
    assert read(collect.get("formList"), LIST, "xform")[0]["name"] == "essai-menage"


def test_no_form_is_an_empty_list_and_no_error(telephone):
    answer = collect_of(telephone).get("formList")
    assert (answer.status, codes(answer)) == (200, [])


def test_each_account_sees_the_forms_of_its_zones(telephone, assigned):
    elsewhere = make_account("enumerator", telephone.places.gao, username="elsewhere")
    assert codes(collect_of(telephone).get("formList")) == ["essai-menage"]
    telephone.device.user = elsewhere
    telephone.device.save()
    assert codes(collect_of(telephone).get("formList")) == []


def test_a_form_given_to_one_account_is_nobody_elses(telephone, form):
    other = make_account("enumerator", telephone.places.socoura, username="other")
    zone, day = telephone.places.socoura, form.published_at.date()
    assign_form(form=form.form, zone=zone, user=other, starts_on=day, actor=MOUSSA)
    assert codes(collect_of(telephone).get("formList")) == []
    assign_form(form=form.form, zone=zone, user=telephone.user, starts_on=day, actor=MOUSSA)
    assert codes(collect_of(telephone).get("formList")) == ["essai-menage"]


def test_a_retired_form_is_listed_no_more_and_stays_readable(collect, form):
    [listed] = read(collect.get("formList"), LIST, "xform")
    retire_form(version=form, actor=MOUSSA, reason="remplacé")
    assert codes(collect.get("formList")) == []
    assert collect.get(path_of(listed["downloadUrl"])).status == 200


def test_the_manifest_says_of_each_file_its_name_hash_and_address(lists):
    files = lists()
    assert list(files) == ["menages.csv", "personnes.csv", "zones.csv", "campagne.csv"]
    for file in files.values():
        served = lists.collect.get(path_of(file["downloadUrl"]))
        assert served.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert file["hash"] == md5(served.body)


def test_only_entity_lists_say_so_and_where_to_ask_who_is_gone(lists):
    files = lists()
    assert {name for name, file in files.items() if file.get("type") == "entityList"} == {
        "menages.csv",
        "personnes.csv",
    }
    assert files["menages.csv"]["integrityUrl"].endswith("/integrity/menages")
    assert "integrityUrl" not in files["zones.csv"]


def test_a_list_of_people_leaves_a_line_of_who_fetched_it(lists, telephone):
    telephone.enter(telephone.family())
    lists.collect.get(path_of(lists()["personnes.csv"]["downloadUrl"]))
    line = Entry.objects.get(action="submissions.list_fetched")
    assert (line.actor_label, line.data) == ("moussa", {"list": "personnes", "rows": 3})


def test_the_integrity_of_entities_is_told_without_a_namespace(lists, telephone):
    kept = telephone.enter(telephone.family()).household
    gone = telephone.enter(telephone.family()).household
    mark_moved(household=gone, on=gone.registered_on, reason="parti", actor=MOUSSA)
    url = path_of(lists()["menages.csv"]["integrityUrl"])
    answer = lists.collect.get(f"{url}?id={kept.pk},{gone.pk},unknown")
    assert (answer.status, answer.headers["Content-Type"]) == (200, TEXT)
    root = ElementTree.fromstring(answer.body)  # noqa: S314 (our own)
    assert root.tag == "data"
    told = {entity.get("id"): entity.findtext("deleted") for entity in root.iter("entity")}
    assert told == {str(kept.pk): "false", str(gone.pk): "true", "unknown": "true"}


def test_nothing_new_is_told_in_a_few_bytes_and_by_the_same_hash(lists):
    before = lists.collect.get(lists.url)
    again = lists.collect.get(lists.url, **{"If-None-Match": before.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    file = lists()["menages.csv"]
    tag = file["hash"].replace("md5:", '"') + '"'
    assert lists.collect.get(path_of(file["downloadUrl"]), **{"If-None-Match": tag}).status == 304


def test_a_list_is_made_once_a_change(lists, telephone):
    telephone.enter(telephone.family())
    first = lists()
    made = set(MadeList.objects.values_list("pk", flat=True))
    assert lists() == first
    assert set(MadeList.objects.values_list("pk", flat=True)) == made
    telephone.enter(telephone.family())
    after = lists()
    changed = {name for name, file in after.items() if file["hash"] != first[name]["hash"]}
    assert changed == {"menages.csv", "personnes.csv"}


def test_what_changes_elsewhere_makes_no_list_again(lists, telephone):
    lists()
    made = set(MadeList.objects.values_list("pk", flat=True))
    telephone.enter(telephone.family(zone_code=telephone.places.chateau.code))
    lists()
    assert set(MadeList.objects.values_list("pk", flat=True)) == made


def test_a_list_holds_what_the_form_reads_and_no_answer_besides(lists, telephone):
    telephone.enter(telephone.family())
    titles, line, *_ = (
        lists.collect.get(path_of(lists()["menages.csv"]["downloadUrl"])).body.decode().split("\n")
    )
    assert titles == "name,label,__version,zone_code,registry_number,address"
    assert "3" not in line.split(",")[3:], "three rooms is nobody's to know"
    reading = WITH_LISTS.replace(
        'constraint=". &lt; 40"',
        "constraint=\". >= instance('menages')/root/item[name = 'x']/rooms\"",
    )
    publish_test_form("3", xform=reading)
    [form] = read(lists.collect.get("formList"), LIST, "xform")
    files = read(lists.collect.get(path_of(form["manifestUrl"])), FILES, "mediaFile")
    url = next(one["downloadUrl"] for one in files if one["filename"] == "menages.csv")
    assert lists.collect.get(path_of(url)).body.startswith(f"{titles},rooms\n".encode())


def test_a_kept_list_is_not_given_to_another_zone(lists, telephone):
    telephone.enter(telephone.family())
    [homes] = [lists()["menages.csv"]]
    telephone.user.zones.set([telephone.places.gao])
    assert lists.collect.get(path_of(homes["downloadUrl"])).body.count(b"\n") == 1
    assert lists()["menages.csv"]["hash"] != homes["hash"]


def test_a_kept_list_is_sealed(lists, telephone):
    telephone.enter(telephone.family())
    lists()
    assert not any(b"Tall" in bytes(made.sealed) for made in MadeList.objects.all())
    assert any(b"Tall" in made.content for made in MadeList.objects.all())
