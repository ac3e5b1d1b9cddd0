"""What must hold in the database's catalogue, whatever the code says: the walls themselves.

Plain queries, each returning what breaks its rule; none returns anything in a sound installation.
`check_protection` (and `./gwa doctor` through it) runs them, and the tests plant each fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

# Tables that hold nothing about the people of the registry. Any other must be protected by zone:
# a new table is closed until somebody decides here that it may stay open.
OPEN_TABLES = (
    "account_%",  # addresses of accounts
    "accounts_%",
    "auth_%",
    "collection_datasource%",  # whose lists, of when and where
    "collection_savedmapping",  # titles of columns
    "common_datakey",  # numbers of keys, and what recognises them
    "common_formdraft",  # sealed: the database cannot read it
    "common_draftfile",
    "django_%",
    "exports_%",  # what was asked; the files are sealed, outside
    "fieldwork_badge",  # codes of accounts
    "journal_seal",
    "journal_leaf",  # fingerprints of lines
    "mfa_%",
    "procrastinate_%",
    "questionnaires_%",  # what is asked, never what was answered
    "registry_figuresrun",  # when the figures of zones were computed
    "registry_searchname",  # distinct names and words, which say nothing of anybody
    "registry_searchword",
    "registry_source",
    "snapshots_%",  # when, how many, which zones changed; nothing of anybody
    "submissions_device",  # telephones of accounts
    "submissions_erasedinterview",  # fingerprints of random names
    "submissions_handset",  # what telephones say of themselves; their secrets sealed
    "submissions_madelist",  # sealed: the database cannot read it
    "submissions_sealkey",
    "submissions_upload",  # fingerprints of envelopes; their pieces are sealed, outside
    "usersessions_%",
    "variables_%",
    "zones_%",
)
# Functions that run with their owner's rights. Empty: nothing of ours needs to.
ALLOWED_DEFINER_FUNCTIONS: tuple[str, ...] = ()
# How PostgreSQL writes back `gwa.common.protection.IN_SCOPE`.
LIMIT = "((zone_path)::text ^@ ANY (( SELECT gwa_scope() AS gwa_scope)::text[]))"


class Cursor(Protocol):
    """Django's cursor, or the driver's own where a test speaks as the owner."""

    def execute(self, query: str, params: Mapping[str, Any], /) -> Any:  # noqa: ANN401
        """Send one statement."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return its rows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold, and the query that finds what breaks it."""

    code: str
    sentence: str
    query: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks a rule."""

    rule: Rule
    what: str

    def __str__(self) -> str:
        return f"{self.rule.sentence} : {self.what}"


RULES = (
    Rule(
        "unprotected",
        "Table personnelle sans ENABLE et FORCE ROW LEVEL SECURITY",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND NOT c.relname LIKE ANY (%(open)s)
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        """,
    ),
    Rule(
        "unlimited",
        "Politique qui n’est pas la limite par zone, mot pour mot",
        # Lines may be added to the journal and the history about any zone; nothing else may.
        """
        SELECT c.relname || ' (' || p.polname || ')' FROM pg_policy p
        JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND NOT (p.polcmd = 'a' AND c.relname IN ('journal_entry', 'registry_version'))
          AND NOT coalesce(
            coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
              = %(limit)s
            AND coalesce(pg_get_expr(p.polwithcheck, p.polrelid), %(limit)s) = %(limit)s, false)
        """,
    ),
    Rule(
        "no_policy",
        "Table protégée que personne ne peut lire : il lui manque sa politique",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind IN ('r', 'p') AND c.relrowsecurity
          AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
        """,
    ),
    Rule(
        "view",
        "Vue qui lit avec les droits de son propriétaire (il manque security_invoker)",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind = 'v'
          AND NOT coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'
        """,
    ),
    Rule(
        "definer",
        "Fonction SECURITY DEFINER hors de la liste",
        """
        SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND p.prosecdef AND NOT p.proname = ANY (%(definers)s)
        """,
    ),
    Rule(
        "materialised",
        "Vue matérialisée que l’application peut lire",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind = 'm' AND has_table_privilege(%(role)s, c.oid, 'SELECT')
        """,
    ),
    Rule(
        "partition",
        "Partition que l’application atteint sans passer par la table protégée",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind = 'r' AND c.relispartition
          AND has_table_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        """,
    ),
    Rule(
        "owner",
        "Objet possédé par un rôle qui passe outre les politiques",
        """
        SELECT c.relname || ' (' || r.rolname || ')'
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_roles r ON r.oid = c.relowner
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind IN ('r', 'p', 'v', 'm') AND (r.rolsuper OR r.rolbypassrls)
        """,
    ),
    Rule(
        "application_owns",
        "Objet possédé par le rôle de l’application",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_roles r ON r.oid = c.relowner WHERE n.nspname !~ '^(pg_|information_schema)'
          AND r.rolname = %(role)s
        """,
    ),
    Rule(
        "application_role",
        "Rôle de l’application trop puissant",
        """
        SELECT rolname FROM pg_roles
        WHERE rolname = %(role)s AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
            OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = pg_roles.oid))
        """,
    ),
    Rule(
        "truncate",
        "Table que l’application pourrait vider d’un coup, politiques ou non",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)'
          AND c.relkind IN ('r', 'p')
          AND has_table_privilege(%(role)s, c.oid, 'TRUNCATE')
        """,
    ),
)


def find_faults(cursor: Cursor) -> list[Fault]:
    """Return everything in the catalogue that breaks a rule."""
    facts = {
        "open": list(OPEN_TABLES),
        "definers": list(ALLOWED_DEFINER_FUNCTIONS),
        "role": settings.APPLICATION_ROLE,
        "limit": LIMIT,
    }
    faults = []
    for rule in RULES:
        cursor.execute(rule.query, facts)
        faults += [Fault(rule, row[0]) for row in cursor.fetchall()]
    return faults
