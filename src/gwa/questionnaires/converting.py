"""From the workbook that people write to the XForm that telephones read; pyxform does it."""

import io
from dataclasses import dataclass

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from gwa.questionnaires import errors
from gwa.questionnaires.workbook_faults import say_fault

_ZIP, _OLE, _XML = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<"
LARGEST_MB = 10


@dataclass(frozen=True, slots=True)
class Converted:
    """An XForm, and what pyxform remarks without refusing."""

    xform: bytes
    warnings: tuple[str, ...]
    is_workbook: bool


def convert_upload(content: bytes, *, file_name: str) -> Converted:
    """Convert an XLSForm, or take an XForm as it is; refuse what is neither, with every reason.

    What the bytes are decides, not the name: an old `.xls` is often called `.xlsx`.
    """
    if len(content) > LARGEST_MB << 20:
        raise errors.WorkbookTooLarge(limit=LARGEST_MB)
    if content.startswith(_OLE):
        raise errors.WorkbookOld(name=file_name)
    if content.lstrip()[:1] == _XML:
        return Converted(content, (), is_workbook=False)
    if not content.startswith(_ZIP):
        raise errors.WorkbookUnreadable(name=file_name)
    warnings: list[str] = []
    try:
        made = convert(io.BytesIO(content), warnings=warnings, file_type=".xlsx")
    except PyXFormError as error:
        raise errors.WorkbookRefused(faults=say_fault(error)) from error
    except Exception as error:
        # openpyxl has no root for what it raises on a damaged file.
        raise errors.WorkbookUnreadable(name=file_name) from error
    return Converted(made.xform.encode(), tuple(warnings), is_workbook=True)
