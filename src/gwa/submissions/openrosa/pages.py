"""The XML that OpenRosa clients read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from gwa.submissions.queries.receipts import Held

_FORM_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"
_DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A form that an account may fetch. `md5` is that of the exact bytes at `url`."""

    code: str
    title: str
    version: str
    md5: str
    url: str
    manifest_url: str


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file that goes with a form; `integrity_url` marks an entity list."""

    name: str
    md5: str
    url: str
    integrity_url: str = ""


def write_form_list(forms: Iterable[ListedForm]) -> bytes:
    """The list of forms: one without id, name or address would break it all for Collect."""
    root = Element("xforms", {"xmlns": _FORM_LIST})
    for form in forms:
        entry = SubElement(root, "xform")
        for tag, text in (
            ("formID", form.code),
            ("name", form.title),
            ("version", form.version),
            ("hash", f"md5:{form.md5}"),
            ("downloadUrl", form.url),
            ("manifestUrl", form.manifest_url),
        ):
            SubElement(entry, tag).text = text
    return _as_bytes(root)


def write_manifest(files: Iterable[ListedFile]) -> bytes:
    """The files of a form; entity lists say so, and where to ask which entities are gone."""
    root = Element("manifest", {"xmlns": _MANIFEST})
    for file in files:
        entry = SubElement(root, "mediaFile", {"type": "entityList"} if file.integrity_url else {})
        SubElement(entry, "filename").text = file.name
        SubElement(entry, "hash").text = f"md5:{file.md5}"
        SubElement(entry, "downloadUrl").text = file.url
        if file.integrity_url:
            SubElement(entry, "integrityUrl").text = file.integrity_url
    return _as_bytes(root)


def write_integrity(is_deleted: Mapping[str, bool]) -> bytes:
    """Which entities of those asked are gone; without a namespace."""
    root = Element("data")
    entities = SubElement(root, "entities")
    for key, gone in is_deleted.items():
        entity = SubElement(entities, "entity", {"id": key})
        SubElement(entity, "deleted").text = "true" if gone else "false"
    return _as_bytes(root)


def write_receipts(held: Mapping[str, Held]) -> bytes:
    """What the server has of the interviews asked: an answer of ours, in the protocol's manner."""
    root = Element("data")
    receipts = SubElement(root, "receipts")
    for name, one in held.items():
        told = {"id": name, "state": one.state.value}
        receipt = SubElement(
            receipts, "receipt", told | ({"sha256": one.sha256} if one.sha256 else {})
        )
        for file in one.missing:
            SubElement(receipt, "missing").text = file
    return _as_bytes(root)


def write_response(
    sentence: str,
    *,
    form_id: str = "",
    instance_id: str = "",
    facts: Mapping[str, str] | None = None,
) -> bytes:
    """What the sender of an interview is told; `facts` are for our own application."""
    root = Element("OpenRosaResponse", {"xmlns": _RESPONSE, "items": "0"})
    SubElement(root, "message", {"nature": ""}).text = sentence
    if instance_id:
        told = {"id": form_id, "instanceID": instance_id, **(facts or {})}
        SubElement(
            root,
            "submissionMetadata",
            {"xmlns": "http://www.opendatakit.org/xforms", **told},
        )
    return _as_bytes(root)


def _as_bytes(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8")
    return written if written.startswith(b"<?xml") else _DECLARATION + written
