"""A place and a reason → `accepted.yaml`, in which the findings there are accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from publisher import diagnostics, output
from publisher.acceptance import accept, acceptance_of
from publisher.diagnostics import Finding
from publisher.files import Refusal, read_regular
from publisher.model import Place
from publisher.pipeline import read
from publisher.readers import accepted
from publisher.writers.acceptances import with_acceptances


def acceptances_of(content: Path, slug: str) -> Path:
    """The file with what the bureau accepts in a document; it need not be there."""
    return content / slug / accepted.FILE


def accept_at(content: Path, place: Place, reason: str) -> tuple[Finding, ...]:
    """Write into `accepted.yaml` that all findings on a line are accepted, and why; which they are.

    Only the file and line of `place` count. Where nothing on the line can be accepted, none are
    there, and nothing is written. OSError: the file cannot be written. ValueError: it is not YAML,
    or not to be written into.
    """
    slug = PurePosixPath(place.file).parent.name
    path = acceptances_of(content, slug)
    if PurePosixPath(place.file).name == path.name:  # what is accepted needlessly is to be removed
        return ()
    with output.alone(path.parent):
        document, findings, _ = read(content, slug)
        on_line = [
            finding
            for finding in diagnostics.unsettled(findings)
            if (finding.place.file, finding.place.line) == (place.file, place.line)
        ]
        if document is None or not on_line:
            return ()
        entries = [acceptance_of(document, finding, reason) for finding in on_line]
        with_them = replace(document, accepted=(*document.accepted, *entries))
        if not any(finding.accepted for finding in accept(with_them, on_line)):
            return ()
        output.write_file(path, with_acceptances(_bytes_of(path), entries))
        after = read(content, slug).findings
    settled = (finding for finding in after if finding.accepted)
    return tuple(finding for finding in settled if replace(finding, accepted="") in on_line)


def _bytes_of(path: Path) -> bytes:
    """An `accepted.yaml`; none where there is none; ValueError where it cannot be read."""
    data = read_regular(path, within=path.parents[1])
    if isinstance(data, Refusal) and data is not Refusal.MISSING:
        raise ValueError(data.value)
    return data if isinstance(data, bytes) else b""
