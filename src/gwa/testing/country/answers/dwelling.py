"""Identification, place, dwelling, water and light."""

import numpy as np

from gwa.testing.country.answers.home import Home, draw_code, owns, rising
from gwa.testing.country.answers.sheet import Sheet
from gwa.testing.country.dice import flip, pick

_LANGUAGES = (
    "bambara", "bobo", "bozo", "dogon", "fulfulde", "hassaniya", "kassonke", "maninka", "mamara",
    "soninke", "songhay", "senara", "tamasheq", "french", "other",
)  # fmt: skip
# The language heard most besides Bambara, by region code.
_HEARD = {
    1: "kassonke", 3: "senara", 5: "fulfulde", 6: "songhay", 7: "songhay", 8: "tamasheq",
    9: "hassaniya", 10: "tamasheq", 13: "soninke", 14: "mamara", 15: "maninka", 16: "soninke",
    17: "dogon", 18: "bobo", 19: "fulfulde",
}  # fmt: skip
_WATER = (
    "piped_dwelling", "piped_yard", "piped_neighbour", "standpipe", "borehole", "protected_well",
    "unprotected_well", "sachet", "cart", "surface",
)  # fmt: skip
_TOILETS = (
    "flush_septic", "flush_pit", "pit_ventilated", "pit_slab", "pit_open", "bucket", "none"
)  # fmt: skip
_LIGHTS = (
    "grid", "mini_grid", "solar_home", "solar_lamp", "generator", "torch", "phone", "oil_lamp",
    "fire", "none",
)  # fmt: skip


def answer_identification(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Consent, who answered, in which language."""
    count = home.count
    sheet.flag("consent_registration", np.ones(count))
    sheet.flag("consent_sharing", flip(rng, 0.72, count))
    sheet.choice(
        "consent_form",
        ("spoken", "recorded", "signature", "thumbprint"),
        pick(rng, (0.62, 0.08, 0.12, 0.18), count),
    )
    sheet.choice("respondent_relationship", ("head", "spouse"), home.respondent)
    sheet.choice("recipient_relationship", ("head", "spouse"), home.recipient)
    heard = np.array([_LANGUAGES.index(_HEARD.get(region, "bambara")) for region in range(20)])
    local = flip(rng, np.where(home.is_town, 0.45, 0.8), count)
    sheet.choice("interview_language", _LANGUAGES, np.where(local, heard[home.region], 0))
    sheet.flag("interpreter_used", flip(rng, 0.03, count))


def answer_location(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Town or village, way of life, how long here."""
    sheet.choice("area", ("urban", "rural"), np.where(home.is_town, 0, 1))
    sheet.choice(
        "way_of_life",
        ("settled", "transhumant", "nomadic"),
        np.where(home.is_nomad, 2, np.where(home.is_transhumant, 1, 0)),
    )
    sheet.whole("compound_households", home.compound_households)
    years = np.minimum(rng.exponential(22, home.count), 80).astype(np.int64)
    sheet.whole(
        "years_at_place", np.where(home.is_displaced, rng.integers(0, 6, home.count), years)
    )


def answer_housing(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Walls, roof and floor follow means and town; tents follow herds."""
    count, means = home.count, home.means
    fine = rising(means + 1.0 * home.is_town, 0.9)
    tent = np.where(home.is_nomad, 30.0, np.where(home.is_displaced, 0.8, 0.0))
    shelter = np.where(home.is_displaced, 1.2, 0.003)
    dwellings = ("hut", "single_house", "compound_house", "villa", "apartment", "tent", "shelter")
    sheet.choice(
        "dwelling_type",
        dwellings,
        draw_code(
            rng,
            dwellings,
            {
                "hut": np.where(home.is_town, 0.02, 1.2 * (1 - fine)),
                "single_house": 1.0,
                "compound_house": 1.6,
                "villa": 0.5 * fine * home.is_town,
                "apartment": 0.2 * fine * home.is_town,
                "tent": tent,
                "shelter": shelter,
            },
            count,
        ),
    )
    tenures = ("owner_title", "owner_no_title", "tenant", "family", "employer", "host", "site")
    sheet.choice(
        "tenure",
        tenures,
        draw_code(
            rng,
            tenures,
            {
                "owner_title": 0.1 + 0.6 * fine,
                "owner_no_title": np.where(home.is_town, 0.6, 3.0),
                "tenant": np.where(home.is_town, 1.0, 0.05),
                "family": 0.5,
                "employer": 0.03,
                "host": 2.0 * home.is_displaced,
                "site": 3.0 * home.is_displaced,
            },
            count,
        ),
    )
    _answer_materials(sheet, home, rng)
    rooms = np.clip(np.rint(home.size * 0.38 + 0.8 * means + rng.normal(0.4, 0.8, count)), 1, 30)
    sheet.whole("rooms", rooms.astype(np.int64))
    sheet.whole("sleeping_rooms", np.maximum(rooms - flip(rng, 0.45, count), 1).astype(np.int64))
    kitchens = ("indoor", "separate", "shared", "outdoors", "living_room", "none")
    sheet.choice(
        "kitchen",
        kitchens,
        draw_code(
            rng, kitchens,
            {"indoor": 0.4 * fine, "separate": 1.2 * rising(means, 0.0), "shared": 0.5,
             "outdoors": 1.6 * rising(-means, -0.3), "living_room": 0.1, "none": 0.2},
            count,
        ),
    )  # fmt: skip
    fuels = ("firewood_collected", "firewood_bought", "charcoal", "gas", "dung", "crop_residue")
    sheet.choice(
        "cooking_fuel",
        fuels,
        draw_code(
            rng, fuels,
            {"firewood_collected": np.where(home.is_town, 0.2, 3.0),
             "firewood_bought": np.where(home.is_town, 1.2, 0.5),
             "charcoal": np.where(home.is_town, 1.5, 0.15) * (0.5 + fine),
             "gas": np.where(home.is_town, 0.8, 0.05) * fine,
             "dung": np.where(home.is_north, 0.4, 0.02), "crop_residue": 0.1},
            count,
        ),
    )  # fmt: skip
    sheet.flag("improved_stove", owns(rng, home, at=1.6, town=0.8))
    wastes = ("collected", "public_bin", "wild_dump", "compost", "burned", "buried")
    sheet.choice(
        "waste_disposal",
        wastes,
        draw_code(
            rng, wastes,
            {"collected": 1.4 * fine * home.is_town, "public_bin": 0.3 * home.is_town,
             "wild_dump": 1.0, "compost": np.where(home.is_town, 0.02, 0.5), "burned": 0.3,
             "buried": 0.1},
            count,
        ),
    )  # fmt: skip


def _answer_materials(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    count = home.count
    town = home.is_town
    light = home.is_nomad | (home.is_displaced & flip(rng, 0.4, count))
    walls = ("cement", "stone", "fired_brick", "banco_plastered", "banco", "straw", "cloth")
    cement = rising(home.means + 1.3 * town, 1.1)
    drawn = draw_code(
        rng, walls,
        {"cement": 2.2 * cement, "stone": 0.05, "fired_brick": 0.15 * cement,
         "banco_plastered": 0.9 * rising(home.means, -0.2), "banco": 1.8 * (1 - cement),
         "straw": 0.06},
        count,
    )  # fmt: skip
    sheet.choice("wall_material", walls, np.where(light, walls.index("cloth"), drawn))
    roofs = ("concrete", "metal", "banco", "thatch", "mat", "cloth")
    metal = rising(home.means + 1.0 * town, 0.1)
    drawn = draw_code(
        rng, roofs,
        {"concrete": 0.5 * cement * town, "metal": 2.2 * metal,
         "banco": np.where(home.is_north | (home.region == 5), 2.0, 0.8) * (1 - metal),
         "thatch": np.where(home.is_north, 0.2, 1.2) * (1 - metal)},
        count,
    )  # fmt: skip
    sheet.choice("roof_material", roofs, np.where(light, roofs.index("cloth"), drawn))
    floors = ("tiles", "cement", "banco", "sand", "mat")
    hard = rising(home.means + 1.2 * town, 0.4)
    drawn = draw_code(
        rng, floors,
        {"tiles": 0.6 * cement * town, "cement": 2.4 * hard, "banco": 1.6 * (1 - hard),
         "sand": np.where(home.is_north, 1.5, 0.2) * (1 - hard)},
        count,
    )  # fmt: skip
    sheet.choice("floor_material", floors, np.where(light, floors.index("mat"), drawn))


def answer_water_and_light(sheet: Sheet, home: Home, rng: np.random.Generator) -> None:
    """Water, toilet and light, worse in the dry season and far from towns."""
    count, town = home.count, home.is_town
    well_off = rising(home.means + 1.0 * town, 0.8)
    drinking = draw_code(
        rng, _WATER,
        {"piped_dwelling": 0.8 * well_off * town, "piped_yard": 1.6 * well_off * town,
         "piped_neighbour": 0.5 * town, "standpipe": np.where(town, 1.0, 0.5),
         "borehole": np.where(town, 0.2, 1.8), "protected_well": np.where(town, 0.3, 1.0),
         "unprotected_well": np.where(town, 0.05, 1.1 * (1.2 - well_off)), "sachet": 0.02 * town,
         "cart": 0.1 * town, "surface": np.where(town, 0.0, 0.12)},
        count,
    )  # fmt: skip
    sheet.choice("drinking_water", _WATER, drinking)
    dries = flip(rng, np.where(town, 0.04, 0.22), count)
    dry = np.where(dries, _WATER.index("unprotected_well"), drinking)
    sheet.choice("drinking_water_dry_season", _WATER, dry)
    place = np.where(drinking == 0, 0, np.where(drinking == 1, 1, 2))
    sheet.choice("water_place", ("dwelling", "yard", "elsewhere"), place)
    minutes = np.minimum(rng.gamma(1.6, np.where(town, 7, 16)), 240)
    sheet.whole(
        "water_minutes", np.maximum(np.rint(minutes / 5) * 5, 1).astype(np.int64), place == 2
    )
    treatments = ("boil", "chlorine", "cloth", "filter")
    treated = np.column_stack([flip(rng, chance, count) for chance in (0.02, 0.14, 0.18, 0.03)])
    sheet.several("water_treatment", treatments, treated, otherwise="none")
    toilet = draw_code(
        rng, _TOILETS,
        {"flush_septic": 0.4 * well_off * town, "flush_pit": 0.3 * well_off,
         "pit_ventilated": 0.3 * well_off, "pit_slab": 1.4 * rising(home.means + town, -0.2),
         "pit_open": 1.6,
         "none": np.where(home.is_nomad, 12.0, np.where(town, 0.03, 0.65 - 0.5 * well_off))},
        count,
    )  # fmt: skip
    has_toilet = toilet != _TOILETS.index("none")
    sheet.choice("toilet", _TOILETS, toilet)
    sheet.flag("toilet_shared", flip(rng, np.where(town, 0.45, 0.35), count), has_toilet)
    washes = ("water_soap", "water_only", "no_water", "none")
    sheet.choice(
        "handwashing", washes,
        draw_code(
            rng, washes,
            {"water_soap": well_off, "water_only": 0.7, "no_water": 0.3, "none": 0.9},
            count,
        ),
    )  # fmt: skip
    grid = rising(home.means + 2.6 * town, 2.2)
    light = draw_code(
        rng, _LIGHTS,
        {"grid": 3.0 * grid * np.where(town, 1.0, 0.1), "mini_grid": np.where(town, 0.0, 0.08),
         "solar_home": 0.9 * rising(home.means, 0.3) * np.where(town, 0.3, 1.0), "solar_lamp": 0.5,
         "generator": 0.02, "torch": 1.6 * (1 - grid), "phone": 0.1, "oil_lamp": 0.06,
         "fire": 0.03, "none": 0.01},
        count,
    )  # fmt: skip
    sheet.choice("lighting", _LIGHTS, light)
    sheet.flag("electricity", light <= _LIGHTS.index("solar_home"))
