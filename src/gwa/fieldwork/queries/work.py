"""The work of one person, as their telephone asks for it."""

from typing import Any

from django.utils import timezone

from gwa.accounts.models import User
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import versions_for
from gwa.submissions.made_lists import ENTITIES, find_list, lists_of

BASE = "/phone/v1/"


def read_work(user: User) -> dict[str, Any]:
    """Return what the telephone keeps of the work: forms with their files, and what is to do."""
    forms = [_tell_form(one, user) for one in versions_for(user, on=timezone.localdate())]
    return {"forms": forms, "assignments": [], "returns": [], "interviews": [], "zones": []}


def _tell_form(version: FormVersion, user: User) -> dict[str, Any]:
    base = f"{BASE}forms/{version.pk}/"
    files = [
        {"name": media.name, "md5": media.md5, "holds_people": False}
        for media in version.media.defer("content")
    ]
    files += [
        {
            "name": name,
            "md5": find_list(user, version, name).md5,
            "holds_people": name in ENTITIES,
        }
        for name in lists_of(version)
    ]
    return {
        "code": version.form.code,
        "title": version.form.title or version.form.code,
        "version": version.version,
        "md5": version.xform_md5,
        "url": f"{base}form.xml",
        "files": [{**one, "url": f"{base}media/{one['name']}"} for one in files],
    }
