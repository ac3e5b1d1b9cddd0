"""Lists paginated by key: every row once, in order, in both directions."""

import datetime as dt

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gwa.accounts.models import Organisation, User
from gwa.common.listing import read_page

ORDERS = {"name": ("name",), "kind": ("kind", "name")}


def make(count):
    kinds = list(Organisation.Kind.values)
    for number in range(count):
        Organisation.objects.create(name=f"Organisation {number:02}", kind=kinds[number % 3])


def walk(queryset, orders, sort, size):
    """Follow Next from the first page to the last, then Previous back."""
    params = {"sort": sort}
    forth, back = [], []
    while True:
        page = read_page(queryset, params, orders=orders, default="name", size=size)
        forth += page.rows
        if not page.next_key:
            break
        params = {"sort": sort, "after": page.next_key}
    while True:
        back = page.rows + back
        if not page.previous_key:
            break
        params = {"sort": sort, "before": page.previous_key}
        page = read_page(queryset, params, orders=orders, default="name", size=size)
    return forth, back


@pytest.mark.parametrize("sort", ["name", "-name", "kind", "-kind"])
@pytest.mark.parametrize("size", [1, 3, 11, 12, 50])
def test_each_row_comes_once_and_in_order(db, sort, size):
    make(11)
    fields = [f"-{f}" if sort.startswith("-") else f for f in ORDERS[sort.removeprefix("-")]]
    wanted = list(Organisation.objects.order_by(*fields))
    forth, back = walk(Organisation.objects.all(), ORDERS, sort, size)
    assert forth == wanted
    assert back == wanted


@given(
    days=st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=1, max_size=9),
    size=st.integers(1, 4),
    descending=st.booleans(),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_without_a_value_come_last_in_either_order(db, days, size, descending):
    User.objects.all().delete()
    for place, day in enumerate(days):
        seen = None if day is None else dt.datetime(2026, 11, 1 + day, tzinfo=dt.UTC)
        User.objects.create(username=f"u{place}", email=f"u{place}@gwa.test", last_login=seen)
    orders = {"seen": ("last_login",)}
    sort = "-seen" if descending else "seen"
    order = F("last_login")
    order = order.desc(nulls_last=True) if descending else order.asc(nulls_last=True)
    wanted = list(User.objects.order_by(order, "-pk" if descending else "pk"))
    forth, back = walk(User.objects.all(), orders, sort, size)
    assert forth == wanted
    assert back == wanted


def test_a_row_added_meanwhile_makes_no_row_jump(db):
    make(4)
    queryset = Organisation.objects.all()
    first = read_page(queryset, {}, orders=ORDERS, default="name", size=2)
    Organisation.objects.create(name="Organisation 00 bis", kind="other")
    second = read_page(queryset, {"after": first.next_key}, orders=ORDERS, default="name", size=2)
    assert [row.name for row in second] == ["Organisation 02", "Organisation 03"]


@pytest.mark.parametrize("key", ["0", "abc", "-1", "'; drop table", "99999999999999999999"])
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_key_that_means_nothing_gives_the_first_page(db, key, side):
    make(3)
    page = read_page(Organisation.objects.all(), {side: key}, orders=ORDERS, default="name", size=2)
    assert [row.name for row in page] == ["Organisation 00", "Organisation 01"]
    assert page.previous_key is None


def test_an_order_that_is_not_offered_falls_back(db):
    make(2)
    page = read_page(
        Organisation.objects.all(), {"sort": "password"}, orders=ORDERS, default="-name"
    )
    assert page.sort == "-name"


def test_a_page_costs_two_queries_however_far(db, django_assert_num_queries):
    make(9)
    queryset = Organisation.objects.all()
    key = queryset.order_by("name")[6].pk
    with django_assert_num_queries(2):
        read_page(queryset, {"after": key}, orders=ORDERS, default="name", size=2)
