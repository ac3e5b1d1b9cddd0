"""Names of those who act, said to readers in place of the number or log-in of their account.

Rows keep who acted as the account was called that day; screens show the person's name.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

# What acts without an account, by the label of its lines.
_PROCESSES = {
    "système": _("système"),
    "anonyme": _("anonyme"),
    "ligne de commande": _("ligne de commande"),
}


def names_by_account(numbers: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of people by the number of their account."""
    known = {number for number in numbers if number is not None}
    people = get_user_model().objects.filter(pk__in=known) if known else ()
    return {one.pk: str(one) for one in people}


def names_by_login(logins: Iterable[str]) -> dict[str, str]:
    """Return the names of people by their log-in; of processes by their label."""
    known = {login for login in logins if login}
    people = get_user_model().objects.filter(username__in=known) if known else ()
    return {login: name_of_process(login) for login in known} | {
        one.get_username(): str(one) for one in people
    }


def name_of_account(number: int | None, *, otherwise: str) -> str:
    """Return one person's name, or what else stands for who acted."""
    return names_by_account([number]).get(number, otherwise)


def name_of_process(label: str) -> str:
    """Return the label of a line without an account, in the reader's language."""
    return str(_PROCESSES.get(label, label))


def accounts_called(words: str) -> list[int]:
    """Return the numbers of the accounts whose person's name holds every word."""
    people = get_user_model().objects.all()
    for word in words.split():
        people = people.filter(full_name__icontains=word)
    return list(people.values_list("pk", flat=True))
