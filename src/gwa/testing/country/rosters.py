"""Who lives with whom: sizes, heads, wives, children, kin; drawn for many households at once.

Shares are plausible, not measured: no Malian micro-data is open. `presets.yaml` fixes the law of
the size (negative binomial, mean 6, from 1 to 40).
"""

from dataclasses import dataclass

import numpy as np

from gwa.testing.country.dice import Flags, Floats, Integers, flip, pick, pick_by_row, whole

MEAN_SIZE = 6.0
LARGEST = 40
# The dispersion of the negative binomial: large compounds of twenty are seen, forty hardly.
_DISPERSION = 3.0
_GENERATION = 16

RELATIONSHIPS = (
    "head", "spouse", "child", "fostered_child", "parent", "sibling", "grandchild",
    "child_in_law", "nephew_niece", "other_relative", "not_related",
)  # fmt: skip
HEAD, SPOUSE, CHILD, FOSTERED, PARENT, SIBLING, GRANDCHILD, IN_LAW, NEPHEW, OTHER, STRANGER = range(
    len(RELATIONSHIPS)
)

# Weights of the relationships beyond head and wives, from child to not related.
_KIN = np.array(
    [
        # child fostered parent sibling grandchild in_law nephew other stranger
        [0.93, 0.03, 0.01, 0.02, 0.00, 0.00, 0.01, 0.00, 0.00],  # nuclear
        [0.66, 0.05, 0.05, 0.09, 0.00, 0.01, 0.10, 0.03, 0.01],  # extended, young head
        [0.56, 0.05, 0.03, 0.05, 0.12, 0.06, 0.08, 0.04, 0.01],  # extended, head over 45
        [0.45, 0.04, 0.00, 0.04, 0.26, 0.09, 0.06, 0.05, 0.01],  # extended, head over 65
    ]
)


@dataclass(frozen=True, slots=True)
class Rosters:
    """Households, then their persons in order of household; `first` is the row of each head."""

    size: Integers
    first: Integers
    household: Integers
    position: Integers
    relationship: Integers
    is_female: Flags
    age: Floats
    mother: Integers  # the row of the mother, or -1
    father: Integers  # the row of the father, or -1
    has_female_head: Flags
    wives: Integers
    is_twin: Flags


def draw_rosters(rng: np.random.Generator, *, is_town: Flags) -> Rosters:
    """Draw one household for each entry of `is_town`."""
    count = len(is_town)
    size = draw_sizes(rng, count)
    female_head = flip(rng, np.where(is_town, 0.17, 0.11), count)
    head_age = np.clip(18 + rng.gamma(3.9, 6.8, count), 18, 95)
    wives = _draw_wives(rng, size, female_head, head_age, is_town)
    first = np.concatenate(([0], np.cumsum(size)[:-1]))
    household = np.repeat(np.arange(count), size)
    position = np.arange(len(household)) - first[household]
    relationship = _draw_relationships(rng, size, head_age, household, position, wives)
    mother = _draw_mothers(rng, first, household, relationship, wives, female_head)
    is_female = _draw_sexes(rng, relationship, female_head[household])
    age = _draw_ages(
        rng, relationship, head_age[household], position, female_head[household], mother
    )
    is_twin = _find_twins(rng, household, relationship, mother)
    age[is_twin] = age[np.flatnonzero(is_twin) - 1]
    father = np.where(
        (relationship == CHILD) & ~female_head[household], first[household], np.int64(-1)
    )
    return Rosters(
        size, first, household, position, relationship, is_female, age, mother, father,
        female_head, wives, is_twin,
    )  # fmt: skip


def draw_sizes(rng: np.random.Generator, count: int) -> Integers:
    """Members per household: one, and a negative binomial of the others."""
    others = MEAN_SIZE - 1.0
    drawn = rng.negative_binomial(_DISPERSION, _DISPERSION / (_DISPERSION + others), count)
    return np.minimum(1 + drawn, LARGEST)


def _draw_wives(
    rng: np.random.Generator, size: Integers, female_head: Flags, age: Floats, is_town: Flags
) -> Integers:
    """Most men over thirty are married, a third of the older ones in villages to several."""
    count = len(size)
    married = flip(rng, np.clip((age - 18) / 14, 0.25, 0.95), count)
    polygamous = flip(rng, np.where(age < 32, 0.05, np.where(is_town, 0.16, 0.34)), count)
    several = 2 + pick(rng, (0.80, 0.16, 0.04), count)
    wives = np.where(married, np.where(polygamous, several, 1), 0)
    wives[female_head] = flip(rng, 0.12, int(female_head.sum()))
    return np.minimum(wives, size - 1)


def _draw_relationships(
    rng: np.random.Generator,
    size: Integers,
    head_age: Floats,
    household: Integers,
    position: Integers,
    wives: Integers,
) -> Integers:
    extended = flip(rng, np.clip(0.08 * size, 0.1, 0.75), len(size))
    row = np.where(extended, 1 + (head_age > 45) + (head_age > 65), 0)
    relationship = CHILD + pick_by_row(rng, _KIN, row[household])
    # A third parent, or the parent of an old head, is an older relative.
    is_parent = relationship == PARENT
    rank = np.cumsum(is_parent)
    starts = np.concatenate(([0], rank))[np.flatnonzero(position == 0)]
    surplus = is_parent & ((rank - starts[household] > 2) | (head_age[household] > 70))
    relationship[surplus] = OTHER
    relationship[position <= wives[household]] = SPOUSE
    relationship[position == 0] = HEAD
    return relationship


def _draw_mothers(
    rng: np.random.Generator,
    first: Integers,
    household: Integers,
    relationship: Integers,
    wives: Integers,
    female_head: Flags,
) -> Integers:
    """A child's mother is one of the wives, or the head when she is a woman."""
    whose = whole(rng.random(len(household)) * np.maximum(wives[household], 1))
    mother = np.where(
        female_head[household],
        first[household],
        np.where(wives[household] > 0, first[household] + 1 + whose, -1),
    )
    return np.where(relationship == CHILD, mother, np.int64(-1))


def _draw_sexes(rng: np.random.Generator, relationship: Integers, female_head: Flags) -> Flags:
    female_share = np.array([0.0, 1.0, 0.49, 0.55, 0.75, 0.35, 0.49, 0.9, 0.5, 0.6, 0.4])
    female = flip(rng, female_share[relationship], len(relationship))
    female[relationship == HEAD] = female_head[relationship == HEAD]
    female[relationship == SPOUSE] = ~female_head[relationship == SPOUSE]
    return female


def _draw_ages(
    rng: np.random.Generator,
    relationship: Integers,
    head: Floats,
    position: Integers,
    female_head: Flags,
    mother: Integers,
) -> Floats:
    """Ages that fit together: nobody is older than a parent, wives come after one another."""
    count = len(relationship)
    chance = rng.random(count)
    noise = rng.normal(0.0, 1.0, count)
    age = np.empty(count)
    age[relationship == HEAD] = head[relationship == HEAD]
    wife = np.clip(head - 8 - 5 * (position - 1) + 4 * noise, 16, 90)
    husband = np.clip(head + 8 + 4 * noise, 20, 98)
    spouse = relationship == SPOUSE
    age[spouse] = np.where(female_head, husband, wife)[spouse]
    for kind, drawn in (
        (FOSTERED, 4 + 13 * chance),
        (PARENT, np.clip(head + 18 + 16 * chance, 0, 99)),
        (SIBLING, np.clip(head - 12 + 7 * noise, 8, 85)),
        (GRANDCHILD, chance * np.clip(head - 38, 1, 18)),
        (IN_LAW, 16 + chance * np.clip(head - 36, 1, 24)),
        (NEPHEW, 1 + 22 * chance),
        (OTHER, 3 + 70 * chance**1.5),
        (STRANGER, 12 + 30 * chance),
    ):
        mine = relationship == kind
        age[mine] = drawn[mine]
    child = relationship == CHILD
    parent = np.where(mother[child] >= 0, age[mother[child]], head[child] - 4)
    age[child] = _child_ages(parent, chance[child], rng.random(int(child.sum())))
    return age


def _child_ages(parent: Floats, chance: Floats, stays: Floats) -> Floats:
    """A child was born when the parent was 16 to 44; grown children have often left."""
    oldest = np.maximum(parent - _GENERATION, 0.1)
    youngest = np.maximum(parent - 44, 0)
    early = chance**1.25
    age = youngest + early * (oldest - youngest)
    grown = (age > 18) & (stays < 0.75) & (youngest < 16)
    age[grown] = youngest[grown] + early[grown] * (np.minimum(oldest, 16) - youngest)[grown]
    return np.asarray(age)


def _find_twins(
    rng: np.random.Generator, household: Integers, relationship: Integers, mother: Integers
) -> Flags:
    """Some children share mother and day of birth with the child before them."""
    twin = flip(rng, 0.018, len(household))
    twin[0] = False
    before = np.roll(np.arange(len(household)), 1)
    twin &= (relationship == CHILD) & (relationship[before] == CHILD)
    twin &= (mother >= 0) & (mother == mother[before])
    # A twin of a twin would be a triplet; they exist, they are not needed.
    return twin & ~np.roll(twin, 1)
