"""The bytes of a saved page → the page itself, and the pictures that were saved with it."""

from __future__ import annotations

import base64
import binascii
import email
import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlparse

from publisher.files import Unreadable
from publisher.verify.bytes import ARCHIVE
from publisher.verify.tree import joined
from publisher.words.invisible import as_name

_MOST_PARTS = 2000
_DATA = re.compile(r"data:([\w/+.-]{0,60})((?:;[\w=-]{1,60}){0,4}),(.*)", re.DOTALL)
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "image/bmp": ".bmp",
    "image/webp": ".webp",
}


@dataclass
class SavedPage:
    """A page, and what its file holds beside it."""

    html: bytes
    address: str = ""
    """Where it was, as the archive says."""
    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By their addresses: media types and bytes."""

    def picture(self, address: str, base: str) -> tuple[str, bytes] | None:
        """The suffix and the bytes of a picture; None where they are not in the file."""
        if address.lower().startswith("data:"):
            return _of_data(address)
        kind, data = self._part(address, base)
        return (_SUFFIXES[kind], data) if kind in _SUFFIXES else None

    def style_sheet(self, address: str, base: str) -> str:
        """The text of a style sheet; empty where it is not in the file."""
        kind, data = self._part(address, base)
        return data.decode("utf-8", "replace") if kind == "text/css" else ""

    def _part(self, address: str, base: str) -> tuple[str, bytes]:
        places = (address, joined(base, address), joined(self.address, address))
        return next((self.parts[place] for place in places if place in self.parts), ("", b""))


def opened_page(data: bytes) -> SavedPage:
    """The page in a file, which may be an archive (.mht, .mhtml)."""
    if not ARCHIVE.match(data):
        return SavedPage(data)
    try:
        message = email.message_from_bytes(data)
        messages = list(islice(message.walk(), _MOST_PARTS))
    except RecursionError:
        raise Unreadable("单个文件的网页（mhtml）里套了太多层") from None
    page: SavedPage | None = None
    parts: dict[str, tuple[str, bytes]] = {}
    for part in messages:
        content = part.get_payload(decode=True)
        location = str(part.get("Content-Location") or "").strip()
        if not isinstance(content, bytes):
            continue
        if part.get_content_type() == "text/html" and page is None:
            page = SavedPage(content, location)
        identifier = str(part.get("Content-ID") or "").strip().strip("<>")
        for key in (location, f"cid:{identifier}" if identifier else ""):
            if key:
                parts[key] = part.get_content_type(), content
    if page is None:
        raise Unreadable("单个文件的网页（mhtml）里没有网页")
    page.parts = parts
    said = str(message.get("Snapshot-Content-Location") or "").strip()
    if said.startswith(("http://", "https://")):
        page.address = said
    return page


def _of_data(address: str) -> tuple[str, bytes] | None:
    match = _DATA.fullmatch(address)
    suffix = _SUFFIXES.get(match[1].lower()) if match else None
    if match is None or suffix is None:
        return None
    content = unquote_to_bytes(match[3])
    if "base64" not in match[2].lower():
        return suffix, content
    try:
        return suffix, base64.b64decode(re.sub(rb"\s", b"", content), validate=False)
    except (binascii.Error, ValueError):
        return None


def name_of(address: str) -> str:
    """The name of a file at an address, as far as it is one; empty for what is data."""
    try:
        path = urlparse(address).path if not address.lower().startswith("data:") else ""
    except ValueError:
        return ""
    return as_name(PurePosixPath(path).name)[:80]
