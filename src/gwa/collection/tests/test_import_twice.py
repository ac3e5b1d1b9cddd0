"""Whatever a list holds, bringing it in twice is bringing it in once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gwa.collection.models import DataSource
from gwa.collection.tests.conftest import everything, refusals_of

VILLAGES = ["05010101", "05010102", "07010102", "ZZ", ""]
NAMES = st.sampled_from(["Awa", "Binta", "Seydou", "N'Diaye", "Aïcha", "", "Awa\tB", "\\N"])
member = st.tuples(
    NAMES,
    st.sampled_from(["Traoré", "Diarra", "Walet"]),
    st.sampled_from(["F", "M", "homme", "?"]),
    st.sampled_from(["02/05/1984", "1990", "03/2012", "", "31/02/2000", "01/01/84"]),
    st.sampled_from(["chef", "épouse", "fille", "autre", ""]),
    st.sampled_from(["", "", "12345678901234A", "22222222222222B", "bad"]),
    st.sampled_from(["", "76 12 34 56", "12"]),
)
household = st.tuples(
    st.sampled_from(VILLAGES),
    st.sampled_from(["", "porte 1", "près du puits"]),
    st.sampled_from(["", "3", "-1", "EFFACER"]),
    st.lists(member, max_size=4),
)


@pytest.mark.parametrize("source", ["by examples"])
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(households=st.lists(household, min_size=1, max_size=6))
def test_import_twice_equals_once(lists, source, households):
    # Each example is a source of its own, beside what the examples before have left.
    facts = {"kind": "partner", "organisation": "x", "added_by": "x"}
    number = DataSource.objects.count()
    lists.data_source = DataSource.objects.create(
        name=f"liste {number}",
        collected_from="2026-01-01",
        collected_to="2026-03-01",
        added_at="2026-03-01T00:00:00Z",
        **facts,
    )
    homes = [[f"K{n}", *one[:3]] for n, one in enumerate(households)]
    people = [[f"K{n}", *someone] for n, one in enumerate(households) for someone in one[3]]
    people = people or [["K0", "Awa", "Traoré", "F", "1990", "chef", "", ""]]
    first = lists.bring(homes, people)
    once = everything()
    second = lists.bring(homes, people)
    assert everything() == once
    assert refusals_of(first).keys() == refusals_of(second).keys()
    assert second.counts["households_registered"] == second.counts["persons_registered"] == 0


def test_a_household_whose_number_somebody_elsewhere_holds_enters_once(lists, family):
    homes, people = family
    lists.bring(homes, people)
    # A card lent, or a daughter counted twice: Seydou's number on a line of another family.
    homes = [["B2", "05010101", "", ""]]
    people = [
        ["B2", "Bakary", "Cissé", "M", "1970", "chef", "", ""],
        ["B2", "Issa", "Cissé", "M", "2012", "fils", "12345678901234A", ""],
    ]
    first = lists.bring(homes, people)
    assert (first.counts["households_registered"], first.counts["claims"]) == (1, 1)
    once = everything()
    again = lists.bring(homes, people)
    assert again.counts["households_unchanged"] == 1
    assert everything() == once


def test_two_heads_under_one_number_stay_two_households(lists):
    homes = [["A1", "05010101", "", ""], ["B2", "05010102", "", ""]]
    people = [
        [key, name, "Traoré", "M", "1970", "chef", "12345678901234A", ""]
        for key, name in (("A1", "Bakary"), ("B2", "Moussa"))
    ]
    first = lists.bring(homes, people)
    assert (first.counts["households_registered"], first.counts["claims"]) == (2, 1)
    once = everything()
    again = lists.bring(homes, people)
    assert again.counts["households_unchanged"] == 2
    assert everything() == once
