"""`docs/` and the other pages → a website in `dist/site/`; it ends where a link leads nowhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from publisher.archive.links import check_links

ROOT = Path(__file__).parents[1]
STAGE, SITE = ROOT / "dist" / "site-pages", ROOT / "dist" / "site"
RENAMED = {"README.zh-CN.md": "README.md", "README.md": "README.en.md"}
"""The Chinese page is the first one; everything else stands as it does in the repository."""
BESIDE = ("CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "templates/README.md")
DECISIONS = Path("docs") / "decisions"
_BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n *(?=[\u3000-\u9fff\uff00-\uffef])")
STYLE = """\
[data-md-color-scheme=default] { --md-typeset-a-color: #b3261e; }
.md-grid { max-width: 78rem; }
.md-typeset table:not([class]) { font-size: .7rem; }
.md-typeset table:not([class]) td:first-child { min-width: 5rem; }
.md-typeset :not(pre) > code { overflow-wrap: anywhere; }
"""


def main() -> None:
    """Lay the pages, make the site, look at each of its links, and say where it is."""
    lay(STAGE)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--clean"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    if subprocess.run(command, cwd=ROOT, env=quiet).returncode:
        sys.exit("没有做成网站，原因见上。")
    report = check_links(SITE)
    for page, link in report.broken:
        print(f"{page}：{link} 打不开", file=sys.stderr)
    if report.broken:
        sys.exit(1)
    print(f"{SITE / 'index.html'}：{report.pages} 页，站内链接 {report.inside} 处都能打开。")


def lay(stage: Path) -> None:
    """The pages and pictures as they are in the repository, the two first pages under new names."""
    if stage.exists():
        shutil.rmtree(stage)
    shutil.copytree(ROOT / "docs", stage / "docs")
    for name in (*RENAMED, *BESIDE):
        target = stage / RENAMED.get(name, name)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    (stage / DECISIONS / "README.md").write_text(decisions(), "utf-8")
    for page in stage.rglob("*.md"):
        page.write_text(joined(relinked(page.read_text("utf-8"))), "utf-8")
    (stage / "site.css").write_text(STYLE, "utf-8")


def decisions() -> str:
    """A page that lists what was decided."""
    lines = ["# 决定\n"]
    for page in sorted((ROOT / DECISIONS).glob("*.md")):
        title = page.read_text("utf-8").splitlines()[0].removeprefix("# ")
        lines.append(f"* [{title}]({page.name})")
    return "\n".join(lines) + "\n"


def joined(text: str) -> str:
    """The same without ends of lines between Chinese characters, which browsers show as gaps."""
    fenced = re.split(r"(^```+.*?^```+$)", text, flags=re.MULTILINE | re.DOTALL)
    fenced[::2] = [_BROKEN.sub("", words) for words in fenced[::2]]
    return "".join(fenced)


def relinked(text: str) -> str:
    """The same as the site has it: links to folders and the two first pages, names of examples."""
    names = "|".join(map(re.escape, RENAMED))
    text = re.sub(
        rf"(\]\((?:\.\./)*)({names})(?=[)#])", lambda match: match[1] + RENAMED[match[2]], text
    )
    text = re.sub(r"(\]\([^):]*/)\)", r"\1README.md)", text)
    return re.sub(r"^(```+\w+) ([\w./-]+)$", r'\1 title="\2"', text, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
