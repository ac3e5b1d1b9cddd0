"""Whatever the order of actions, the promises hold and undo gives back exactly the state."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gwa.common.errors import DomainError
from gwa.registry import actions
from gwa.registry.models import Household, Identifier, Membership, Person, Relationship
from gwa.registry.rules.births import born_in_year
from gwa.registry.rules.facts import MemberFacts, Position
from gwa.testing.cast import FATOU, REGISTERED_ON, Cast, correction, facts, interview, place
from gwa.testing.dumps import check_registry, dump_registry

NUMBERS = st.integers(0, 10_000)
DAYS = st.integers(0, 400).map(lambda days: REGISTERED_ON + dt.timedelta(days=days))
LINKS = st.sampled_from([link for link in Relationship.values if link != "head"])
# Each query names what is broken, and must find nothing.
PROMISES = {
    "a membership out of its household's zone": """
        SELECT m.id FROM registry_membership m JOIN registry_household h ON h.id = m.household_id
        WHERE m.zone_path <> h.zone_path""",
    "a person out of the zone where she is counted": """
        SELECT p.id FROM registry_person p JOIN registry_membership m ON m.person_id = p.id
        WHERE m.is_principal AND m.ended_on IS NULL AND m.zone_path <> p.zone_path""",
    "a thing of a person in another zone": """
        SELECT p.id FROM registry_person p WHERE p.zone_path <> ANY (
            SELECT zone_path FROM registry_identifier WHERE person_id = p.id UNION ALL
            SELECT zone_path FROM registry_personname WHERE person_id = p.id UNION ALL
            SELECT zone_path FROM registry_statement WHERE subject_id = p.id)""",
    "a person counted twice": """
        SELECT person_id FROM registry_membership WHERE is_principal AND ended_on IS NULL
        GROUP BY person_id HAVING count(*) > 1""",
    "a deceased member": """
        SELECT p.id FROM registry_person p JOIN registry_membership m ON m.person_id = p.id
        WHERE p.status = 'deceased' AND m.ended_on IS NULL""",
    "a person nobody can find": """
        SELECT p.id FROM registry_person p WHERE NOT EXISTS (
            SELECT FROM registry_personname n WHERE n.person_id = p.id)""",
    "a value whose word in force says otherwise": """
        SELECT s.id FROM registry_statement s JOIN registry_household h ON h.id = s.subject_id
        WHERE s.is_in_force AND s.field = 'address' AND s.value #>> '{}' <> h.address""",
    "a journal line without its change": """
        SELECT j.id FROM journal_entry j WHERE j.action LIKE 'registry.%' AND NOT EXISTS (
            SELECT FROM registry_version v WHERE v.change_id = j.change_id)""",
}


class Registry(RuleBasedStateMachine):
    """A clerk who does anything at all to the households of the cast."""

    cast: Cast
    outcomes: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def household(self, number: int) -> Household:
        rows = Household.objects.order_by("pk")
        return rows[number % rows.count()]

    def person(self, number: int) -> Person:
        rows = Person.objects.order_by("pk")
        return rows[number % rows.count()]

    def membership(self, number: int, household: Household | None = None) -> Membership:
        rows = Membership.objects.order_by("pk")
        if household is not None and rows.current().filter(household=household).exists():
            rows = rows.current().filter(household=household)
        return rows[number % rows.count()]

    def zone(self, number: int):
        places = self.cast.places
        return (places.sevare, places.konna, places.berrah, places.kel_gossi)[number % 4]

    def try_to(self, verb: Callable[..., object], undo_at: Household, /, **said: object) -> None:
        """Act; a refusal changes nothing, and what is done can be undone and done again."""
        before = dump_registry()
        try:
            verb(actor=FATOU, **said)
        except DomainError as refusal:
            self.outcomes[refusal.code] += 1
            assert dump_registry() == before
            return
        self.outcomes[verb.__name__] += 1
        after = dump_registry()
        if verb is not actions.register_household:
            actions.undo_last_change(household=undo_at, actor=FATOU, reason="essai")
            assert dump_registry() == before
            actions.undo_last_change(household=undo_at, actor=FATOU, reason="essai")
            assert dump_registry() == after

    @rule(zone=NUMBERS, known=NUMBERS, link=LINKS)
    def register(self, zone, known, link):
        members = [
            MemberFacts(person=facts("Ali", "Tall", "M"), relationship="head"),
            MemberFacts(
                person=self.person(known).pk, relationship=link, is_principal=known % 2 == 0
            ),
        ]
        self.try_to(
            actions.register_household,
            self.cast.household,
            household=place(self.zone(zone)),
            members=members,
            source=interview(),
        )

    @rule(
        who=NUMBERS,
        text=st.sampled_from(["", "au marché", "au fleuve"]),
        on=DAYS,
        east=st.booleans(),
    )
    def correct_household(self, who, text, on, east):
        household = self.household(who)
        changes = {"address": text, "position": Position(1.0, 15.0) if east else None}
        source = correction(on) if east else interview(on)
        self.try_to(
            actions.correct_household,
            household, household=household, changes=changes, source=source, reason="x",
        )  # fmt: skip

    @rule(who=NUMBERS, name=st.sampled_from(["Awa", "Hawa", "Adama"]), year=st.integers(1940, 2020))
    def correct_person(self, who, name, year):
        person = self.person(who)
        changes = {"given_name": name, "birth": born_in_year(year), "phone": f"7612{year}"}
        self.try_to(
            actions.correct_person,
            self.place_of(person), person=person, changes=changes, source=correction(), reason="x",
        )  # fmt: skip

    @rule(who=NUMBERS, zone=NUMBERS, on=DAYS)
    def change_attachment(self, who, zone, on):
        household = self.household(who)
        self.try_to(
            actions.change_attachment,
            household, household=household, zone=self.zone(zone), on=on, source=correction(on),
            reason="x",
        )  # fmt: skip

    @rule(who=NUMBERS, known=NUMBERS, link=LINKS, on=DAYS, counted=st.booleans())
    def join(self, who, known, link, on, counted):
        household = self.household(who)
        self.try_to(
            actions.add_known_person,
            household, household=household, person=self.person(known), relationship=link,
            is_principal=counted, on=on, source=correction(),
        )  # fmt: skip

    @rule(who=NUMBERS, heir=NUMBERS, on=DAYS, mistake=st.booleans())
    def leave(self, who, heir, on, mistake):
        leaving = self.membership(who)
        self.try_to(
            actions.remove_member,
            leaving.household, membership=leaving, on=on, was_mistake=mistake, reason="x",
            new_head=self.membership(heir, leaving.household),
        )  # fmt: skip

    @rule(who=NUMBERS, to=NUMBERS, link=LINKS, on=DAYS, heir=NUMBERS)
    def move(self, who, to, link, on, heir):
        person, target = self.person(who), self.household(to)
        home = Membership.objects.current().filter(person=person, is_principal=True).first()
        self.try_to(
            actions.move_member,
            target, person=person, to=target, relationship=link, on=on, source=correction(),
            reason="x", new_head=self.membership(heir, home.household) if home else None,
        )  # fmt: skip

    @rule(who=NUMBERS, heir=NUMBERS)
    def lead(self, who, heir):
        household = self.household(who)
        self.try_to(
            actions.change_head,
            household, household=household, new_head=self.membership(heir, household), reason="x",
        )  # fmt: skip

    @rule(who=NUMBERS, head=NUMBERS, others=st.sets(NUMBERS, max_size=2), zone=NUMBERS, on=DAYS)
    def split(self, who, head, others, zone, on):
        household = self.household(who)
        first = self.membership(head, household)
        leaving = {one.pk: one for one in (self.membership(two, household) for two in others)}
        self.try_to(
            actions.split_household,
            household, household=household, leaving=list((leaving | {first.pk: first}).values()),
            new_head=first, household_facts=place(self.zone(zone)), on=on, source=correction(),
            reason="x",
        )  # fmt: skip

    @rule(who=NUMBERS, heirs=st.sets(NUMBERS, max_size=4), on=DAYS)
    def die(self, who, heirs, on):
        person = self.person(who)
        home = Membership.objects.current().filter(person=person).first()
        heads = [self.membership(heir, home and home.household) for heir in heirs]
        self.try_to(
            actions.mark_deceased,
            home.household if home else self.place_of(person),
            person=person, on=on, new_heads=heads,
        )  # fmt: skip

    @rule(who=NUMBERS)
    def revive(self, who):
        person = self.person(who)
        self.try_to(
            actions.withdraw_death,
            self.place_of(person), person=person, reason="x",
        )  # fmt: skip

    @rule(who=NUMBERS, on=DAYS, gone=st.booleans())
    def close(self, who, on, gone):
        household = self.household(who)
        verb = actions.mark_moved if gone else actions.dissolve_household
        self.try_to(verb, household, household=household, on=on, reason="x")

    @rule(who=NUMBERS, heir=NUMBERS, named=st.booleans())
    def reopen(self, who, heir, named):
        household = self.household(who)
        self.try_to(
            actions.reopen_household,
            household, household=household, reason="x",
            new_head=self.membership(heir, household) if named else None,
        )  # fmt: skip

    @rule(who=NUMBERS)
    def count_here(self, who):
        membership = self.membership(who)
        self.try_to(
            actions.choose_principal, membership.household, membership=membership, reason="x"
        )

    @rule(who=NUMBERS, value=st.sampled_from(["12345678901234A", "22345678901234B"]))
    def identify(self, who, value):
        person = self.person(who)
        self.try_to(
            actions.set_identifier,
            self.place_of(person), person=person, kind=Identifier.Kind.NINA, value=value,
            source=correction(),
        )  # fmt: skip

    def place_of(self, person: Person) -> Household:
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_place_of(%s)", [person.pk])
            return Household.objects.get(pk=cursor.fetchone()[0])

    @invariant()
    def promises_hold(self):
        check_registry()
        with connection.cursor() as cursor:
            for promise, query in PROMISES.items():
                cursor.execute(query)
                assert cursor.fetchall() == [], promise


def test_any_sequence_of_actions_keeps_the_promises(cast: Cast):
    Registry.cast, Registry.outcomes = cast, Counter()
    run_state_machine_as_test(
        Registry,
        settings=settings(
            max_examples=18,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            # Shrinking a failure takes minutes; the sequence that failed is short enough to read.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = {name for name in Registry.outcomes if "." not in name}
    assert len(done) >= 8, f"too few verbs were ever done: {Registry.outcomes}"
