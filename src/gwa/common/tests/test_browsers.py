import pytest

from gwa.common.browsers import name_browser

LIKE_ALL = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {} Safari/537.36"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (LIKE_ALL.format("X11; Linux x86_64", "Chrome/149.0.0.0"), "Chrome sur Linux"),
        (LIKE_ALL.format("Linux; Android 14; K", "Chrome/149.0.0.0"), "Chrome sur Android"),
        (LIKE_ALL.format("Windows NT 10.0", "Chrome/149.0.0.0 Edg/149.0"), "Edge sur Windows"),
        (LIKE_ALL.format("iPhone; CPU iPhone OS 18 like Mac OS X", ""), "Safari sur iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko Firefox/140.0", "Firefox sur Windows"),
        ("curl/8.1", "navigateur inconnu"),
        ("", "navigateur inconnu"),
    ],
)
def test_a_browser_is_called_as_people_call_it(sent, said):
    assert name_browser(sent) == said
