"""The bytes of an SVG → an `Image` in which only drawing is left; findings."""

from __future__ import annotations

import re

from lxml import etree

from publisher.diagnostics import Finding
from publisher.images import Image, ImageType
from publisher.model import Place
from publisher.readers import findings

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = f"{_SVG}a"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_DRAWN = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "image",
        "marker",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "style",
        "filter",
        "feGaussianBlur",
        "feOffset",
        "feMerge",
        "feMergeNode",
        "feFlood",
        "feComposite",
        "feColorMatrix",
        "feBlend",
        "switch",
    ]
)
"""The elements that draw; others are left out."""
_SHOWING = ("image", "use")
"""Elements that show what they refer to."""
_OUTSIDE = re.compile(r"@import|\\|url\(\s*['\"]?(?!#|data:image/(?:png|jpeg))", re.IGNORECASE)
"""Words of style that lead outside, or hide where they lead behind a backslash."""
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|mm|cm|in)?\s*")
_MOST_ELEMENTS = 100_000


def read_drawing(data: bytes, name: str, place: Place) -> tuple[Image | None, list[Finding]]:
    """The drawing in `data`; None with a finding where it cannot be used."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, [findings.broken_picture(place, name, "不是完整的 SVG")]
    if _has_entities(root):
        return None, [findings.broken_picture(place, name, "文件里定义了实体，为安全起见不读")]
    if root.tag != f"{_SVG}svg":
        return None, [findings.unknown_picture_type(place, name)]
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return None, [findings.broken_picture(place, name, f"图形多于 {_MOST_ELEMENTS} 个")]
    size = _size(root)
    if size is None:
        return None, [
            findings.broken_picture(place, name, "没有写明宽和高（width、height 或 viewBox）")
        ]
    taken = _cleaned(root)
    if "viewBox" not in root.attrib:  # without it nothing grows with the picture
        root.set("viewBox", f"0 0 {size[0]:g} {size[1]:g}")
    root.set("width", f"{size[0]:g}")
    root.set("height", f"{size[1]:g}")
    etree.cleanup_namespaces(root)
    made = Image(etree.tostring(root, encoding="utf-8"), ImageType.SVG, *size)
    return made, [findings.stripped_drawing(place, name, "、".join(taken))] if taken else []


def _has_entities(root: etree._Element) -> bool:
    declared = root.getroottree().docinfo.internalDTD
    entities = getattr(declared, "iterentities", tuple)  # lxml-stubs do not know it
    return any(True for _ in entities())


def _size(root: etree._Element) -> tuple[float, float] | None:
    """Width and height in the pixels of CSS."""
    box = [float(each) for each in re.findall(r"-?[0-9]*\.?[0-9]+", root.get("viewBox", ""))]
    around = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    width, height = (_pixels(root.get(key, "")) for key in ("width", "height"))
    if width and not height and around[0]:
        height = width * around[1] / around[0]
    if height and not width and around[1]:
        width = height * around[0] / around[1]
    size = (width or around[0], height or around[1])
    return size if all(each > 0 for each in size) else None


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS[match[2] or ""] if match else 0.0


def _cleaned(root: etree._Element) -> list[str]:
    """Take out of a drawing all that does not draw; what was taken, in Chinese."""
    taken: dict[str, None] = {}
    for element in list(root.iter()):
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if element.tag == _LINK:  # what it surrounds is drawn all the same
            element.tag, tag = f"{_SVG}g", "g"
            taken.setdefault("链接")
        is_ours = isinstance(element.tag, str) and element.tag.startswith(_SVG)
        if not is_ours or tag not in _DRAWN:
            if is_ours and tag not in ("metadata", ""):
                taken.setdefault("脚本" if tag == "script" else f"“{tag}”")
            _drop(element)
            continue
        for name, value in list(element.attrib.items()):
            what = _fault(str(name), str(value), tag)
            if what is not None:
                del element.attrib[name]
                if what:
                    taken.setdefault(what)
        if tag in _SHOWING and not any(name in element.attrib for name in _HREFS):
            _drop(element)  # what it shows is gone, or never was there
            continue
        if tag == "style" and element.text and _OUTSIDE.search(element.text):
            taken.setdefault("外部样式")
            _drop(element)
    return list(taken)


def _fault(name: str, value: str, tag: str) -> str | None:
    """What an attribute does that none may; empty for what nobody misses, None for nothing."""
    if name in _HREFS:
        inside = value.startswith("#") or (
            tag == "image" and value.startswith(("data:image/png", "data:image/jpeg"))
        )
        return None if inside else "外部引用"
    if name.startswith("{") and "XML/1998" not in name:
        return ""  # what drawing programs keep for themselves
    if name.lower().startswith("on"):
        return "脚本"
    return "外部引用" if _OUTSIDE.search(value) else None


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
