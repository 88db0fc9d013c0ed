"""Paragraphs and their place on the paper, or a picture → the drawing that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.standard import Length

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where a text box stands, from the upper left edges of the paper."""

    name: str
    left: Length
    top: Length
    width: Length
    height: Length
    is_turned: bool = False
    """Whether its lines run downwards, their characters turned clockwise."""
    pushes: bool = True
    """Whether text keeps above and below it."""


def text_box(box: TextBox, inner: str) -> Element:
    """A drawing that holds paragraphs, their last line on its lower edge."""
    from docx.oxml import parse_xml

    size = f'cx="{box.width.emu}" cy="{box.height.emu}"'
    wrap = "wp:wrapTopAndBottom" if box.pushes else "wp:wrapNone"
    body = 'vert="vert" anchor="t"' if box.is_turned else 'anchor="b"'
    return parse_xml(
        f"""<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
        <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
        behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
        <wp:positionH relativeFrom="page"><wp:posOffset>{box.left.emu}</wp:posOffset>
        </wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{box.top.emu}</wp:posOffset>
        </wp:positionV><wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><{wrap}/>
        <wp:docPr id="1" name="{box.name}" descr="{box.name}"/><wp:cNvGraphicFramePr/>
        <a:graphic><a:graphicData
        uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
        <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>
        </wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>
        <wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" {body}/></wps:wsp></a:graphicData>
        </a:graphic></wp:anchor></w:drawing>"""
    )


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """A picture among words, with what is said of it to who does not see it."""

    relation: str
    """Of its pixels, to the part that holds them."""
    width: Length
    height: Length
    name: str
    words: str
    """What it shows."""
    title: str = ""
    drawing: str | None = None
    """The relation of the drawing that programs which know such show in place of the pixels."""


def inline_picture(picture: InlinePicture) -> Element:
    """A drawing that is a picture, as large as its line is high."""
    from docx.oxml import parse_xml

    size = f'cx="{picture.width.emu}" cy="{picture.height.emu}"'
    drawing: Element = parse_xml(
        f"""<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        xmlns:a="{_DRAWING}" xmlns:pic="{_PICTURE}" xmlns:r="{_RELATIONS}">
        <wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>
        <wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="1" name=""/>
        <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
        <a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>
        <pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>
        <a:blip r:embed="{picture.relation}">{_drawn(picture.drawing)}</a:blip>
        <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>
        <a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>
        </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""
    )
    for tag in ("docPr", "cNvPr"):
        for properties in drawing.iter(f"{{*}}{tag}"):
            properties.set("name", picture.name)
            properties.set("descr", picture.words)
            if picture.title:
                properties.set("title", picture.title)
    return drawing


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _drawn(relation: str | None) -> str:
    """What says that pixels stand for a drawing; nothing where they do not."""
    if relation is None:
        return ""
    return f"""<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
        <asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"
        r:embed="{relation}"/></a:ext></a:extLst>"""
