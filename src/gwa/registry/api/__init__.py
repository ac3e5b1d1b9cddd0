"""Households, persons and memberships for machines: each write calls one verb of the registry."""

from ninja import Router

from gwa.common.api.problems import answer_with
from gwa.registry.api import households, memberships, persons

router = Router()
router.add_router("", households.router)
router.add_router("", persons.router)
router.add_router("", memberships.router)

answer_with(
    {
        "registry.household_unknown": 404,
        "registry.person_unknown": 404,
        "registry.zone_not_yours": 403,
        "registry.household_merged": 409,
        "registry.household_not_active": 409,
        "registry.person_merged": 409,
        "registry.identifier_already_set": 409,
        "registry.already_member": 409,
        "registry.counted_elsewhere": 409,
    }
)
