"""What upper modules offer to do with a version: they register it, this one knows none of them."""

from dataclasses import dataclass

from gwa.common.access import Person
from gwa.common.display import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """A page about one version. `url_name` takes the version's number."""

    label: Text
    url_name: str
    right: str
    icon: str


_offers: dict[str, Offer] = {}


def offer(one: Offer) -> None:
    """Put a page among those of each version."""
    _offers[one.url_name] = one


def offers_for(reader: Person) -> list[Offer]:
    """Return the pages that somebody may open."""
    return [one for one in _offers.values() if reader.has_right(one.right)]
