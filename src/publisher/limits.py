"""How much content is read at most: what no official document comes near, and machines bear.

`docs/writing.md` names each under 限度; a test holds the page against this module.
"""

from __future__ import annotations

MOST_BYTES = 16 * 1024 * 1024
"""Of a file."""
MOST_LINES = 100_000
"""Of a file."""
MOST_MARKUP = 500_000
"""Characters of `bureau.yaml`, of `accepted.yaml` and of the front matter, each."""
MOST_NESTING = 16
"""Lists and mappings within one another in YAML."""
MOST_FILES = 200
"""Texts and tables that a document names."""
MOST_TEXT = 500_000
"""Characters of a text."""
MOST_BLOCKS = 20_000
"""Headings and paragraphs of a text."""
MOST_PARAGRAPH = 20_000
"""Characters of a paragraph, a heading or a value of the front matter."""
MOST_ROWS = 20_000
"""Of a table, without its header."""
MOST_COLUMNS = 60
"""Of a table."""
MOST_CELL = 10_000
"""Characters of a cell."""
MOST_FINDINGS = 200
"""Findings of one name that are told of one file."""
