"""OFD packages → their parts, and what the schemas of the standard's annex find wrong with them."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from lxml import etree

import rendered
from conftest import ROOT
from publisher.renderers import ofd

VALIDATOR = ROOT / "../shared/ofd/validate.py"
NAMES = {"ofd": "http://www.ofdspec.org/2016"}


@cache
def validator() -> ModuleType:
    """What holds a package against the schemas; skips where they are not beside this checkout."""
    if not VALIDATOR.exists():
        pytest.skip(f"the schemas of OFD are not beside this checkout: {VALIDATOR}")
    spec = importlib.util.spec_from_file_location("validate_ofd", VALIDATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(data: bytes) -> list[str]:
    """What in a package breaks the standard."""
    return list(validator().faults(io.BytesIO(data)))


@cache
def document(slug: str) -> bytes:
    """A document as OFD."""
    files = {"document.pdf": rendered.document(slug).finished}
    return ofd.render(rendered.edition(slug), files)["document.ofd"]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def pages(data: bytes) -> Iterator[Any]:
    """The XML of each page, in order."""
    made = parts(data)
    root = etree.fromstring(made["Doc_0/Document.xml"])
    for page in root.iterfind("ofd:Pages/ofd:Page", NAMES):
        yield etree.fromstring(made[f"Doc_0/{page.get('BaseLoc')}"])


def found(page: Any, path: str) -> list[Any]:
    return list(page.iterfind(f".//ofd:{path}", NAMES))


def words(page: Any, layer: str = "Body") -> str:
    """The words of a layer, in the order in which they stand."""
    return "".join(
        code.text or ""
        for each in page.iterfind(f".//ofd:Layer[@Type='{layer}']", NAMES)
        for code in each.iterfind(".//ofd:TextCode", NAMES)
    )
