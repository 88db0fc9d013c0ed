"""HTML that templates give → the bytes of a page that uses what stands in it, and nothing else."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode


def tidy(html: str) -> bytes:
    """HTML without the blank lines that templates leave; a line's own blanks stay."""
    return re.sub(r"\n\s*\n", "\n", html.lstrip()).encode()


CHARSET = b'<meta charset="utf-8">\n'
"""After which a page's policy stands: it holds only for what comes below it."""
_INLINE = re.compile(rb"<(style|script)>(.*?)</\1>", re.DOTALL)


def closed(page: bytes) -> bytes:
    """A page with the policy that lets it use its own styles, scripts and pictures, and nothing
    else.
    """
    page = _INLINE.sub(_bare, page)
    hashes: dict[bytes, list[str]] = {b"style": [], b"script": []}
    for kind, content in _INLINE.findall(page):
        hashed = b64encode(hashlib.sha256(content).digest()).decode()
        hashes[kind].append(f"'sha256-{hashed}'")
    allowed = "; ".join(
        f"{kind.decode()}-src {' '.join(sources)}" for kind, sources in hashes.items() if sources
    )
    if b'src="data:image/' in page:
        allowed += "; img-src data:"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    return page.replace(CHARSET, CHARSET + tag.encode(), 1)


def _bare(inline: re.Match[bytes]) -> bytes:
    """A style or script without what only its authors need: comments and indents."""
    kind, content = inline.groups()
    comment = rb"/\*.*?\*/" if kind == b"style" else rb"^\s*//[^\n]*$"
    kept = re.sub(comment, b"", content, flags=re.DOTALL | re.MULTILINE)
    kept = re.sub(rb"\s*\n\s*", b"\n", kept).strip()
    if kind == b"style":  # strings in it hold none of these marks: css_string
        kept = re.sub(rb"\s*([{};,])\s*", rb"\1", kept).replace(b";}", b"}")
    return b"<%s>\n%s\n</%s>" % (kind, kept, kind)
