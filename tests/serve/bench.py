"""A workshop over the stock document, with no build or with a made-up one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from conftest import CASE, STOCK, write
from publisher import output
from publisher.serve import Preview
from publisher.serve.workshop import Workshop

FILES = {
    "web/index.html": b"<!DOCTYPE html><title>page</title><script>go()</script>",
    "web/fragment.html": "<p>片段</p>".encode(),
    "document.pdf": b"%PDF",
    "attachment-1.csv": b"1,2",
}


@dataclass
class Bench:
    """A workshop and what it said in the terminal."""

    content: Path
    build: Path
    said: list[str] = field(default_factory=list)

    def open(self, *slugs: str) -> Workshop:
        """A workshop that builds in this process."""

        def explain(error: Exception) -> str:
            return f"无法完成：{error}"

        preview = Preview(self.content, None, slugs, 0, explain, self.said.append)
        return Workshop(preview, self.build, lambda: ThreadPoolExecutor(1))

    def publish(self, files: dict[str, bytes] = FILES, slug: str = CASE) -> None:
        """A build of these files, as if it had been made from the content."""
        self.build.mkdir(exist_ok=True)
        about = {"slug": slug, "title": "关于印发计划的通知"}
        output.write_folder(self.build / slug, output.sealed(files, about))


def bench_in(folder: Path) -> Bench:
    """A bench over the stock document."""
    write(folder / "content", STOCK)
    return Bench(folder / "content", folder / "build")
