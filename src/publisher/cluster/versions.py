"""What makes documents here, and what does elsewhere → in what they differ."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher import builds, output
from publisher.renderers import pdf

_PARTS = {"program": "程序", "templates": "模板", "fonts": "字体"}


@dataclass(frozen=True, slots=True)
class Versions:
    """What makes documents: hashes of program, templates and fonts, versions of libraries."""

    hashes: dict[str, str] = field(default_factory=dict)
    """By what they are of, in Chinese."""
    tools: dict[str, str] = field(default_factory=dict)

    def difference(self, there: Versions) -> str:
        """What is otherwise there, in Chinese; empty where nothing is."""
        parts = [what for what, sum_ in self.hashes.items() if there.hashes.get(what) != sum_]
        tools = [
            f"{name}（本机 {version or '没有'}，那里 {there.tools.get(name) or '没有'}）"
            for name, version in self.tools.items()
            if there.tools.get(name) != version
        ]
        return "、".join([*parts, *tools])


def versions_here() -> Versions:
    """Those of this process."""
    known = builds.environment()
    hashes = {
        called: output.digest(repr(sorted(known[part].items())).encode())
        for part, called in _PARTS.items()
    }
    # Of LibreOffice a hash is known, whose beginning tells it from another.
    tools = {name: str(version)[:12] for name, version in known["tools"].items()}
    return Versions(hashes, tools | pdf.library_versions())
