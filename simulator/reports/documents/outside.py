"""What a template takes from elsewhere: only links that somebody clicks are left to it."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from simulator.errors import DataError
from simulator.reports.documents.markup import local

_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
_CLICKED = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_HYPERLINK = re.compile(
    r"http://(schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)"
    r"/officeDocument/(2006/)?relationships/hyperlink"
)
_FETCHED_KINDS = frozenset({
    "afchunk", "subdocument", "frame", "oleobject", "control", "package", "attachedtemplate",
    "externallink", "externallinkpath", "mailmergesource", "mailmergeheadersource", "video",
    "audio", "media",
})  # fmt: skip
_FETCHED = frozenset({
    "altchunk", "subdoc", "object", "oleobject", "oleobj", "control", "frameset", "frame",
    "mailmerge", "datasource", "headersource", "attachedtemplate", "externallink",
    "externallinks", "externaldata", "savethroughxslt", "videofile", "audiofile", "wavaudiofile",
    "movie", "linkedtofile", "svgblip", "contentpart",
})  # fmt: skip
_VML = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
_VML_SOURCES = frozenset({"src", "href", "althref"})


def check_relations(name: str, tree: etree._Element) -> frozenset[str]:
    """Ids of the links that lead outside; :class:`DataError` for all else that does."""
    found = set()
    for one in tree.iter():
        if local(one.tag) != "Relationship":
            continue
        said = {local(key).lower(): value.strip() for key, value in one.items()}
        kind = said.get("type", "")
        if kind.rpartition("/")[2].lower() in _FETCHED_KINDS:
            raise DataError("template_external", where=name)
        target = said.get("target", "")
        stays = said.get("targetmode", "Internal") == "Internal" and not _SCHEME.match(target)
        if stays:
            continue
        if _HYPERLINK.fullmatch(kind) is None or _CLICKED.match(target) is None:
            raise DataError("template_external", where=name)
        found.add(said.get("id", ""))
    return frozenset(found)


def check_links(name: str, tree: etree._Element, clickable: frozenset[str]) -> None:
    """Raise :class:`DataError` for what would be fetched when the part ``name`` is opened.

    ``clickable``: ids of its relations that lead outside.
    """
    is_relations = name.lower().endswith(".rels")
    for one in tree.iter():
        tag = local(one.tag)
        if tag.lower() in _FETCHED:
            raise DataError("template_external", where=f"{name}: {tag}")
        is_drawn = etree.QName(one).namespace in _VML
        for key, value in () if is_relations else one.items():
            is_linked = value in clickable and tag != "hyperlink"
            is_source = is_drawn and local(key).lower() in _VML_SOURCES
            if is_linked or (value and (is_source or _is_link(key))):
                raise DataError("template_external", where=f"{name}: {tag}")


def _is_link(key: str) -> bool:
    namespace, _, attribute = key.rpartition("}")
    return attribute in {"link", "href"} and namespace.endswith("relationships")
