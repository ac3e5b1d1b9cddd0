"""Work that leaves no file behind."""

import shutil
import time

from gwa.exports.models import Export
from gwa.exports.writing.job import folder, path_of

_DAY = 24 * 60 * 60


def sweep_files() -> int:
    """Remove the files that no export names and the drafts of jobs killed long ago."""
    known = {path_of(one).name for one in Export.objects.filter(state=Export.State.DONE)}
    old = time.time() - _DAY
    removed = 0
    for path in folder().iterdir():
        if path.name not in known and path.stat().st_mtime < old:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            removed += 1
    return removed
