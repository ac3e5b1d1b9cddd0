"""Answers to the questionnaire, drawn so that they hang together with a hidden consumption."""

import numpy as np
import polars as pl

from gwa.testing.country.answers import dwelling, hardship, livelihoods, member
from gwa.testing.country.answers.home import Home
from gwa.testing.country.answers.member import Members
from gwa.testing.country.answers.sheet import Sheet


def answer_households(home: Home, rng: np.random.Generator) -> pl.Series:
    """The households' answers as JSON text. The short questionnaire leaves out four sections."""
    sheet = Sheet(home.count)
    dwelling.answer_identification(sheet, home, rng)
    dwelling.answer_location(sheet, home, rng)
    dwelling.answer_housing(sheet, home, rng)
    dwelling.answer_water_and_light(sheet, home, rng)
    livelihoods.answer_assets(sheet, home, rng)
    hardship.answer_displacement(sheet, home, rng)
    livelihoods.answer_land_and_livestock(sheet, home, rng)
    sheet.ask_only(home.is_full)
    hardship.answer_food(sheet, home, rng)
    hardship.answer_shocks(sheet, home, rng)
    hardship.answer_services(sheet, home, rng)
    hardship.answer_assistance(sheet, home, rng)
    return sheet.rows()


def answer_persons(who: Members, rng: np.random.Generator) -> pl.Series:
    """The persons' answers as JSON text."""
    sheet = Sheet(who.count)
    member.answer_papers_and_presence(sheet, who, rng)
    member.answer_family(sheet, who, rng)
    member.answer_school_and_work(sheet, who, rng)
    member.answer_health(sheet, who, rng)
    return sheet.rows()
