"""Who may settle interviews finds on the first page how many wait, and why."""

from gwa.common.waiting import list_waiting
from gwa.testing.accounts import make_account
from gwa.testing.small_form import Member


def test_queues_wait_for_who_may_settle_them_and_for_nobody_else(telephone):
    telephone.enter(telephone.family(members=[Member("Oumou", "Diarra", "F", "spouse")]))
    operator, elsewhere = make_account("operator"), telephone.user
    [line] = [one for one in list_waiting(operator) if "Entretiens" in str(one.label)]
    assert (line.url, line.note) == ("/submissions/?queue=checks", "1")
    assert not [one for one in list_waiting(elsewhere) if "Entretiens" in str(one.label)]
