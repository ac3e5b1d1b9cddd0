"""Food, shocks, services, assistance, displacement: the sections that change with the season."""

import numpy as np

from gwa.testing.country.answers.home import Home, draw_code, rising
from gwa.testing.country.answers.sheet import Sheet
from gwa.testing.country.dice import Flags, flip, whole

# Days out of seven: mean in the harvest season, pull of means, loss in the lean season.
_FOODS = {
    "fcs_staples": (6.9, 0.1, 0.1), "fcs_pulses": (2.4, 0.5, 0.9), "fcs_dairy": (2.2, 0.6, 0.8),
    "fcs_protein": (2.0, 0.9, 0.6), "fcs_vegetables": (4.2, 0.5, 1.2),
    "fcs_fruits": (1.2, 0.5, 0.4), "fcs_fat": (4.6, 0.7, 0.6), "fcs_sugar": (4.4, 0.7, 0.5),
    "fcs_condiments": (6.6, 0.1, 0.1),
}  # fmt: skip
_REDUCED = {
    "rcsi_less_preferred": 1.6, "rcsi_borrow": 0.9, "rcsi_portion": 1.0, "rcsi_adults": 0.7,
    "rcsi_fewer_meals": 0.9,
}  # fmt: skip
_SHOCKS = (
    "drought", "flood", "wind", "pests", "animal_disease", "theft", "fire", "illness", "death",
    "job_loss", "remittance_stop", "food_prices", "sale_prices",
)  # fmt: skip
_LOSSES = ("income", "crops", "animals", "dwelling", "equipment")
_COPING = (
    "savings", "borrow", "help", "sell_goods", "sell_animals", "seed_stock", "reduce_health",
    "school_dropout", "migrate",
)  # fmt: skip
_DISTANCES = {
    "school_km": 1.2, "health_centre_km": 5.0, "market_km": 5.5, "road_km": 3.0,
    "town_hall_km": 8.0, "pay_point_km": 9.0,
}  # fmt: skip
_PROGRAMMES = ("Filets sociaux (démonstration)", "Cantine (démonstration)", "ONG (démonstration)")


def answer_food(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """The last seven days, thinner from June to September."""
    count, lean = home.count, home.is_lean_season
    sheet.month("food_month", home.seen_on)
    sheet.choice(
        "food_respondent",
        ("cook", "other_woman", "man"),
        draw_code(
            rng,
            ("cook", "other_woman", "man"),
            {"cook": 3.0, "other_woman": 1.0, "man": 0.6},
            count,
        ),
    )
    hunger = 0.5 * lean - 0.6 * home.means + 0.5 * home.is_displaced + rng.normal(0, 0.7, count)
    sheet.whole("meals_adults", np.clip(np.rint(2.7 - 0.45 * hunger), 1, 4).astype(np.int64))
    children = np.clip(np.rint(3.1 - 0.4 * hunger), 1, 5).astype(np.int64)
    sheet.whole("meals_children", children, home.under_five)
    for name, (mean, pull, loss) in _FOODS.items():
        days = mean + pull * home.means - loss * lean + rng.normal(0, 1.1, count)
        sheet.whole(name, np.clip(np.rint(days), 0, 7).astype(np.int64))
    for name, mean in _REDUCED.items():
        reduced = rng.poisson(np.clip(mean * np.exp(0.6 * hunger), 0, 6))
        sheet.whole(name, np.minimum(reduced, 7))
    since_harvest = (home.month - 11) % 12
    stock = np.where(home.farms, (9 - since_harvest) * np.exp(0.25 * home.means), 0.6)
    stock = np.clip(stock + rng.normal(0, 0.8, count), 0, 24)
    sheet.decimal("cereal_stock_months", np.round(stock * 2) / 2, 1)


def answer_shocks(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """What struck in twelve months, and how the household coped."""
    count = home.count
    farms = home.farms * 1.0
    frail = np.exp(-0.25 * home.means)
    chances = (
        0.16 * farms * (1 + home.is_north), 0.08 * (1 + (home.region == 5)), 0.05, 0.10 * farms,
        0.07 * (1 + home.is_transhumant), 0.04, 0.02, 0.16, 0.05, 0.04, 0.04, 0.24, 0.06 * farms,
    )  # fmt: skip
    struck = np.column_stack(
        [flip(rng, np.minimum(chance * frail, 0.9), count) for chance in chances]
    )
    hit: Flags = np.asarray(struck.any(axis=1))
    sheet.several("shocks", _SHOCKS, struck, otherwise="none")
    unsafe = np.where(np.isin(home.region, (5, 6, 7, 8, 10, 17, 19)), 0.22, 0.04)
    answer = draw_code(
        rng, ("yes", "no", "no_answer"), {"yes": unsafe, "no": 0.7, "no_answer": 0.06}, count
    )
    sheet.choice("insecurity", ("yes", "no", "no_answer"), answer)
    sheet.choice("main_shock", _SHOCKS, struck.argmax(axis=1), hit)
    ago = whole(rng.random(count) * 12)
    sheet.month(
        "shock_month", home.seen_on.astype("datetime64[M]") - ago.astype("timedelta64[M]"), hit
    )
    _several(sheet, rng, "shock_losses", _LOSSES, (0.55, 0.35, 0.15, 0.08, 0.05), hit)
    _several(
        sheet, rng, "coping", _COPING, (0.2, 0.35, 0.3, 0.15, 0.22, 0.08, 0.1, 0.05, 0.08), hit
    )


def answer_services(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """How far things are; towns are near everything."""
    count = home.count
    scale = np.where(home.is_town, 0.25, np.where(home.is_north, 2.2, 1.0))
    remote = rng.gamma(1.4, 0.7, count)
    for name, mean in _DISTANCES.items():
        kilometres = mean * scale * (0.4 + 0.6 * remote) * rng.gamma(2.0, 0.5, count)
        sheet.decimal(name, np.round(np.clip(kilometres, 0.1, 120) * 2) / 2, 1)
        if name == "health_centre_km":
            minutes = np.rint(kilometres * np.where(home.is_town, 10, 14) / 5) * 5
    sheet.whole("health_centre_minutes", np.clip(minutes, 5, 720).astype(np.int64))
    sheet.flag("cut_off_rainy_season", flip(rng, np.where(home.is_town, 0.03, 0.3), count))
    networks = ("good", "weak", "none")
    sheet.choice(
        "mobile_network",
        networks,
        draw_code(
            rng, networks,
            {"good": np.where(home.is_town, 3.0, 1.0), "weak": 0.9,
             "none": np.where(home.is_town, 0.02, 0.3 + 0.5 * home.is_north)},
            count,
        ),
    )  # fmt: skip


def answer_assistance(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Help already received, loosely aimed at those who need it."""
    count = home.count
    helped = flip(
        rng, np.clip(0.16 - 0.05 * home.means + 0.45 * home.is_displaced, 0.02, 0.8), count
    )
    sheet.choice("assistance_received", ("yes", "no"), np.where(helped, 0, 1))
    kinds = ("cash", "food", "voucher", "nutrition", "school_meals", "seeds_tools", "health_fees")
    got = np.column_stack(
        [flip(rng, chance, count) for chance in (0.5, 0.45, 0.08, 0.1, 0.15, 0.1, 0.05)]
    )
    got[:, 1] |= ~got.any(axis=1)
    sheet.several("assistance_kinds", kinds, got, helped)
    _several(
        sheet, rng, "assistance_sources",
        ("state", "commune", "united_nations", "ngo", "community"), (0.45, 0.1, 0.4, 0.5, 0.1),
        helped,
    )  # fmt: skip
    told = helped & flip(rng, 0.6, count)
    sheet.choice("assistance_programme", _PROGRAMMES, whole(rng.random(count) * 3), told)
    ago = whole(rng.random(count) * 14)
    months = home.seen_on.astype("datetime64[M]") - ago.astype("timedelta64[M]")
    sheet.month("assistance_last_month", months, helped)
    cash = np.round(rng.choice(np.array([1, 2, 3, 4, 6]), count) * 15_000)
    sheet.whole("assistance_cash_xof", cash, helped & got[:, 0])
    regular = flip(rng, rising(home.means, 1.4) * 0.6 + 0.08 * (home.absent > 0), count)
    sometimes = flip(rng, 0.25, count)
    sheet.choice(
        "remittances",
        ("regularly", "sometimes", "never"),
        np.where(regular, 0, np.where(sometimes, 1, 2)),
    )
    _answer_income(sheet, home, rng)


def _answer_income(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    herds = home.is_nomad | home.is_transhumant
    incomes = (
        "crops", "livestock", "fishing", "day_labour", "wages", "trade", "crafts", "mining",
        "remittances", "aid", "begging", "none",
    )  # fmt: skip
    poor = rising(-home.means, 0.8)
    sheet.choice(
        "main_income",
        incomes,
        draw_code(
            rng, incomes,
            {"crops": 4.0 * home.farms, "livestock": 0.3 + 8.0 * herds, "fishing": 0.1,
             "day_labour": 0.2 + 0.8 * poor,
             "wages": 0.05 + 0.9 * home.is_town * rising(home.means, 0.5),
             "trade": 0.2 + 1.2 * home.is_town, "crafts": 0.2 + 0.4 * home.is_town,
             "mining": np.where(np.isin(home.region, (1, 15, 11)), 0.3, 0.05), "remittances": 0.15,
             "aid": 0.02 + 0.6 * home.is_displaced, "begging": 0.03 * poor, "none": 0.02},
            home.count,
        ),
    )  # fmt: skip


def answer_displacement(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Who was driven out, who hosts, who moves with the herd."""
    count, displaced = home.count, home.is_displaced
    statuses = ("resident", "displaced", "returned")
    returned = ~displaced & flip(rng, 0.015, count)
    sheet.choice("displacement_status", statuses, np.where(displaced, 1, np.where(returned, 2, 0)))
    hostings = ("site", "host_family", "rented", "public_building", "own")
    sheet.choice(
        "hosting",
        hostings,
        draw_code(
            rng, hostings,
            {"site": 1.0, "host_family": 1.6, "rented": 0.6, "public_building": 0.1, "own": 0.1},
            count,
        ),
        displaced,
    )  # fmt: skip
    hosts = ~displaced & flip(rng, 0.03, count)
    sheet.whole("hosts_displaced", np.where(hosts, rng.integers(1, 9, count), 0))
    moves = home.is_nomad | home.is_transhumant
    places = ("Mares du nord", "Bourgoutières du delta", "Pâturages du sud", "Vallée")
    sheet.choice("seasonal_places", places, whole(rng.random(count) * 4), moves)
    sheet.whole("months_away", rng.integers(2, 10, count), moves)


def _several(
    sheet: Sheet,
    rng: np.random.Generator,
    name: str,
    codes: tuple[str, ...],
    chances: tuple[float, ...],
    asked: Flags,
) -> None:
    chosen = np.column_stack([flip(rng, chance, len(asked)) for chance in chances])
    sheet.several(
        name, codes, chosen, asked, otherwise="none" if name != "assistance_sources" else "unknown"
    )
