"""A small form for tests, and interviews as a telephone writes them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from gwa.journal.models import Actor
from gwa.questionnaires.actions import (
    propose_form,
    publish_form,
    submit_form,
    validate_form,
)
from gwa.questionnaires.models import FormVersion

FORM_ID = "essai-menage"
PROPOSER, COMMITTEE = Actor(label="awa"), Actor(label="comite")

# What pyxform 4.5 writes for a household with its members, shortened by hand.
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">
 <h:head>
  <h:title>Essai ménage</h:title>
  <model entities:entities-version="2025.1.0">
   <instance><data id="essai-menage" version="{version}">
     <started/><ended/><today/><zone_code/><gps/><photo/><rooms/><wall_material/>
     <members jr:template="">
      <given_name/><family_name/><sex/><relationship/><birth_date/><phone/>
      <meta><entity dataset="personnes" id="" create="1" update="" baseVersion=""/></meta>
     </members>
     <meta><orx:instanceID/>
      <entity dataset="menages" id="" create="1" update="" baseVersion=""/></meta>
   </data></instance>
   <bind nodeset="/data/started" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
   <bind nodeset="/data/ended" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
   <bind nodeset="/data/today" type="date" jr:preload="date" jr:preloadParams="today"/>
   <bind nodeset="/data/zone_code" type="string" required="true()" entities:saveto="zone_code"/>
   <bind nodeset="/data/gps" type="geopoint" entities:saveto="position"/>
   <bind nodeset="/data/photo" type="binary"/>
   <bind nodeset="/data/rooms" type="int" constraint=". &lt; 40" entities:saveto="rooms"
     jr:constraintMsg="Trop de pièces."/>
   <bind nodeset="/data/wall_material" type="string" entities:saveto="wall_material"/>
   <bind nodeset="/data/members/given_name" type="string" entities:saveto="given_name"/>
   <bind nodeset="/data/members/family_name" type="string" entities:saveto="family_name"/>
   <bind nodeset="/data/members/sex" type="string" entities:saveto="sex"/>
   <bind nodeset="/data/members/relationship" type="string" entities:saveto="relationship"/>
   <bind nodeset="/data/members/birth_date" type="date" entities:saveto="birth_date"/>
   <bind nodeset="/data/members/phone" type="string" entities:saveto="phone"/>
   <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
  </model></h:head>
 <h:body>
  <input ref="/data/zone_code"><label>Village</label></input>
  <input ref="/data/gps"><label>Position</label></input>
  <upload mediatype="image/*" ref="/data/photo"><label>Photo</label></upload>
  <input ref="/data/rooms"><label>Pièces</label></input>
  <select1 ref="/data/wall_material"><label>Murs</label>
    <item><label>cement</label><value>cement</value></item><item><label>mud</label><value>mud</value></item></select1>
  <group ref="/data/members"><label>Membre</label>
   <repeat nodeset="/data/members">
    <input ref="/data/members/given_name"><label>Prénom</label></input>
    <input ref="/data/members/family_name"><label>Nom</label></input>
    <select1 ref="/data/members/sex"><label>Sexe</label>
    <item><label>F</label><value>F</value></item><item><label>M</label><value>M</value></item></select1>
    <select1 ref="/data/members/relationship"><label>Lien</label>
    <item><label>head</label><value>head</value></item><item><label>spouse</label><value>spouse</value></item><item><label>child</label><value>child</value></item></select1>
    <input ref="/data/members/birth_date"><label>Né le</label></input>
    <input ref="/data/members/phone"><label>Téléphone</label></input>
   </repeat>
  </group>
 </h:body>
</h:html>
"""


def publish_test_form(version: str = "1", *, xform: str = XFORM) -> FormVersion:
    """Publish the form through its whole way: proposed, submitted, validated, published."""
    content = xform.replace("{version}", version).encode()
    made = propose_form(content=content, file_name="essai.xml", actor=PROPOSER)
    submit_form(version=made, actor=PROPOSER)
    validate_form(version=made, minutes="PV du 12 mars", actor=COMMITTEE)
    return publish_form(version=made, actor=PROPOSER)


@dataclass(slots=True)
class Member:
    """One round of the roster. `answers` add to or replace the others."""

    given_name: str
    family_name: str
    sex: str
    relationship: str
    birth_date: str = "1984-05-02"
    phone: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    is_known: bool = False

    def write(self) -> str:
        """Return the round as XML."""
        names = ("given_name", "family_name", "sex", "relationship", "birth_date", "phone")
        cells = "".join(_cell(name, getattr(self, name)) for name in names)
        entity = _entity("personnes", self.id, self.is_known)
        return f"<members>{cells}<meta>{entity}</meta></members>"


@dataclass
class Interview:
    """An interview of the small form. `base_version` is what the telephone had of the household."""

    zone_code: str
    members: Sequence[Member]
    answers: Mapping[str, str] = field(default_factory=dict)
    instance_id: str = field(default_factory=lambda: f"uuid:{uuid.uuid4()}")
    corrects: str = ""
    household_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    is_known: bool = False
    base_version: int | None = None
    version: str = "1"
    started: str = "2026-02-03T09:00:00.000+00:00"
    ended: str = "2026-02-03T09:40:00.000+00:00"

    def write(self) -> bytes:
        """Return the interview as ODK Collect sends it."""
        told = {"zone_code": self.zone_code, **self.answers}
        names = ("zone_code", "gps", "photo", "rooms", "wall_material")
        cells = "".join(_cell(name, told.get(name, "")) for name in names)
        people = "".join(member.write() for member in self.members)
        deprecated = (
            f"<orx:deprecatedID>{self.corrects}</orx:deprecatedID>" if self.corrects else ""
        )
        return (
            f'<?xml version="1.0" ?><data id="{FORM_ID}" version="{self.version}"'
            ' xmlns:orx="http://openrosa.org/xforms">'
            f"{_cell('started', self.started)}{_cell('ended', self.ended)}"
            f"{_cell('today', self.started[:10])}{cells}{people}"
            f"<meta><orx:instanceID>{self.instance_id}</orx:instanceID>{deprecated}"
            f"{_entity('menages', self.household_id, self.is_known, self.base_version)}"
            "</meta></data>"
        ).encode()


def _cell(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _entity(dataset: str, key: str, is_known: bool, base: int | None = None) -> str:
    word = 'update="1"' if is_known else 'create="1"'
    version = f' baseVersion="{base}"' if base is not None else ""
    label = f"<label>{dataset}</label>"
    return f'<entity dataset="{dataset}" id="{key}" {word}{version}>{label}</entity>'
