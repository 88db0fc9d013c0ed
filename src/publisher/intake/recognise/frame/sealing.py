"""Where a signature stands → whether the document is sealed, where the file tells."""

from __future__ import annotations

from publisher.forms import Signature, usual_seal
from publisher.intake.recognise.frame.issuing import Issuing
from publisher.intake.recognise.frame.reading import ReadSource
from publisher.intake.recognise.frame.sections import TextSection
from publisher.intake.recognise.frame.signature import ReadSignature
from publisher.intake.recognise.frame.taking import of_role
from publisher.intake.result import Role
from publisher.model import Seal
from publisher.setting.signature import composed_signature
from publisher.styles import Style

_NEAR = 0.3
"""Characters by which a line may stand elsewhere."""


def seal_of(
    reading: ReadSource, section: TextSection, signature: ReadSignature, who: Issuing
) -> Seal:
    """With a stamp where office and name say so; else by where a file of ours sets the lines."""
    if signature.stamp:
        return Seal.SIGNATURE_STAMP
    lines = of_role(section.lines, reading.taken, Role.SIGNATORY, Role.DATE)
    paragraphs = [line.paragraph for line in lines if line.paragraph]
    ours = (Style.SIGNATURE.word_name, Style.DATE.word_name)
    if paragraphs and all(each.look.style in ours for each in paragraphs):
        names = tuple((organ.name,) for organ in who.issuers)
        for seal in (Seal.SEALED, Seal.UNSEALED):
            made = composed_signature(Signature(names, signature.date, seal))
            if [line.indent for line in made.lines] and len(made.lines) == len(paragraphs):
                pairs = zip(made.lines, paragraphs, strict=True)
                if all(abs(line.indent - each.look.right) < _NEAR for line, each in pairs):
                    return seal
    return usual_seal(who.form)
