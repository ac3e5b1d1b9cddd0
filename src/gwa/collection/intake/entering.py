"""One chunk entered: matched, compared, registered, updated, refused, all in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from pydantic_core import to_json

from gwa.collection.intake.comparing import Known, Pairing, load_known
from gwa.collection.intake.deciding import Decision, Fate, decide
from gwa.collection.intake.groups import Context, Detail, RefusedRow, Repeated, Told, Understood
from gwa.collection.intake.hearing import drop_heard
from gwa.collection.intake.matching import match_all
from gwa.collection.intake.refusing import refuse_group
from gwa.collection.intake.repeating import UNCHANGED, keep_again, states_of, still_said
from gwa.collection.intake.rereading import Rereading
from gwa.collection.models import Import, ImportedHousehold
from gwa.common.errors import DomainError
from gwa.common.ids import new_id
from gwa.registry.actions.bulk import (
    HouseholdUpdate,
    PreparedHousehold,
    register_households,
    update_household,
)
from gwa.registry.models import Source
from gwa.registry.rules.facts import PersonFacts
from gwa.registry.rules.problems import Problem

Outcome = ImportedHousehold.Outcome


@dataclass(slots=True)
class Entered:
    """What became of a chunk."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    new: list[PreparedHousehold] = field(default_factory=list)
    updates: list[tuple[Understood, Detail, HouseholdUpdate, Pairing]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    imported: list[dict[str, object]] = field(default_factory=list)

    def add(self, other: "Entered") -> None:
        """Count what became of other groups too."""
        self.counts += other.counts
        self.reasons += other.reasons

    def write(self, context: Context) -> None:
        """Write the lines that stay outside, and which household each group was."""
        _write_refused(self.refused, context)
        _write_imported(self.imported, context)

    def refuse(self, rows: Sequence[RefusedRow]) -> None:
        """Keep lines outside."""
        self.refused += rows
        self.counts["households_refused"] += 1
        self.counts["lines_refused"] += len(rows)
        for row in rows:
            self.reasons.update(row.codes)


def enter(told: Sequence[Told], *, running: Import, again: Rereading, source: Source) -> Entered:
    """Bring one chunk in. Needs an open change and the importer's scope."""
    entered, context = Entered(), again.context
    _hold(running)
    groups, numbers = _pass_repeated(told, running, again, entered)
    matches = match_all(groups, context.data_source_id)
    wanted = {key for match in matches for key in match.households}
    states = states_of(wanted)
    known = load_known(wanted)
    for group, match in zip(groups, matches, strict=True):
        entered.counts["lines"] += group.lines
        decided = decide(
            group,
            match,
            known=known,
            numbers=numbers,
            policy=running.known,
            detail_of=again.detail_of,
        )
        _note(group, decided, entered, context, states)
    registered = register_households(entered.new)
    entered.counts["households_registered"] += registered.households
    entered.counts["persons_registered"] += registered.persons
    entered.counts["claims"] += registered.claims
    _update(entered, context, source)
    entered.write(context)
    return entered


def _hold(running: Import) -> None:
    """Let lists of one source come in one after the other: each finds what the other brought."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('collection.data_source'), %s)",
            [running.data_source_id],
        )


def _pass_repeated(
    told: Sequence[Told], running: Import, again: Rereading, entered: Entered
) -> tuple[list[Understood], dict[str, int]]:
    """Pass over what the source says again; give the other groups, and the numbers passed over."""
    repeated = [one for one in told if isinstance(one, Repeated)]
    found = still_said(repeated, running.data_source_id)
    is_left = running.known == Import.Known.LEAVE
    rows = [(new_id(), found[one.said], one.line) for one in repeated if one.said in found]
    outcome = Outcome.LEFT if is_left else Outcome.UNCHANGED
    keep_again(rows, outcome=outcome, context=again.context)
    entered.counts["households_left" if is_left else "households_unchanged"] += len(rows)
    groups, numbers = list[Understood](), dict[str, int]()
    for one in told:
        if isinstance(one, Understood):
            groups.append(one)
        elif one.said not in found:
            groups.append(again.understand(one))
        else:
            entered.counts["lines"] += one.lines
            if one.registry_number is not None:
                numbers[one.registry_number] = one.line
    return groups, numbers


def _note(
    group: Understood,
    decided: Decision,
    entered: Entered,
    context: Context,
    states: Mapping[UUID, str],
) -> None:
    """Keep what is to be done with a group until all of its chunk are decided."""
    detail, found = decided.detail, decided.found
    if decided.fate is Fate.REFUSED:
        entered.refuse(refuse_group(detail, decided.problems, context) if detail else group.refused)
    elif decided.fate is Fate.REGISTERED:
        _register(group, entered)
    elif decided.update is not None and detail is not None:
        entered.updates.append((group, detail, decided.update, decided.pairing))
    elif found is not None and detail is not None:
        _keep(entered, group, found, decided.pairing, detail, decided.fate, states)


def _register(group: Understood, entered: Entered) -> None:
    assert group.prepared is not None  # noqa: S101 (decided so because it is)
    entered.new.append(group.prepared)
    entered.counts["warnings"] += group.warnings
    # Nobody vouches that it is new: neither our number nor another body's.
    to_search = group.registry_number is None
    entered.counts["to_search"] += to_search
    entered.imported.append(
        _imported(
            group,
            group.prepared.id,
            group.members,
            Outcome.REGISTERED,
            to_search=to_search,
            state=UNCHANGED,
        )
    )


def _keep(
    entered: Entered,
    group: Understood,
    found: Known,
    pairing: Pairing,
    detail: Detail,
    fate: Fate,
    states: Mapping[UUID, str],
) -> None:
    key, members = found.household.pk, _fingerprints(detail, pairing)
    if fate is Fate.LEFT:
        entered.counts["households_left"] += 1
        entered.imported.append(_imported(group, key, members, Outcome.LEFT))
        return
    entered.counts["households_unchanged"] += 1
    state = states.get(key, UNCHANGED)
    entered.imported.append(_imported(group, key, members, Outcome.UNCHANGED, state=state))


def _update(entered: Entered, context: Context, source: Source) -> None:
    """Correct what differs; a household whose correction is refused stays as it was."""
    updates = drop_heard([update for _, _, update, _ in entered.updates], source)
    for (group, detail, told, pairing), update in zip(entered.updates, updates, strict=True):
        outcome = Outcome.UNCHANGED
        if update is not None:
            try:
                with transaction.atomic():
                    done = update_household(
                        update,
                        source=source,
                        dictionary_version_id=context.terms.dictionary_version_id,
                    )
            except DomainError as error:
                facts = {name: str(fact) for name, fact in error.facts.items()}
                problem = Problem(error.code, "registry_number", None, facts)
                entered.refuse(refuse_group(detail, [problem], context))
                continue
            outcome = Outcome.UPDATED
            entered.counts["persons_updated"] += done.persons
            entered.counts["persons_registered"] += done.newcomers
            entered.counts["claims"] += done.claims
        name = "households_updated" if update else "households_unchanged"
        entered.counts[name] += 1
        entered.counts["warnings"] += group.warnings
        members = _fingerprints(detail, pairing)
        if update is not None:
            members |= _newcomers(detail, pairing)
        entered.imported.append(_imported(group, told.household_id, members, outcome))


def _fingerprints(detail: Detail, pairing: Pairing) -> dict[str, str]:
    return {
        detail.members[place].fingerprint: member.person_id.hex
        for place, member in pairing.members.items()
    }


def _newcomers(detail: Detail, pairing: Pairing) -> dict[str, str]:
    """Those who were new to the household, under the ids that their lines gave them."""
    found = {}
    for place, member in enumerate(detail.members):
        person = member.entry.facts.person
        if place not in pairing.members and isinstance(person, PersonFacts) and person.id:
            found[member.fingerprint] = person.id.hex
    return found


def _imported(
    group: Understood,
    household_id: UUID,
    members: dict[str, str],
    outcome: ImportedHousehold.Outcome,
    *,
    to_search: bool = False,
    state: str = "",
) -> dict[str, object]:
    """What is kept of a household; with a `state` where the same lines would change nothing."""
    return {
        "id": new_id().hex,
        "household": household_id.hex,
        "key": group.key_index.hex(),
        "members": members,
        "outcome": outcome.value,
        "line": group.line,
        "search": to_search,
        "said": group.said.hex() if state else "",
        "state": state,
    }


def _write_imported(rows: Sequence[dict[str, object]], context: Context) -> None:
    """Keep which household each group was; in the importer's zones."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collection_importedhousehold (id, zone_path, of_import_id, data_source_id,"
            " household_id, key_index, members, outcome, line, to_search, said, state)"
            " SELECT id, %s, %s, %s, household, decode(key, 'hex'), members, outcome, line, search,"
            " decode(said, 'hex'), state"
            " FROM json_to_recordset(%s::json) AS row(id uuid, household uuid, key text,"
            " members jsonb, outcome text, line int, search bool, said text, state text)",
            [
                context.zone_path,
                context.import_id,
                context.data_source_id,
                to_json(rows).decode(),
            ],
        )


def _write_refused(rows: Sequence[RefusedRow], context: Context) -> None:
    if not rows:
        return
    told = [
        {
            "id": row.id.hex,
            "sheet": row.sheet,
            "line": row.line,
            "codes": row.codes,
            "sealed": row.sealed.hex(),
        }
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collection_refusedline"
            " (id, zone_path, of_import_id, sheet, line, codes, sealed)"
            " SELECT id, %s, %s, sheet, line, codes, decode(sealed, 'hex')"
            " FROM json_to_recordset(%s::json) AS row(id uuid, sheet text, line int, codes text[],"
            " sealed text)"
            # The lines of a sheet that is both: the household's and the person's are one.
            " ON CONFLICT DO NOTHING",
            [context.zone_path, context.import_id, to_json(told).decode()],
        )
