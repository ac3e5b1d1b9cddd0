"""A clerk at work: registers households, moves and corrects people, and says what was confirmed.

Run by `test_killed.py` as a process of its own, to be killed at any moment.
"""

import sys
from random import Random

import django


def work(seed: int) -> None:
    """Act until killed; print `registered <id>` once the database has confirmed it."""
    from django.db import transaction

    from gwa.common.scope import everywhere
    from gwa.registry.actions import add_member, correct_household, register_household
    from gwa.registry.rules.facts import MemberFacts
    from gwa.testing.cast import LATER, MOUSSA, correction, facts, interview, place
    from gwa.zones.models import Level, Zone

    chance = Random(seed)  # noqa: S311 (which village comes next is no secret)
    villages = list(Zone.objects.filter(level__gte=Level.VILLAGE))
    while True:
        with transaction.atomic(), everywhere():
            household = register_household(
                household=place(chance.choice(villages)),
                members=[
                    MemberFacts(person=facts("Awa", "Traoré", "F"), relationship="head"),
                    MemberFacts(person=facts("Binta", "Diarra", "F", 2008), relationship="child"),
                ],
                source=interview(),
                actor=MOUSSA,
            )
        say("registered", household.pk)
        with transaction.atomic(), everywhere():
            newcomer = MemberFacts(person=facts("Seydou", "Diarra", "M"), relationship="child")
            add_member(
                household=household,
                member=newcomer,
                on=LATER,
                source=correction(),
                actor=MOUSSA,
                reason="oublié",
            )
        say("added", household.pk)
        with transaction.atomic(), everywhere():
            correct_household(
                household=household,
                changes={"address": f"porte {chance.randrange(1000)}"},
                source=correction(),
                actor=MOUSSA,
                reason="précisée",
            )
        say("corrected", household.pk)


def say(what: str, household: object) -> None:
    """Tell the test what is safe now."""
    sys.stdout.write(f"{what} {household}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    work(int(sys.argv[1]))
