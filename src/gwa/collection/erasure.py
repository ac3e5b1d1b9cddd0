"""What imports keep of somebody who is erased: the files and refused lines of those lists."""

from gwa.collection.models import Import, ImportedHousehold
from gwa.collection.upkeep import empty_import
from gwa.registry.erasure import Erased


def forget_lists(erased: Erased) -> None:
    """Empty the imports that brought an erased household, and forget that they did.

    A sealed file cannot lose one line: it goes whole, and so do the lines it left refused.
    """
    brought = ImportedHousehold.objects.filter(household_id__in=erased.households)
    for one in Import.objects.filter(pk__in=brought.values("of_import"), emptied_at__isnull=True):
        empty_import(of_import=one, why="effacement")
    brought.delete()
