"""What can go wrong with zones, said so that it can be mended."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class WrongParentLevel(DomainError):
    code = "zones.wrong_parent_level"
    message = _(
        "Une zone de niveau « %(level)s » ne peut pas être placée dans « %(parent)s » "
        "(%(parent_level)s). Choisissez une zone d’un niveau plus haut ; "
        "un village, un quartier ou une fraction se place dans une commune."
    )


class CodeTaken(DomainError):
    code = "zones.code_taken"
    message = _(
        "Le code « %(zone_code)s » est déjà celui de « %(name)s » dans ce découpage. "
        "Donnez un autre code, ou modifiez cette zone."
    )


class NameMissing(DomainError):
    code = "zones.name_missing"
    message = _("Le nom de la zone manque. Écrivez-le tel que les habitants le disent.")


class ZoneClosed(DomainError):
    code = "zones.zone_closed"
    message = _("« %(name)s » est fermée depuis le %(closed_on)s : elle ne change plus.")


class ZoneHoldsOthers(DomainError):
    code = "zones.zone_holds_others"
    message = _(
        "« %(name)s » contient encore des zones ouvertes : %(count)s. Fermez-les d’abord, "
        "ou créez le nouveau découpage et sa table de passage."
    )


class ClosedBeforeOpened(DomainError):
    code = "zones.closed_before_opened"
    message = _(
        "« %(name)s » existe depuis le %(opened_on)s : "
        "elle ne peut pas fermer le %(closed_on)s. Choisissez une date plus tardive."
    )


class OpenedOutsideGeography(DomainError):
    code = "zones.opened_outside_geography"
    message = _(
        "Le découpage « %(geography)s » n’est pas en vigueur le %(opened_on)s. "
        "Choisissez une date de sa période."
    )


class GeographyUndated(DomainError):
    code = "zones.geography_undated"
    message = _(
        "Le découpage « %(geography)s » n’existe pas encore : dites depuis quand il est valable "
        "(--valid-from AAAA-MM-JJ) pour le créer."
    )


class GeographiesOverlap(DomainError):
    code = "zones.geographies_overlap"
    message = _(
        "Le découpage « %(other)s » est en vigueur aux mêmes dates. Donnez la fin de validité "
        "(--valid-to), ou ajoutez --ends-previous pour que le nouveau découpage remplace celui en "
        "vigueur."
    )


class CountryUnnamed(DomainError):
    code = "zones.country_unnamed"
    message = _(
        "Les fichiers ne nomment pas le pays. Ajoutez par exemple --country ML Mali à la commande."
    )


class TwoCountries(DomainError):
    code = "zones.two_countries"
    message = _(
        "%(place)s : les fichiers nomment plusieurs pays (%(codes)s). "
        "Un découpage n’en a qu’un : gardez les fichiers de ce pays."
    )


class ZonesMoved(DomainError):
    code = "zones.zones_moved"
    message = _(
        "Zones qui changeraient de parent : %(count)s (%(examples)s). Dans un même découpage une "
        "zone garde son parent, car les ménages y sont rattachés : importez ces fichiers comme un "
        "nouveau découpage (--geography), puis sa table de passage."
    )


class TooManyGone(DomainError):
    code = "zones.too_many_gone"
    message = _(
        "Zones qui seraient fermées parce que les fichiers ne les nomment plus : %(count)s sur "
        "%(total)s (%(examples)s). Vérifiez que les fichiers sont complets ; si c’est bien voulu, "
        "ajoutez --accept-gone à la commande."
    )


class ParentGone(DomainError):
    code = "zones.parent_gone"
    message = _(
        "« %(name)s » (%(zone_code)s) n’est plus dans les fichiers mais contient encore des zones "
        "ouvertes (%(examples)s). Donnez aussi le fichier du niveau au-dessous."
    )


class BoundaryFilesRefused(DomainError):
    """Several faults of the files at once: the person mends them all before trying again."""

    code = "zones.boundary_files_refused"
    shown = 20

    def __init__(self, faults: Sequence[DomainError]) -> None:
        self.faults = faults
        super().__init__()

    @property
    def sentence(self) -> str:
        lines = [fault.sentence for fault in self.faults[: self.shown]]
        if len(self.faults) > self.shown:
            lines.append(_("… et encore %(count)s.") % {"count": len(self.faults) - self.shown})
        return "\n".join(str(line) for line in lines)


class FileUnreadable(DomainError):
    code = "zones.file_unreadable"
    message = _("%(file)s : le fichier ne peut pas être lu (%(detail)s).")


class NotUtf8(DomainError):
    code = "zones.not_utf8"
    message = _("%(file)s : le texte n’est pas en UTF-8. Enregistrez le fichier en UTF-8.")


class NotJson(DomainError):
    code = "zones.not_json"
    message = _(
        "%(file)s, ligne %(line)s : ce n’est pas du JSON. Téléchargez le fichier à nouveau ; "
        "il est peut-être coupé."
    )


class NotGeoJson(DomainError):
    code = "zones.not_geojson"
    message = _("%(file)s : ce n’est pas une FeatureCollection GeoJSON avec au moins un objet.")


class UnknownFormat(DomainError):
    code = "zones.unknown_format"
    message = _(
        "%(file)s : format non reconnu. Sont lus : OCHA COD-AB (colonnes admN_pcode et admN_name), "
        "geoBoundaries (shapeName, shapeID, shapeType) et la liste des localités (name, pcode, "
        "admN_pcode, lon, lat)."
    )


class WrongLevel(DomainError):
    code = "zones.wrong_level"
    message = _(
        "%(place)s : le niveau « %(level)s » n’est pas attendu. Niveaux attendus : %(expected)s."
    )


class CodeMissing(DomainError):
    code = "zones.code_missing"
    message = _("%(place)s : le code manque (colonne %(column)s).")


class NameMissingInFile(DomainError):
    code = "zones.name_missing_in_file"
    message = _("%(place)s : le nom de la zone %(zone_code)s manque.")


class TextTooLong(DomainError):
    code = "zones.text_too_long"
    message = _(
        "%(place)s : le code « %(zone_code)s » dépasse 40 caractères, ou le nom en dépasse 120."
    )


class DuplicateCode(DomainError):
    code = "zones.duplicate_code"
    message = _(
        "%(place)s : le code %(zone_code)s est déjà celui de "
        "%(other_place)s. Un code ne désigne qu’une zone."
    )


class UnknownParent(DomainError):
    code = "zones.unknown_parent"
    message = _(
        "%(place)s : « %(name)s » (%(zone_code)s) se trouve dans "
        "« %(parent)s », qui n’est ni dans les fichiers ni dans le découpage. "
        "Donnez aussi le fichier de ce niveau."
    )


class ParentNotFoundOnMap(DomainError):
    code = "zones.parent_not_found_on_map"
    message = _(
        "%(place)s : « %(name)s » n’est dans aucune zone du niveau au-dessus. "
        "Donnez aussi les limites de ce niveau."
    )


class BadParentLevel(DomainError):
    code = "zones.bad_parent_level"
    message = _(
        "%(place)s : « %(name)s » (%(zone_code)s) ne peut pas se trouver "
        "dans « %(parent)s » : ce n’est pas une zone d’un niveau plus haut."
    )


class BadShape(DomainError):
    code = "zones.bad_shape"
    message = _("%(place)s : la limite de « %(name)s » n’est pas une surface lisible.")


class OffTheEarth(DomainError):
    code = "zones.off_the_earth"
    message = _(
        "%(place)s : « %(name)s » a des coordonnées (%(lon)s ; %(lat)s) qui ne "
        "sont pas des degrés. Enregistrez la carte en WGS 84 (EPSG:4326)."
    )


class OutsideCountry(DomainError):
    code = "zones.outside_country"
    message = _(
        "%(place)s : « %(name)s » (%(lon)s ; %(lat)s) est hors du pays. "
        "Longitude et latitude sont peut-être inversées."
    )


class BadNumber(DomainError):
    code = "zones.bad_number"
    message = _("%(place)s : « %(value)s » n’est pas un nombre (colonne %(column)s).")


class CrosswalkCodeUnknown(DomainError):
    code = "zones.crosswalk_code_unknown"
    message = _("%(place)s : aucune zone du découpage « %(geography)s » n’a le code %(zone_code)s.")


class CrosswalkShareWrong(DomainError):
    code = "zones.crosswalk_share_wrong"
    message = _(
        "%(place)s : les parts de la zone %(zone_code)s dépassent le tout, ou l’une d’elles n’est "
        "pas entre 0 et 1. Elles s’écrivent comme 0,25 et leur somme ne dépasse pas 1."
    )


class UnknownCrosswalkFormat(DomainError):
    code = "zones.unknown_crosswalk_format"
    message = _(
        "%(file)s : une table de passage a les colonnes old_code et new_code, "
        "et share si une zone a été partagée."
    )
