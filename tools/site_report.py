"""An archive in a browser: axe, Nu and Lighthouse over each kind of its pages → a table.

    npm install --prefix FOLDER lighthouse@12.2.3 vnu-jar
    tools/site_report.py build/public --node FOLDER

It is served packed, as `docs/archive.md` tells to. Lighthouse runs some times; the median counts:
its times are worth something on a machine that does nothing else. Nu needs java. What is not there
is not run, and said so. `--pictures FOLDER` takes pictures of each kind, narrow and wide, light,
dark and printed, to be looked at.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from barriers import barriers  # noqa: E402

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTHS = (320, 1280)
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
_PACKED = (".html", ".css", ".js", ".json", ".xml", ".svg")


class Packed(http.server.SimpleHTTPRequestHandler):
    """A plain file server that packs text; what the page of a missing address links to is here."""

    def __init__(self, *given: Any, site: str, **named: Any) -> None:
        self._site = site
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() and self.path.split("?")[0][-1] == "/" else file
        if not file.is_file() or file.suffix not in _PACKED:
            super().do_GET()
            return
        data = file.read_bytes()
        if self._site and file.name == "404.html":
            data = data.replace(b'="' + urlsplit(self._site).path.encode(), b'="/')
        data = gzip.compress(data, 6)
        self.send_response(200)
        kind = self.guess_type(str(file))
        self.send_header(
            "Content-Type", kind + ("; charset=utf-8" if kind.startswith("text") else "")
        )
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *given: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder behind a file server."""
    site = json.loads((folder / "policies.json").read_text("utf-8"))["address"]
    handler = functools.partial(Packed, directory=str(folder), site=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def kinds(public: Path) -> dict[str, str]:
    """A page of each kind that there is, by what it is called; of documents the heaviest."""
    listed = json.loads((public / "policies.json").read_text("utf-8"))["policies"]
    weights = {page.parent.name: page.stat().st_size for page in public.glob("*/index.html")}
    slugs = sorted((one["slug"] for one in listed), key=lambda slug: weights.get(slug, 0))[::-1]
    by_slug = {one["slug"]: one for one in listed}
    words = quote(next((one["title"][-8:-4] for one in listed), ""))

    def document(**wanted: bool) -> str | None:
        for slug in slugs:
            page = (public / slug / "index.html").read_text("utf-8")
            has = {
                "table": 'class="tools' in page,
                "reading": by_slug[slug]["kind"] == "政策解读",
                "standing": 'class="standing' in page,
                "pdf": (public / slug / "document.pdf").exists(),
            }
            if all(has[name] is value for name, value in wanted.items()):
                return f"{slug}/"
        return None

    def page(pattern: str) -> str | None:
        pages = sorted(public.glob(pattern), key=lambda file: -file.stat().st_size)
        return next((file.relative_to(public).as_posix() for file in pages), None)

    changes = page("*/changes-*.html")
    former = changes and changes.partition("changes-")[2].removesuffix(".html") + "/"
    made = {
        "front": "index.html",
        "search": f"index.html?q={words}",
        "year": page("site/[12]*.html"),
        "further page": page("site/page-*.html"),
        "document": document(table=False, reading=False, standing=False),
        "document, PDF and table": document(table=True, pdf=True) or document(table=True),
        "table page": page("*/attachment-*.html"),
        "reading": document(reading=True),
        "repealed": document(standing=True),
        "former version": former,
        "changes": changes,
        "404": page("404.html"),
    }
    return {name: address for name, address in made.items() if address}


# -- what is run --------------------------------------------------------------------------


def axe(browser: Browser, address: str) -> str:
    """What axe finds on a page, narrow and wide, in light and dark."""
    names: set[str] = set()
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            context = browser.new_context(
                bypass_csp=True, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address, wait_until="networkidle")
            names |= barriers(page, scheme).names
            if page.evaluate("document.documentElement.scrollWidth") > width:
                names.add(f"wider than {width} px")
            context.close()
    return ", ".join(sorted(names)) or "0"


_UNKNOWN_TO_NU = (
    ".*(container-type|@container|text-autospace|text-spacing-trim|text-wrap|Unknown dimension"
    "|violates Content Security Policy).*"
)
"""What stylesheets may hold and Nu has not learnt, and policies, of which it knows no hash: whether
a page keeps its own a browser says (`tests/archive/test_archive_in_browser.py`)."""


def nu(jar: Path, address: str) -> str:
    """How many messages Nu has of a page, as it is served: its policy names its own site."""
    said_of = ["--format", "json", "--filterpattern", _UNKNOWN_TO_NU, address]
    allowed = "-Dnu.validator.servlet.allow-forbidden-hosts=true"  # the server is on this machine
    command = ["java", "-Xss8m", allowed, "-jar", str(jar), *said_of]
    said = subprocess.run(command, capture_output=True, timeout=300, check=False).stderr
    messages = json.loads(said)["messages"]
    for message in messages[:5]:
        print(f"  {message['message']}")
    return str(len(messages))


def lighthouse(node: Path, address: str, times: int, environment: dict[str, str]) -> list[str]:
    """The median of each category."""
    scores: dict[str, list[float]] = {name: [] for name in CATEGORIES}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            report = Path(folder, "report.json")
            command = [
                *(str(node / "node_modules" / ".bin" / "lighthouse"), address, "--quiet"),
                *(f"--chrome-flags={' '.join(FLAGS)}", "--output=json", f"--output-path={report}"),
            ]
            subprocess.run(command, env=environment, timeout=300, check=True, capture_output=True)
            categories = json.loads(report.read_text("utf-8"))["categories"]
            for name in CATEGORIES:
                scores[name].append(100 * (categories[name]["score"] or 0))
    return [f"{statistics.median(runs):.0f}" for runs in scores.values()]


def picture(browser: Browser, address: str, name: str, folder: Path) -> None:
    """A page narrow and wide, light, dark and printed."""
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": 2000})
            page.goto(address, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            if (width, scheme) == (1280, "light"):
                page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
            context.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("public", type=Path, help="an archive, as build/public")
    arguments.add_argument("--node", type=Path, help="where lighthouse and vnu-jar are installed")
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--only", default="", help="kinds of page with these words alone")
    arguments.add_argument("--pictures", type=Path)
    given = arguments.parse_args()
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    environment = {**os.environ, "FONTCONFIG_FILE": str(ROOT / ".fonts" / "fonts.conf")}
    node = given.node and given.node.resolve()
    jar = node and node / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    has_nu = bool(jar and jar.exists() and shutil.which("java"))
    has_lighthouse = bool(node and (node / "node_modules" / ".bin" / "lighthouse").exists())
    for what, is_there in (("Nu", has_nu), ("Lighthouse", has_lighthouse)):
        if not is_there:
            print(f"{what} is not there, and was not run.")
    chosen = {name: at for name, at in kinds(given.public).items() if given.only in name}
    print(f"{'page':24} {'axe':>5} {'Nu':>5} " + " ".join(f"{name:>14}" for name in CATEGORIES))
    with served(given.public) as address, sync_playwright() as playwright:
        env: dict[str, str | float | bool] = {**environment}
        for name, at in chosen.items():
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=env)
            cells = [axe(browser, address + at)]
            if given.pictures:
                given.pictures.mkdir(parents=True, exist_ok=True)
                picture(browser, address + at, name.replace(" ", "-"), given.pictures)
            browser.close()
            cells.append(nu(jar, address + at) if jar and has_nu else "-")
            if node and has_lighthouse and given.times:
                with_chrome = {**environment, "CHROME_PATH": path}
                scores = lighthouse(node, address + at, given.times, with_chrome)
            else:
                scores = ["-"] * len(CATEGORIES)
            row = f"{name:24} {cells[0]:>5} {cells[1]:>5} "
            print(row + " ".join(f"{each:>14}" for each in scores) + f"  {at}", flush=True)


if __name__ == "__main__":
    main()
