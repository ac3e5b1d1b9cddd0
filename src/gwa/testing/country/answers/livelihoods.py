"""Goods, land and animals."""

import numpy as np

from gwa.testing.country.answers.home import Home, how_many, owns, rising
from gwa.testing.country.answers.sheet import Sheet
from gwa.testing.country.dice import flip, whole

# Where half of the households have one, in standard deviations of means; more of them; towns.
_GOODS = {
    "bicycles": (-0.6, 0.5, -0.3), "motorbikes": (0.1, 0.3, 0.8), "tricycles": (2.4, 0.1, 0.2),
    "cars": (3.0, 0.1, 1.2),
}  # fmt: skip
_HOUSE_GOODS = {
    "sewing_machines": (2.2, 0.1, 0.4), "generators": (2.9, 0.0, 0.2),
    "solar_panels": (0.4, 0.4, -0.8), "radios": (-0.2, 0.3, 0.0), "televisions": (1.0, 0.1, 1.6),
    "satellite_dishes": (1.6, 0.0, 1.2), "video_players": (2.1, 0.0, 0.8),
}  # fmt: skip
_ELECTRIC_GOODS = {
    "computers": (3.0, 0.1, 1.3), "fridges": (2.3, 0.05, 1.4), "fans": (1.8, 0.6, 1.6),
    "air_conditioners": (4.2, 0.1, 1.2), "irons": (2.4, 0.0, 1.0), "gas_cookers": (2.4, 0.0, 1.3),
    "beds": (-0.4, 1.6, 0.8),
}  # fmt: skip
_FARM_GOODS = {
    "carts": (0.1, 0.2, 0.0), "canoes": (2.4, 0.1, 0.0), "ploughs": (-0.1, 0.4, 0.0),
    "seeders": (1.2, 0.1, 0.0), "tractors": (4.2, 0.0, 0.0), "motor_pumps": (2.4, 0.1, 0.0),
    "fishing_nets": (2.2, 0.8, 0.0), "mills": (3.2, 0.0, 0.0),
}  # fmt: skip
_CROPS = (
    "millet", "sorghum", "maize", "rice", "fonio", "cowpea", "groundnut", "cotton", "onion",
    "vegetables",
)  # fmt: skip


def answer_assets(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """What the household has: the part of means that a visitor sees best."""
    for name, (at, more, town) in _GOODS.items():
        sheet.whole(name, how_many(rng, home, at=at, more=more, town=town))
    for name, (at, more, _) in _FARM_GOODS.items():
        sheet.whole(name, how_many(rng, home, at=at, more=more) * home.farms)
    for name, (at, more, town) in _HOUSE_GOODS.items():
        sheet.whole(name, how_many(rng, home, at=at, more=more, town=town))
    phones = np.minimum(home.phones + how_many(rng, home, at=-0.4, more=0.6, town=0.5), 60)
    sheet.whole("mobile_phones", phones)
    smart = np.minimum(how_many(rng, home, at=0.7, more=0.5, town=1.0), phones)
    sheet.whole("smartphones", smart, phones > 0)
    for name, (at, more, town) in _ELECTRIC_GOODS.items():
        sheet.whole(name, how_many(rng, home, at=at, more=more, town=town))
    sheet.flag(
        "internet",
        flip(rng, rising(home.means + 1.2 * home.is_town, 1.2), home.count) & (smart > 0),
    )
    sheet.flag("bank_account", owns(rng, home, at=2.2, town=0.8))
    sheet.flag("mobile_money", owns(rng, home, at=0.6, town=0.8) & (phones > 0))


def answer_land_and_livestock(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Fields for those who farm; herds grow with means, most of all in the north."""
    count, farms = home.count, home.farms
    sheet.flag("farms_land", farms)
    sheet.choice("land_unit", ("hectare",), np.zeros(count, dtype=np.int64), farms)
    cultivated = np.clip(
        home.size * 0.45 * np.exp(0.35 * home.means + rng.normal(0, 0.4, count)), 0.25, 80
    )
    cultivated = np.round(cultivated * 4) / 4
    owned = np.round(cultivated * np.where(flip(rng, 0.75, count), 1.0, 0.5) * 4) / 4
    entrusted = np.where(flip(rng, 0.15, count), 0.5, 0.0)
    irrigated = np.where(flip(rng, np.where(home.region == 4, 0.3, 0.05), count), 0.5, 0.0)
    sheet.decimal("land_owned", owned, 2, farms)
    sheet.decimal("land_entrusted", entrusted, 2, farms)
    sheet.decimal("land_cultivated", cultivated, 2, farms)
    sheet.decimal("land_irrigated", np.minimum(irrigated, cultivated), 2, farms)
    _answer_crops(sheet, home, rng)
    _answer_animals(sheet, home, rng)


def _answer_crops(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    south = np.isin(home.region, (3, 11, 14, 2, 15, 12))
    chances = (
        np.where(south, 0.5, 0.85), np.where(south, 0.65, 0.4), np.where(south, 0.8, 0.2),
        np.where(np.isin(home.region, (4, 5, 6)), 0.6, 0.15), 0.08, 0.35, 0.45,
        np.where(np.isin(home.region, (3, 11, 14, 12)), 0.55, 0.02),
        np.where(home.region == 17, 0.4, 0.03), 0.15,
    )  # fmt: skip
    grown = np.column_stack([flip(rng, chance, home.count) for chance in chances])
    grown[:, 0] |= ~grown.any(axis=1)
    sheet.several("main_crops", _CROPS, grown, home.farms)


def _answer_animals(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    herds = home.is_nomad | home.is_transhumant
    asked = home.farms | herds | ~home.is_town
    cattle = how_many(rng, home, at=0.9, more=3.0) + herds * rng.poisson(
        12 * np.exp(0.5 * home.means)
    )
    sheep = how_many(rng, home, at=0.4, more=2.5) + herds * rng.poisson(
        9 * np.exp(0.4 * home.means)
    )
    goats = how_many(rng, home, at=0.1, more=2.5) + herds * rng.poisson(
        10 * np.exp(0.3 * home.means)
    )
    oxen = np.where(home.farms, how_many(rng, home, at=0.3, more=0.9), 0)
    entrusted = flip(rng, 0.06, home.count)
    sheet.whole("cattle_owned", np.minimum(cattle, 400), asked)
    sheet.whole("cattle_entrusted", np.where(entrusted, rng.integers(1, 6, home.count), 0), asked)
    sheet.whole("plough_oxen_owned", np.minimum(oxen, cattle + oxen), asked)
    sheet.whole("sheep_owned", np.minimum(sheep, 400), asked)
    sheet.whole("sheep_entrusted", np.where(entrusted, rng.integers(0, 4, home.count), 0), asked)
    sheet.whole("goats_owned", np.minimum(goats, 400), asked)
    sheet.whole("goats_entrusted", np.where(entrusted, rng.integers(0, 4, home.count), 0), asked)
    sheet.whole("donkeys_owned", how_many(rng, home, at=0.3, more=0.3), asked)
    sheet.whole("horses_owned", how_many(rng, home, at=2.4, more=0.1), asked)
    camels = home.is_north * how_many(rng, home, at=1.2, more=0.8)
    sheet.whole("camels_owned", camels, asked)
    sheet.whole("camels_entrusted", np.zeros(home.count, dtype=np.int64), asked & home.is_north)
    sheet.whole("pigs_owned", (home.region == 18) * how_many(rng, home, at=1.4, more=1.0), asked)
    poultry = how_many(rng, home, at=-0.6, more=5.0) + whole(3 * rng.random(home.count))
    sheet.whole("poultry_owned", np.where(home.is_town, poultry // 3, poultry), asked)
