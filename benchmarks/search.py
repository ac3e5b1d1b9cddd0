"""Searching people among millions, under row-level security, as the application's role.

Words are drawn from the registry itself: common names and rare ones, then written otherwise (the
French habit, as heard, a slip of the finger), numbers, phones, villages; then filters, up to the
worst one, an answer that nobody gave. Two readers ask: one who sees the country, one who sees a
commune.
"""

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from benchmarks import Figure
from benchmarks._country import become_application, load_once
from gwa.common.scope import EVERYWHERE, everywhere, scoped
from gwa.registry.models import Household, Person
from gwa.registry.queries.hits import Filters, Order
from gwa.registry.queries.search import search_households
from gwa.variables.queries import current_dictionary
from gwa.variables.rules.definitions import CODED, Storage
from gwa.zones.models import Level, Zone

NAME = "search"
SIZE = 1_000_000
_TARGET_MS = 100.0
_EACH = 40
_HABITS = (("ou", "u"), ("c", "k"), ("ss", "s"), ("dj", "di"), ("é", "e"), ("y", "i"), ("ï", "i"))
_LETTERS = "aeiouklmnrst"

# No choice of the dictionary: whoever filters by it makes the search look as far as it ever does.
_NEVER_GIVEN = "-"


@dataclass(frozen=True)
class Question:
    """What somebody asks, and which kind of question that is."""

    kind: str
    words: str = ""
    filters: Filters | None = None
    order: Order = Order.PLACE


@dataclass(frozen=True)
class Reader:
    """Somebody who searches, by the zones they see."""

    name: str
    paths: tuple[str, ...]

    def scope_paths(self) -> list[str]:
        """Return the zones."""
        return list(self.paths)

    def has_right(self, code: str) -> bool:
        """Hold every right."""
        return True


def run(size: int) -> list[Figure]:
    """Load a country, ask, and give the times in milliseconds."""
    loaded = load_once(size)
    become_application()
    data = f"{loaded.persons} persons, row-level security"
    figures = []
    for reader in (Reader("national", (EVERYWHERE,)), Reader("commune", (busiest_commune(),))):
        questions = list(draw_questions(reader, random.Random(7)))  # noqa: S311 (a fixed draw)
        times = [(question.kind, _ask(question, reader)) for question in questions]
        figures += _summarise(reader, times, data)
    return figures


def busiest_commune() -> str:
    """Return the path of the commune with the most households among the first thousand."""
    with transaction.atomic(), everywhere():
        communes = Zone.objects.current().filter(level=Level.COMMUNE).order_by("pk")[:1000]
        counts = {
            path: Household.objects.under_path(path).count()
            for path in communes.values_list("path", flat=True)
        }
    return max(counts, key=lambda path: counts[path])


def draw_questions(reader: Reader, dice: random.Random) -> Iterator[Question]:
    """Draw what people ask for, by kind."""
    with transaction.atomic(), scoped(reader.paths):
        people = _some_people(reader, dice)
        households = [
            str(number)
            for number in Household.objects.filter(
                memberships__person__in=[person.pk for person in people[:_EACH]]
            ).values_list("registry_number", flat=True)
        ]
        villages = list(
            Zone.objects.current().filter(level=Level.VILLAGE).values_list("name", flat=True)[:500]
        )
        phones = [person.phone for person in people if person.phone_sealed][:_EACH]
    for person in people:
        name = f"{person.given_name} {person.family_name}"
        yield Question("exact", name)
        yield Question("habit", _write_as_heard(name))
        yield Question("slip", _slip(name, dice))
        yield Question("family", person.family_name)
        yield Question("swapped", f"{person.family_name} {person.given_name}")
        yield Question("village", f"{name}, {dice.choice(villages)}")
    yield from (Question("number", number) for number in households)
    yield from (Question("phone", phone) for phone in phones)
    yield from (Question("place", dice.choice(villages)) for _ in range(_EACH))
    yield from _draw_filters(people, dice)


def _draw_filters(people: list[Person], dice: random.Random) -> Iterator[Question]:
    """Draw answers to filter by, alone, by date and with a family name; then one nobody gave."""
    with transaction.atomic(), everywhere():
        dictionary = current_dictionary()
    choices = [
        Filters(variable=variable.name, choice=code)
        for variable in dictionary.household.values()
        if variable.type in CODED and variable.storage == Storage.ANSWERS
        for code in variable.codes()
    ]
    never = replace(choices[0], choice=_NEVER_GIVEN)
    for person in people:
        yield Question("oldest", order=Order.OLDEST)
        yield Question("answer", filters=dice.choice(choices))
        yield Question("answer_name", person.family_name, dice.choice(choices))
        yield Question("answer_oldest", filters=dice.choice(choices), order=Order.OLDEST)
        yield Question("never_given", filters=never)
        yield Question("never_given_name", person.family_name, never)
        yield Question("never_given_oldest", filters=never, order=Order.OLDEST)


def _some_people(reader: Reader, dice: random.Random) -> list[Person]:
    """Draw persons spread over the reader's zones."""
    visible = Person.objects.all()
    if EVERYWHERE not in reader.paths:
        visible = visible.under_path(reader.paths[0])
    ids = list(visible.order_by("zone_path", "pk").values_list("pk", flat=True)[: _EACH * 500])
    return list(Person.objects.filter(pk__in=dice.sample(ids, min(_EACH, len(ids)))))


def _write_as_heard(name: str) -> str:
    for french, heard in _HABITS:
        name = name.lower().replace(french, heard)
    return name


def _slip(name: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(name))
    return name[:place] + dice.choice(_LETTERS) + name[place + 1 :]


def _ask(question: Question, reader: Reader) -> float:
    """Return the milliseconds of one search, in a transaction of its own."""
    with transaction.atomic(), scoped(reader.paths):
        started = time.perf_counter()
        search_households(
            question.words, reader=reader, filters=question.filters, order=question.order
        )
        return 1000 * (time.perf_counter() - started)


def _summarise(reader: Reader, times: list[tuple[str, float]], data: str) -> list[Figure]:
    every = sorted(value for _kind, value in times)
    data = f"{data}, {len(every)} searches"
    target = _TARGET_MS
    figures = [
        Figure(f"search_{reader.name}_p50", statistics.median(every), "ms", data),
        Figure(f"search_{reader.name}_p95", quantile(every, 0.95), "ms", data, target=target),
    ]
    for kind in dict.fromkeys(kind for kind, _value in times):
        own = sorted(value for other, value in times if other == kind)
        name = f"search_{reader.name}_{kind}_p95"
        figures.append(Figure(name, quantile(own, 0.95), "ms", data))
    return figures


def quantile(values: list[float], share: float) -> float:
    """Return the value below which that share lies."""
    return values[min(len(values) - 1, int(share * len(values)))]
