"""The answers of each person: papers, family, school, work, health, Washington Group."""

from dataclasses import dataclass

import numpy as np

from gwa.testing.country.answers.home import Home, draw_code, rising
from gwa.testing.country.answers.sheet import Sheet
from gwa.testing.country.births import Days
from gwa.testing.country.dice import Flags, Floats, Integers, flip, pick_by_row, whole
from gwa.testing.country.rosters import CHILD, FOSTERED, HEAD, SPOUSE, Rosters

_DIFFICULTIES = ("none", "some", "a_lot", "cannot")
# Odds of any difficulty at age 40, and of each further step.
_DOMAINS = {
    "wg_seeing": 0.035, "wg_hearing": 0.018, "wg_walking": 0.028, "wg_remembering": 0.018,
    "wg_self_care": 0.010, "wg_communicating": 0.010,
}  # fmt: skip
_PAPERS = ("biometric_card", "nina_card", "nina_form", "birth_certificate", "none")
_LEVELS = (
    "preschool", "primary", "lower_secondary", "upper_secondary", "vocational", "higher",
    "non_formal",
)  # fmt: skip
_ACTIVITIES = (
    "farming", "herding", "fishing", "mining", "trade", "crafts", "transport", "construction",
    "services", "public_service", "studies", "housework", "seeking", "retired", "unable",
)  # fmt: skip
_FARMING, _HERDING, _PUBLIC, _STUDIES, _HOUSEWORK, _SEEKING = 0, 1, 9, 10, 11, 12


@dataclass(frozen=True, slots=True)
class Members:
    """One entry a person."""

    people: Rosters
    home: Home
    has_nina: Flags
    has_phone: Flags
    is_absent: Flags
    is_fostered: Flags
    schooling_of_head: Integers
    told_age: Integers  # in whole years, as the papers and people say: it decides what is asked
    seen_on: Days

    @property
    def count(self) -> int:
        """The number of persons."""
        return len(self.people.household)

    def of_house(self, column: np.ndarray) -> np.ndarray:
        """Repeat a household's value for each of its persons."""
        repeated: np.ndarray = column[self.people.household]
        return repeated


def answer_papers_and_presence(sheet: Sheet, who: Members, rng: np.random.Generator) -> None:
    """Phone, papers, presence and absence."""
    count, age = who.count, who.people.age
    owners = ("own", "member", "outside", "none")
    own = np.where(who.has_phone, 0, np.where(flip(rng, 0.55, count), 1, 3))
    sheet.choice("phone_sim_owner", owners, own, who.told_age >= 15)
    sheet.choice("phone_handset_owner", owners, own, who.told_age >= 15)
    paper = pick_by_row(
        rng,
        [[0.0, 0.0, 0.0, 0.62, 0.38], [0.04, 0.0, 0.1, 0.5, 0.36], [0.3, 0.55, 0.15, 0.0, 0.0]],
        np.where(who.has_nina, 2, (age >= 15) * 1),
    )
    sheet.choice("identity_document", _PAPERS, paper)
    registered = np.where(paper == _PAPERS.index("birth_certificate"), 0, pick_late(rng, count))
    sheet.choice("birth_registered", ("yes", "no", "unknown"), registered, who.told_age < 18)
    sheet.flag("ate_last_night", ~who.is_absent & flip(rng, 0.97, count))
    sheet.flag("usually_eats", ~who.is_absent | flip(rng, 0.5, count))
    away = whole(rng.random(count) * 9) + 1
    month = who.seen_on.astype("datetime64[M]")
    sheet.month("absent_since", month - away.astype("timedelta64[M]"), who.is_absent)
    back = whole(rng.random(count) * 6) + 1
    sheet.month("expected_return", month + back.astype("timedelta64[M]"), who.is_absent)
    purposes = ("work", "mining", "herding", "studies", "family")
    purpose = draw_code(
        rng, purposes,
        {"work": 3.0, "mining": 1.0, "herding": 0.5, "studies": 2.0 * (age < 20), "family": 0.4},
        count,
    )  # fmt: skip
    sheet.choice("absence_purpose", purposes, purpose, who.is_absent)


def pick_late(rng: np.random.Generator, count: int) -> Integers:
    """Births without a certificate: mostly not registered, sometimes nobody knows."""
    return 1 + flip(rng, 0.1, count).astype(np.int64)


def answer_family(sheet: Sheet, who: Members, rng: np.random.Generator) -> None:
    """Parents of the young, marriage of the others."""
    people, count = who.people, who.count
    young = who.told_age < 18
    with_mother = (people.mother >= 0) | (
        ~np.isin(people.relationship, (CHILD, FOSTERED)) & flip(rng, 0.5, count)
    )
    sheet.flag("mother_in_household", with_mother, young)
    sheet.choice("mother_alive", ("yes", "no"), (~with_mother & flip(rng, 0.08, count)) * 1, young)
    fatherless = flip(rng, np.where(people.father >= 0, 0.0, 0.14), count)
    sheet.choice("father_alive", ("yes", "no"), fatherless * 1, young)
    sheet.flag("fostered", who.is_fostered, young)
    statuses = ("single", "married_monogamous", "married_polygamous", "divorced", "widowed")
    sheet.choice("marital_status", statuses, _draw_marriages(who, rng), who.told_age >= 12)


def _draw_marriages(who: Members, rng: np.random.Generator) -> Integers:
    people, age = who.people, who.people.age
    wives = who.of_house(people.wives)
    female_head = who.of_house(people.has_female_head)
    couple = np.where(wives > 1, 2, 1)
    single_head = np.where(female_head, 3 + flip(rng, 0.75, who.count), np.where(age > 40, 4, 0))
    head = np.where(wives > 0, couple, single_head)
    age_at_marriage = np.where(people.is_female, 19, 27) + rng.normal(0, 3, who.count)
    kin = np.where(age < age_at_marriage, 0, 1 + flip(rng, 0.25, who.count))
    widowed = people.is_female & (age > 55) & flip(rng, np.clip((age - 50) / 40, 0, 0.8), who.count)
    kin = np.where(widowed, 4, kin)
    grown_child = (people.relationship == CHILD) & flip(rng, 0.6, who.count)
    kin = np.where(grown_child & (kin < 3), 0, kin)
    return np.select(
        [people.relationship == HEAD, people.relationship == SPOUSE], [head, couple], kin
    )


def answer_school_and_work(sheet: Sheet, who: Members, rng: np.random.Generator) -> None:
    """School by age, sex, place and means; work by place and season of life."""
    people, count = who.people, who.count
    age, female = people.age, people.is_female
    town, means = who.of_house(who.home.is_town), who.of_house(who.home.means)
    level = _draw_levels(who, rng, town, means)
    attends = (
        (age >= 5) & (age < 25) & (level >= 0) & flip(rng, np.clip((30 - age) / 18, 0, 0.92), count)
    )
    attendance = np.where(attends, 0, np.where(level >= 0, 1, 2))
    sheet.choice(
        "school_attendance", ("attends", "attended", "never"), attendance, who.told_age >= 3
    )
    sheet.choice(
        "education_level", _LEVELS, np.maximum(level, 0), (who.told_age >= 3) & (level >= 0)
    )
    reads = (level >= 2) | ((level == 1) & flip(rng, 0.55, count)) | flip(rng, 0.05, count)
    sheet.flag("reads_and_writes", reads, who.told_age >= 10)
    activity = _draw_activities(who, rng, town, level, attends)
    sheet.choice("main_activity", _ACTIVITIES, activity, who.told_age >= 10)
    works = activity < _STUDIES
    statuses = ("wage_permanent", "wage_casual", "own_account", "family_worker", "apprentice")
    status = draw_code(
        rng, statuses,
        {"wage_permanent": 8.0 * (activity == _PUBLIC) + 0.3 * town,
         "wage_casual": 0.4 + 0.6 * town,
         "own_account": 0.4 + 2.4 * (people.relationship == HEAD),
         "family_worker": np.where(people.relationship == HEAD, 0.0, 1.8),
         "apprentice": 0.5 * town * (age < 25)},
        count,
    )  # fmt: skip
    sheet.choice("employment_status", statuses, status, works & (who.told_age >= 10))
    insured = flip(rng, np.clip(0.03 + 0.05 * means + 0.4 * (activity == _PUBLIC), 0, 1), count)
    covers = ("amo", "ramed", "mutuelle", "none")
    other = np.where(flip(rng, 0.02, count), 1, np.where(flip(rng, 0.015, count), 2, 3))
    sheet.choice("health_coverage", covers, np.where(insured, 0, other))
    pension = np.where((status == 0) & works & flip(rng, 0.6, count), (activity == _PUBLIC) * 1, 2)
    sheet.choice("pension_scheme", ("inps", "cmss", "none"), pension, who.told_age >= 15)
    pregnant = female & flip(rng, np.where((age >= 17) & (age < 42), 0.11, 0.0), count)
    sheet.choice(
        "pregnant",
        ("yes", "no"),
        np.where(pregnant, 0, 1),
        female & (who.told_age >= 12) & (who.told_age < 50),
    )
    nurses = female & ~pregnant & flip(rng, np.where((age >= 17) & (age < 45), 0.24, 0.0), count)
    sheet.flag("breastfeeding", nurses, female & (who.told_age >= 12) & (who.told_age < 56))


def _draw_levels(who: Members, rng: np.random.Generator, town: Flags, means: Floats) -> Integers:
    """-1 never at school; the head's level was drawn with the household's means."""
    people, age = who.people, who.people.age
    score = (
        0.45 * means + 0.9 * town - 0.35 * people.is_female * (age > 20)
        - 0.022 * np.maximum(age - 15, 0)
        + 0.35 + rng.normal(0, 1, who.count)
    )  # fmt: skip
    level = np.select([score < 0.0, score < 0.9, score < 1.5, score < 2.1], [-1, 1, 2, 3], 5)
    level = np.where((level == 3) & flip(rng, 0.3, who.count), 4, level)
    from_head = np.select(
        [who.schooling_of_head == 0, who.schooling_of_head == 1],
        [-1, 1],
        2 + pick_by_row(rng, [[0.5, 0.25, 0.1, 0.15]], np.zeros(who.count, dtype=np.int64)),
    )
    level = np.where(people.relationship == HEAD, from_head, level)
    level = np.where((level < 0) & (age > 15) & flip(rng, 0.05, who.count), 6, level)
    ceiling = np.select([age < 3, age < 6, age < 12, age < 15, age < 18], [-1, 0, 1, 2, 3], 6)
    return np.where(
        level > ceiling, np.where(age < 6, flip(rng, 0.1, who.count) - 1, ceiling), level
    )


def _draw_activities(
    who: Members, rng: np.random.Generator, town: Flags, level: Integers, attends: Flags
) -> Integers:
    people, age = who.people, who.people.age
    farms = who.of_house(who.home.farms)
    herds = who.of_house(who.home.is_nomad | who.home.is_transhumant)
    female = people.is_female
    drawn = draw_code(
        rng, _ACTIVITIES,
        {"farming": 4.0 * farms * np.where(female, 0.5, 1.0),
         "herding": 0.15 + 6.0 * herds * ~female,
         "fishing": 0.08 * ~female, "mining": 0.12, "trade": 0.3 + 1.1 * town,
         "crafts": 0.15 + 0.4 * town, "transport": 0.35 * town * ~female,
         "construction": (0.1 + 0.4 * town) * ~female, "services": 0.1 + 0.5 * town,
         "public_service": 0.9 * (level >= 3) * (level <= 5) * (age > 22),
         "housework": 2.2 * female, "seeking": (0.1 + 0.5 * town) * (age < 35)},
        who.count,
    )  # fmt: skip
    drawn = np.where(attends, _STUDIES, drawn)
    old = (age > 62) & flip(rng, np.clip((age - 60) / 25, 0, 0.9), who.count)
    return np.where(old, np.where(flip(rng, 0.4, who.count), 13, 14), drawn)


def answer_health(sheet: Sheet, who: Members, rng: np.random.Generator) -> None:
    """Long illness, and the six questions of the Washington Group as they are worded."""
    count, age = who.count, who.people.age
    ill = flip(rng, np.clip(0.01 + 0.0025 * age, 0, 0.3), count)
    sheet.choice("chronic_illness", ("yes", "no"), np.where(ill, 0, 1))
    asked = who.told_age >= 5
    older = np.exp((np.maximum(age, 5) - 40) / 22)
    for name, share in _DOMAINS.items():
        some = flip(rng, np.clip(share * older * 2.2, 0, 0.85), count)
        more = some & flip(rng, 0.28, count)
        most = more & flip(rng, 0.22, count)
        sheet.choice(name, _DIFFICULTIES, some * 1 + more + most, asked)
    proxy = (who.people.relationship != HEAD) & (who.people.relationship != SPOUSE)
    sheet.flag("wg_proxy", proxy | flip(rng, 0.25, count), asked)


def draw_absences(rng: np.random.Generator, people: Rosters, seen_on: Days, means: Floats) -> Flags:
    """Seasonal migrants: mostly young men of poorer households, out of the farming season."""
    month = seen_on.astype("datetime64[M]").astype(np.int64) % 12 + 1
    dry = (month >= 11) | (month <= 5)
    chance = np.where(dry, 0.11, 0.04)[people.household] * rising(-means, -0.2)[people.household]
    chance = (
        chance
        * np.where(people.is_female, 0.3, 1.3)
        * np.where(people.relationship == HEAD, 0.6, 1.0)
    )
    away: Flags = (people.age >= 15) & (people.age < 45) & flip(rng, chance, len(chance))
    return away
