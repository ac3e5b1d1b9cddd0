"""What is wrong with one line, beside what the registry itself refuses."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class CellUnclear(DomainError):
    """The cell holds an error or a formula without value, or the line has slipped."""

    code = "collection.cell_unclear"
    message = _(
        "« %(value)s » ne peut pas être lu : la case contient une erreur ou une formule sans "
        "résultat, ou la ligne a plus de cellules que de colonnes. Écrivez la valeur elle-même."
    )


class DateUnreadable(DomainError):
    """The cell is no date in the order chosen."""

    code = "collection.date_unreadable"
    message = _(
        "« %(value)s » n’est pas une date dans l’ordre choisi. Écrivez par exemple %(example)s."
    )


class ShortYear(DomainError):
    """A year of two digits could be of two centuries."""

    code = "collection.short_year"
    message = _(
        "« %(value)s » : l’année n’a que deux chiffres, on ne sait pas de quel siècle. Écrivez-la "
        "en quatre chiffres."
    )


class AgeUnreadable(DomainError):
    """The cell is no age in whole years."""

    code = "collection.age_unreadable"
    message = _("« %(value)s » n’est pas un âge en années entières, de 0 à 125.")


class BirthContradicts(DomainError):
    """Two columns speak of two different births."""

    code = "collection.birth_contradicts"
    message = _(
        "L’âge ou l’année de naissance contredisent la date de naissance de la même ligne : "
        "gardez celle qui est juste."
    )


class PositionHalf(DomainError):
    """One coordinate without the other."""

    code = "collection.position_half"
    message = _("La position n’a qu’une coordonnée : donnez latitude et longitude, ou aucune.")


class PositionUnreadable(DomainError):
    """The cell is no coordinate."""

    code = "collection.position_unreadable"
    message = _("« %(value)s » n’est pas une coordonnée en degrés. Écrivez par exemple 14,530000.")


class ZoneMissing(DomainError):
    """Nothing says where a new household is attached."""

    code = "collection.zone_missing"
    message = _(
        "La zone de rattachement manque : donnez le code du village, ou son nom avec sa commune."
    )


class ZoneUnknown(DomainError):
    """No zone has this code or these names."""

    code = "collection.zone_unknown"
    message = _(
        "« %(value)s » n’est ni un code ni un nom de village, quartier ou fraction connu. "
        "Vérifiez l’orthographe, ou ajoutez la commune et le cercle."
    )


class VillageUnknown(DomainError):
    """The commune is known, and no settlement of it has this name."""

    code = "collection.village_unknown"
    message = _(
        "« %(value)s » n’est pas un village, quartier ou fraction connu de %(zone)s. Vérifiez le "
        "nom et la commune, ou écrivez le code du village ; s’il manque au découpage, demandez à "
        "l’unité technique de l’ajouter."
    )


class VillageMisspelt(DomainError):
    """The commune is known, and some of its settlements have names alike."""

    code = "collection.village_misspelt"
    message = _(
        "« %(value)s » n’est pas un village, quartier ou fraction connu de %(zone)s. Est-ce "
        "%(near)s ? Corrigez le nom, ou écrivez le code du village."
    )


class ZoneAmbiguous(DomainError):
    """Several zones answer."""

    code = "collection.zone_ambiguous"
    message = _(
        "« %(value)s » désigne plusieurs lieux du découpage en vigueur : %(candidates)s. Écrivez "
        "le code de celui qui convient."
    )


class KeyMissing(DomainError):
    """The line does not say to which household it belongs."""

    code = "collection.key_missing"
    message = _(
        "La clé du ménage est vide : on ne sait pas à quel ménage la ligne appartient. Écrivez-la "
        "sur chaque ligne."
    )


class HouseholdLineMissing(DomainError):
    """Members without the line of their household."""

    code = "collection.household_line_missing"
    message = _(
        "Aucune ligne de ménage ne porte la clé « %(value)s » : ajoutez le ménage, ou corrigez la "
        "clé."
    )


class LineRepeated(DomainError):
    """Two lines for one household."""

    code = "collection.line_repeated"
    message = _("Ce ménage est déjà à la ligne %(line)s du même fichier : gardez une seule ligne.")


class MemberRepeated(DomainError):
    """Two lines for one known person."""

    code = "collection.member_repeated"
    message = _("Deux lignes de ce ménage désignent la même personne : gardez-en une.")


class NoMembers(DomainError):
    """A household needs its head."""

    code = "collection.no_members"
    message = _(
        "Ce ménage n’a aucun membre dans le fichier et n’est pas encore au registre : ajoutez au "
        "moins son chef."
    )


class HouseholdDiffers(DomainError):
    """Lines of one household tell different things of it."""

    code = "collection.household_differs"
    message = _(
        "Les lignes de ce ménage ne disent pas la même chose dans « %(column)s » : gardez une "
        "seule valeur."
    )


class RefusedWithHousehold(DomainError):
    """Another line of the household was refused, so none enters."""

    code = "collection.refused_with_household"
    message = _(
        "Refusée avec son ménage : une autre ligne est à corriger (ligne %(line)s). Un ménage "
        "entre avec tous ses membres, ou pas du tout."
    )


class HouseholdKnown(DomainError):
    """The importer chose to refuse what is known."""

    code = "collection.household_known"
    message = _("Ce ménage est déjà au registre, et vous avez choisi de refuser ces lignes.")


class HouseholdNotKnown(DomainError):
    """Persons alone, whose number or key leads to no household, or to strangers."""

    code = "collection.household_not_known"
    message = _(
        "« %(value)s » ne mène à aucun ménage connu où figure une de ces personnes : envoyez "
        "d’abord la liste des ménages avec leur chef, puis celle-ci, chef compris, de la même "
        "source ; ou écrivez le numéro RSU du ménage."
    )


class HouseholdElsewhere(DomainError):
    """The household is attached to another zone than the line says."""

    code = "collection.household_elsewhere"
    message = _(
        "Ce ménage est déjà rattaché à une autre zone du registre : un import ne déplace personne. "
        "Changez son rattachement, ou corrigez la zone de la ligne."
    )


class HouseholdInvisible(DomainError):
    """A number of the line is held outside the importer's zones."""

    code = "collection.household_invisible"
    message = _(
        "Un numéro de cette ligne appartient à un ménage d’une zone qui n’est pas la vôtre : "
        "demandez à l’unité technique."
    )


class HouseholdClosed(DomainError):
    """Closed and merged households are not updated by lists."""

    code = "collection.household_closed"
    message = _(
        "Ce ménage n’est plus actif au registre (%(status)s) : rouvrez-le d’abord, ou retirez la "
        "ligne."
    )


class OtherHead(DomainError):
    """The list names another head than the registry."""

    code = "collection.other_head"
    message = _(
        "Le chef de ménage de la liste n’est pas celui du registre : changez de chef sur la page "
        "du ménage, ou corrigez la ligne."
    )


class CannotErase(DomainError):
    """What everybody must have cannot be erased."""

    code = "collection.cannot_erase"
    message = _("Cette valeur ne peut pas être effacée : chacun doit en avoir une.")


class OddAges(DomainError):
    """A warning: the ages contradict the relationship."""

    code = "collection.odd_ages"
    message = _("L’âge ne va pas avec le lien au chef de ménage : vérifiez l’un et l’autre.")


class OddNinaSex(DomainError):
    """A warning: the number says another sex."""

    code = "collection.odd_nina_sex"
    message = _("Le NINA semble celui d’une personne de l’autre sexe : vérifiez la carte.")


class OddNinaYear(DomainError):
    """A warning: the number says another year."""

    code = "collection.odd_nina_year"
    message = _("Le NINA semble indiquer une autre année de naissance : vérifiez la carte.")
