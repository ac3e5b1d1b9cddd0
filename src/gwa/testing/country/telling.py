"""Households of the synthetic country as they answer the questionnaire, question by question."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gwa.questionnaires.xform.definitions import Form, Kind, Path, Question
from gwa.questionnaires.xform.filling.scenes import Scene
from gwa.testing.country.tables import Frames

Row = Mapping[str, Any]
# What the form calls the question that follows a thing picked from a list.
_HOW_MANY = "_count"


@dataclass(frozen=True, slots=True)
class Household:
    """A household as the country's tables hold it, its head first. `answers` are by variable."""

    zone_id: int
    answers: Mapping[str, object]
    members: Sequence[Row]
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Interviewed:
    """A household that is asked: of a list it picks what it says elsewhere to have some of."""

    form: Form
    scene: Scene

    def answer(self, question: Question, numbers: tuple[int, ...]) -> str | None:
        """Return its answer; of goods and animals, those of which it has one, then how many."""
        said = self.scene.answer(question, numbers)
        if said is None and question.name.endswith(_HOW_MANY):
            said = _text(self.scene.answers.get(question.name.removesuffix(_HOW_MANY)))
        if said is not None or question.kind != Kind.SELECT_MULTIPLE:
            return said
        codes = [one.code for one in self.form.choices_of(question) if self._has(one.code)]
        return " ".join(codes) or None

    def rounds(self, path: Path) -> int | None:
        """Return how many rounds it speaks of."""
        return self.scene.rounds(path)

    def _has(self, name: str) -> bool:
        count = str(self.scene.answers.get(name))
        return count.isdecimal() and int(count) > 0


def read_households(tables: Frames) -> Iterator[Household]:
    """Read the active households of a part with those who are counted there."""
    persons = {row["id"]: row for row in tables["registry_person"].iter_rows(named=True)}
    members: dict[str, list[Row]] = {}
    for link in tables["registry_membership"].iter_rows(named=True):
        if link["ended_on"] is None and link["is_principal"]:
            person = persons[link["person_id"]]
            members.setdefault(link["household_id"], []).append({**person, **link})
    for home in tables["registry_household"].iter_rows(named=True):
        if home["status"] == "active" and home["id"] in members:
            found = sorted(members[home["id"]], key=lambda member: not member["is_head"])
            answers = json.loads(home["answers"])
            yield Household(home["zone_id"], answers, found, home["lat"], home["lon"])


def tell(home: Household, places: Mapping[str, str], on: dt.date) -> Scene:
    """Let a household answer as one that nobody registered, on a day. `places` by question."""
    said = {name: write_answer(value) for name, value in home.answers.items()}
    told = {
        **{name: value for name, value in said.items() if value is not None},
        **places,
        "known_how": "new",
        "consent_registration": "yes",
        "kitchens": "one",
        # Who has it is in the roster; here any adult will do.
        "respondent": None,
        "recipient": None,
        "address": "",
    }
    if home.lat is not None and home.lon is not None:
        told["position"] = f"{home.lat:.6f} {home.lon:.6f} 280 6"
    return Scene(
        told,
        {
            "listing": [_list(home.members, number) for number in range(len(home.members))],
            "members": [_describe(home.members, number, on) for number in range(len(home.members))],
        },
    )


def write_answer(value: object) -> str | None:
    """Write an answer as interviews do."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return None if value is None else str(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _presence(member: Row) -> str:
    return "away" if member["is_absent"] else "ate"


def _list(members: Sequence[Row], number: int) -> dict[str, object]:
    """One line of the listing, which says where the next person is."""
    member = members[number]
    is_last = number + 1 == len(members)
    return {
        "name_said": member["everyday_name"] or member["given_name"],
        "listed_sex": member["sex"],
        "presence_asked": _presence(member),
        "belongs": "member",
        "next_person": "nobody" if is_last else _presence(members[number + 1]),
    }


def _describe(members: Sequence[Row], number: int, on: dt.date) -> dict[str, object]:
    member, head = members[number], members[0]
    answers = json.loads(member["answers"])
    return {
        **{name: write_answer(value) for name, value in answers.items()},
        "same_given_name": "no" if member["everyday_name"] else "yes",
        "given_name_typed": member["given_name"],
        "family_name_first": member["family_name"],
        "same_family_name": "yes" if member["family_name"] == head["family_name"] else "no",
        "family_name_typed": member["family_name"],
        "relationship_told": member["relationship"],
        "father_is_first": "yes" if number else None,
        "father_name_typed": member["father_name"] or "inconnu",
        "mother_in_household": "no",
        "mother_name_typed": member["mother_name"],
        "phone": member["phone"] or "",
        **_birth(member, on),
    }


def _birth(member: Row, on: dt.date) -> dict[str, object]:
    """The birth as it was known: by a paper to the day or the year, else an age."""
    if member["birth_precision"] == "day":
        day = {"paper_precision": "day", "birth_date": member["birth_from"].isoformat()}
        return {"birth_known_by": "paper", **day}
    if member["birth_known_by"] == "paper":
        year = {"paper_precision": "year", "birth_year": member["birth_from"].year}
        return {"birth_known_by": "paper", **year}
    return {
        "birth_known_by": "declared",
        "age_declared": max((on - member["birth_to"]).days // 365, 2),
    }
