"""The fragment, put through editors of CMSs in Chromium → tests/editors/saved/, what they save.

Each editor stands on a page of its own as its makers' first example has it, with no option that
keeps more of HTML, unless the name says so. It is given the fragment in its source view, or by
copying the page of the fragment and pasting it where it has none.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from publisher.model import Edition, FragmentTables
from publisher.readers import read_bureau, read_document
from publisher.reconcile import reconcile
from publisher.renderers.closed import CHARSET
from publisher.renderers.web import render_fragment
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "editors"
MODULES = FOLDER / "node_modules"
SAVED = FOLDER / "saved"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SECONDS = 30
"""For one editor to start and to save."""


@dataclass(frozen=True, slots=True)
class Editor:
    """How an editor is started and given the fragment."""

    name: str
    """As its files are called."""
    package: str
    """Which of npm it comes from."""
    scripts: tuple[str, ...]
    """Below `node_modules`."""
    start: str
    """JavaScript that starts it in `#editor` as `it`."""
    take: str = ""
    """JavaScript that puts `html` in by its source view; without it the fragment is pasted."""
    save: str = "it.getData()"
    """JavaScript for what it would send to the server."""
    styles: tuple[str, ...] = ()
    typed: str = "[contenteditable=true]"
    """Where is typed and pasted."""
    frame: str = ""
    """The frame in which that is."""


CKEDITOR_5 = """
const names = ['Essentials', 'Paragraph', 'Heading', 'Bold', 'Italic', 'Underline', 'Link', 'List',
  'Alignment', 'Indent', 'IndentBlock', 'FontColor', 'FontBackgroundColor', 'FontSize',
  'FontFamily', 'Table', 'TableToolbar', 'TableCaption', 'TableProperties', 'TableCellProperties',
  'TableColumnResize', 'SourceEditing', ...%s];
const it = await CKEDITOR.ClassicEditor.create(document.querySelector('#editor'), {
  licenseKey: 'GPL', plugins: names.map(name => CKEDITOR[name]), toolbar: ['sourceEditing'], %s });
"""
ALL = "htmlSupport: { allow: [{ name: /.*/, attributes: true, classes: true, styles: true }] }"
TINY = """
const [it] = await tinymce.init({ selector: '#editor', license_key: 'gpl', promotion: false,
  plugins: 'code table lists link' });
"""
WANG = """
const it = window.wangEditor.createEditor({ selector: '#editor', html: '<p><br></p>',
  config: { customAlert() {} }, mode: 'default' });
"""
EDITORS = (
    Editor(
        "tinymce",
        "tinymce",
        ("tinymce/tinymce.min.js",),
        TINY,
        "it.setContent(html)",
        "it.getContent()",
    ),
    Editor(
        "tinymce-pasted",
        "tinymce",
        ("tinymce/tinymce.min.js",),
        TINY,
        save="it.getContent()",
        frame="iframe.tox-edit-area__iframe",
        typed="body",
    ),
    Editor(
        "ckeditor4",
        "ckeditor4",
        ("ckeditor4/ckeditor.js",),
        "const it = CKEDITOR.replace('editor', { versionCheck: false });"
        "await new Promise(done => it.on('instanceReady', done));",
        "await new Promise(done => it.setData(html, done))",
    ),
    Editor(
        "ckeditor5",
        "ckeditor5",
        ("ckeditor5/dist/browser/ckeditor5.umd.js",),
        CKEDITOR_5 % ("[]", ""),
        "it.setData(html)",
        styles=("ckeditor5/dist/browser/ckeditor5.css",),
    ),
    Editor(
        "ckeditor5-allow-all",
        "ckeditor5",
        ("ckeditor5/dist/browser/ckeditor5.umd.js",),
        CKEDITOR_5 % ("['GeneralHtmlSupport']", ALL),
        "it.setData(html)",
        styles=("ckeditor5/dist/browser/ckeditor5.css",),
    ),
    Editor(
        "wangeditor4",
        "wangeditor",
        ("wangeditor/dist/wangEditor.min.js",),
        "const it = new window.wangEditor('#editor'); it.create();",
        "it.txt.html(html)",
        "it.txt.html()",
    ),
    Editor(
        "wangeditor4-pasted",
        "wangeditor",
        ("wangeditor/dist/wangEditor.min.js",),
        "const it = new window.wangEditor('#editor'); it.create();",
        save="it.txt.html()",
    ),
    Editor(
        "wangeditor5",
        "@wangeditor/editor",
        ("@wangeditor/editor/dist/index.js",),
        WANG,
        "it.setHtml(html)",
        "it.getHtml()",
    ),
    Editor(
        "wangeditor5-pasted",
        "@wangeditor/editor",
        ("@wangeditor/editor/dist/index.js",),
        WANG,
        save="it.getHtml()",
    ),
    Editor(
        "wangeditor-next",
        "@wangeditor-next/editor",
        ("@wangeditor-next/editor/dist/index.js",),
        WANG,
        "it.setHtml(html)",
        "it.getHtml()",
    ),
    Editor(
        "wangeditor-next-pasted",
        "@wangeditor-next/editor",
        ("@wangeditor-next/editor/dist/index.js",),
        WANG,
        save="it.getHtml()",
    ),
    Editor(
        "kindeditor",
        "kindeditor",
        ("kindeditor/kindeditor-all-min.js", "kindeditor/lang/zh_CN.js"),
        "const it = KindEditor.create('#editor');",
        "it.html(html)",
        "it.html()",
    ),
    Editor(
        "quill",
        "quill",
        ("quill/dist/quill.js",),
        "const it = new Quill('#editor', { theme: 'snow' });",
        save="it.getSemanticHTML()",
        styles=("quill/dist/quill.snow.css",),
    ),
    Editor(
        "tiptap",
        "@tiptap/core",
        ("tiptap.js",),
        "const it = new tiptap.Editor({ element: document.querySelector('#editor'),"
        " extensions: [tiptap.StarterKit, tiptap.TableKit] });",
        save="it.getHTML()",
    ),
    Editor(
        "summernote",
        "summernote",
        ("jquery/dist/jquery.min.js", "summernote/dist/summernote-lite.min.js"),
        "const it = $('#editor'); it.summernote();",
        "it.summernote('code', html)",
        "it.summernote('code')",
        ("summernote/dist/summernote-lite.min.css",),
    ),
    Editor(
        "jodit",
        "jodit",
        ("jodit/es2021/jodit.min.js",),
        "const it = Jodit.make('#editor');",
        "it.value = html",
        "it.value",
        ("jodit/es2021/jodit.min.css",),
    ),
)
BUNDLE = """
export { Editor } from "@tiptap/core";
export { default as StarterKit } from "@tiptap/starter-kit";
export { TableKit } from "@tiptap/extension-table";
"""
"""What tiptap has instead of a file for browsers: whoever uses it bundles its modules."""


def small(tables: FragmentTables) -> Edition:
    """A small document with all that editors lose, and few enough words to read what they save."""
    content = FOLDER / "content"
    bureau, _ = read_bureau(content)
    document, findings = read_document(content / "planting", bureau)
    if document is None:
        sys.exit(f"{content} 无法读取：{findings}")
    site = replace(document.bureau.site, tables=tables)
    document = replace(document, bureau=replace(document.bureau, site=site))
    return edition_of(document, reconcile(document))


def fragment(tables: FragmentTables) -> str:
    """The fragment of the small document, as the button of the sheet copies it."""
    return render_fragment(small(tables)).decode()


def version(package: str) -> str:
    """Of a package that is installed."""
    return str(json.loads((MODULES / package / "package.json").read_text("utf-8"))["version"])


def page_for(editor: Editor) -> str:
    """A page with one editor."""
    styles = "".join(f'<link rel="stylesheet" href="/{name}">' for name in editor.styles)
    scripts = "".join(f'<script src="/{name}"></script>' for name in editor.scripts)
    box = "textarea" if editor.name in ("ckeditor4", "kindeditor", "jodit") else "div"
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">{styles}</head>'
        f'<body><{box} id="editor"></{box}>{scripts}</body></html>'
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder can be fetched by this machine alone."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *given: object) -> None:
        """Say nothing of requests."""


def saved_by(editor: Editor, context: BrowserContext, address: str, html: str) -> str:
    """What an editor would send to the server once it was given the fragment."""
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.route(
        f"{address}/page",
        lambda route: route.fulfill(body=page_for(editor), content_type="text/html"),
    )
    page.goto(f"{address}/page")
    page.evaluate(f"async () => {{ {editor.start} window.it = it; }}")
    if editor.take:
        page.evaluate(f"async html => {{ const it = window.it; {editor.take} }}", html)
    else:
        paste(page, editor, context, address, html)
    page.wait_for_timeout(300)  # some tidy up a little later
    saved: str = page.evaluate(f"() => {{ const it = window.it; return {editor.save}; }}")
    page.close()
    return saved


def paste(page: Page, editor: Editor, context: BrowserContext, address: str, html: str) -> None:
    """Copy the page of the fragment as a person would, and paste it."""
    source = context.new_page()
    alone = CHARSET.decode() + html
    source.route(
        f"{address}/fragment.html",
        lambda route: route.fulfill(body=alone, content_type="text/html; charset=utf-8"),
    )
    source.goto(f"{address}/fragment.html")
    source.keyboard.press("Control+a")
    source.keyboard.press("Control+c")
    source.close()
    page.bring_to_front()
    within = page.frame_locator(editor.frame) if editor.frame else page
    within.locator(editor.typed).first.click()
    page.keyboard.press("Control+v")


def main(given: Sequence[str] | None = None) -> int:
    """Run the editors that are named, or all; rewrite what they saved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="EDITOR", help="as their files begin")
    names = parser.parse_args(given).names
    chosen = [editor for editor in EDITORS if not names or editor.name in names]
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None or not MODULES.is_dir():
        sys.exit("需要 Chromium 和 tests/editors/node_modules（make editors）。")
    bundle = ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--global-name=tiptap"]
    subprocess.run(
        [*bundle, "--outfile=node_modules/tiptap.js", "--log-level=error"],
        input=BUNDLE.encode(),
        cwd=FOLDER,
        check=True,
    )
    SAVED.mkdir(exist_ok=True)
    failed = 0
    with sync_playwright() as playwright, served(MODULES) as address:
        for editor in chosen:
            for form in FragmentTables:
                # One browser an editor: what one leaves behind does not meet the next.
                browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
                context = browser.new_context(
                    permissions=["clipboard-read", "clipboard-write"], locale="zh-CN"
                )
                context.route(lambda url: not url.startswith(address), lambda route: route.abort())
                name = f"{editor.name}-{version(editor.package)}-{form.name.lower()}.html"
                for old in SAVED.glob(f"{editor.name}-[0-9]*-{form.name.lower()}.html"):
                    old.unlink()
                try:
                    saved = saved_by(editor, context, address, fragment(form))
                    (SAVED / name).write_text(readable(saved), "utf-8")
                    print(name, len(saved))
                except Exception as error:  # the others are measured all the same
                    failed += 1
                    print(f"{name}: {error}", file=sys.stderr)
                browser.close()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    print(f"{today} 测完。请对照 templates/web/editors.toml 中的版本和日期。")
    return 1 if failed else 0


def readable(html: str) -> str:
    """HTML with a line a block: what is compared does not change by it."""
    for end in (
        "</p>",
        "</h2>",
        "</h3>",
        "</tr>",
        "</caption>",
        "</thead>",
        "</tbody>",
        "</table>",
    ):
        html = html.replace(f"{end}<", f"{end}\n<")
    return html.strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
