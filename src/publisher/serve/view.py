"""A workshop's situation and a document's last build → what the preview's page shows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from publisher import diagnostics, output, templates
from publisher.diagnostics import Finding, Severity
from publisher.model import Place

if TYPE_CHECKING:
    from publisher.serve.workshop import Workshop

FRAGMENT = "web/fragment.html"


class Standing(Enum):
    """How a document stands, by the word that the style of the page knows."""

    BUSY = "busy"
    GOOD = "good"
    STOPPED = "stopped"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Panel:
    """A file that is shown beside the findings."""

    key: str
    name: str
    """For the user."""
    file: str
    """By its name in the manifest."""
    shown: str
    """Address below the document's, where the browser gets what it shows."""
    viewer: str = ""
    """What the browser's viewer is asked for."""


PANELS = (
    Panel("page", "网页", "web/index.html", "files/web/index.html"),
    Panel("pdf", "PDF", "document.pdf", "files/document.pdf", "#navpanes=0&view=FitH"),
    Panel("fragment", "网页片段", FRAGMENT, "fragment"),
)


@dataclass(frozen=True, slots=True)
class _Built:
    """The last good build of a document."""

    title: str
    files: dict[str, str]
    """SHA-256 by name; none where there is no build."""
    when: str
    """Time of day."""
    told: dict[str, str]
    """What reconciling and measuring came to, by what was looked at."""


def address(slug: str) -> str:
    """Where a document is shown."""
    return f"/document/{quote(slug)}/"


def frame(workshop: Workshop, slug: str) -> str:
    """The page that shows all of a document side by side."""
    return _render(
        "frame.html.jinja",
        slug=slug,
        address=address(slug),
        panels=PANELS,
        update=update(workshop, slug),
    )


def update(workshop: Workshop, slug: str) -> dict[str, Any]:
    """What changes on that page, as plain JSON values: words, parts in HTML, versions of files."""
    built, state = _built(workshop.build_folder / slug, slug), _state(workshop, slug)
    findings = workshop.situation.findings.get(slug, ())
    ahead = workshop.situation.ahead.get(slug)
    title, versions = built.title, built.files
    if ahead is not None:
        title = ahead.title
        versions = versions | {name: output.digest(data) for name, data in ahead.files.items()}
    return {
        "state": state.value,
        "title": title,
        "tab": f"{_MARKS[state]}{title} · 预览",
        "status": _PAGE_AHEAD if ahead else _status(state, built, findings),
        "stale": _stale(state, built),
        "absent": _ABSENT[state],
        "panels": {panel.key: versions.get(panel.file, "") for panel in PANELS},
        "report": _report(workshop, slug, built, state),
        "documents": _documents(workshop, slug),
    }


_GONE = "生成的文件不在了，再保存一次就重新生成。"
_PAGE_AHEAD = "网页已更新，其他文件正在生成……"
_MARKS = {Standing.BUSY: "… ", Standing.GOOD: "", Standing.STOPPED: "✗ ", Standing.PROBLEM: "✗ "}
_ABSENT = {
    Standing.BUSY: "正在生成……",
    Standing.GOOD: "没有这个文件：定了密级的公文不生成网页。",
    Standing.STOPPED: "还没有生成过：先改正检查结果中的错误。",
    Standing.PROBLEM: "还没有生成过：原因见检查结果。",
}
"""What stands in the place of a file that is not there."""


def message(title: str, words: str) -> str:
    """A page with nothing but words."""
    return _render("message.html.jinja", title=title, words=words)


def fragment(body: str) -> str:
    """The fragment within the least page that can hold it."""
    from markupsafe import Markup

    return _render("fragment.html.jinja", body=Markup(body))


def _state(workshop: Workshop, slug: str) -> Standing:
    situation = workshop.situation
    if situation.problem:
        return Standing.PROBLEM
    if situation.stopped(slug):
        return Standing.STOPPED
    return Standing.BUSY if situation.busy else Standing.GOOD


def _status(state: Standing, built: _Built, findings: tuple[Finding, ...]) -> str:
    count = diagnostics.count(findings)
    match state:
        case Standing.BUSY:
            return "正在重新生成……" if built.files else "正在生成……"
        case Standing.PROBLEM:
            return "没有生成，原因见检查结果。"
        case Standing.STOPPED:
            return f"{count}：没有重新生成。"
        case Standing.GOOD if not built.files:
            return f"{_GONE}{count}。"
        case Standing.GOOD:
            return f"{built.when} 已生成。{count}。"


def _stale(state: Standing, built: _Built) -> str:
    """What is said beside files that are not of the content as it is now; empty where they are."""
    if state in (Standing.GOOD, Standing.BUSY) or not built.files:
        return ""
    return f"上一版（{built.when}）"


def _built(folder: Path, slug: str) -> _Built:
    """What its manifest says, though somebody may write there while it is read."""
    try:
        manifest = output.manifest_there(folder)
        made = time.localtime((folder / output.MANIFEST).stat().st_mtime)
    except OSError:
        manifest = None
    if manifest is None:
        return _Built(slug, {}, "", {})
    files = {name: entry["sha256"] for name, entry in output.listed_in(manifest).items()}
    title, measured = manifest.get("title"), manifest.get("told")
    return _Built(
        title if isinstance(title, str) else slug,
        files,
        time.strftime("%H:%M:%S", made),
        measured if isinstance(measured, dict) else {},
    )


def _report(workshop: Workshop, slug: str, built: _Built, state: Standing) -> str:
    findings = workshop.situation.findings.get(slug, ())
    errors_first = sorted(
        findings,
        key=lambda finding: (bool(finding.accepted), finding.severity is not Severity.ERROR),
    )
    content = workshop.preview.content
    return _render(
        "report.html.jinja",
        known=slug in workshop.situation.findings,
        problem=workshop.situation.problem,
        count=diagnostics.count(findings),
        findings=[(finding, excerpt(content, finding.place)) for finding in errors_first],
        stopped=state is Standing.STOPPED,
        files=[(name, f"{address(slug)}files/{quote(name)}") for name in built.files],
        when=built.when,
        told=built.told,
        measured=f"{address(slug)}files/conformance.html",
    )


_BEFORE, _LENGTH = 20, 60
"""Characters of a line that are shown before a place, and altogether."""


def excerpt(content: Path, place: Place) -> str:
    """What stands at a place in the source; empty where that cannot be read."""
    from publisher.readers.source import read_source

    path = content.joinpath(*Path(place.file).parts[1:])  # it begins with the name of `content`
    source, _ = read_source(path, place.file, place)
    if source is None or place.line > len(source.lines):
        return ""
    line = source.lines[place.line - 1]
    start = max(0, place.column - 1 - _BEFORE) if len(line) > _LENGTH else 0
    shown = line[start : start + _LENGTH]
    return f"{'…' if start else ''}{shown}{'…' if start + _LENGTH < len(line) else ''}".strip()


def _documents(workshop: Workshop, slug: str) -> str:
    """The list of all documents; empty where there is one alone."""
    situation = workshop.situation
    if len(situation.slugs) < 2:
        return ""
    listed = [
        (
            address(document),
            _built(workshop.build_folder / document, document).title,
            situation.stopped(document),
        )
        for document in situation.slugs
    ]
    return _render("documents.html.jinja", documents=listed, current=address(slug))


def _render(name: str, **values: Any) -> str:
    return templates.environment("serve").get_template(name).render(**values)
