"""How much content is read at most: what no official document comes near, and machines bear.

`docs/writing.md` names each under 限度; a test holds the page against this module.
"""

from __future__ import annotations

MOST_BYTES = 16 * 1024 * 1024
"""Of all files of a document together; of `bureau.yaml`, of `accepted.yaml`."""
MOST_LINES = 300_000
"""Of a file."""
MOST_FILES = 200
"""Texts and tables that a document names."""
MOST_MARKUP = 200_000
"""Characters of the front matter, of `bureau.yaml`, of `accepted.yaml`."""
MOST_NESTING = 16
"""Lists and mappings within one another in YAML."""
MOST_TEXT = 500_000
"""Characters of all texts of a document together."""
MOST_BLOCKS = 20_000
"""Headings and paragraphs of all texts of a document together."""
MOST_PARAGRAPH = 10_000
"""Characters of a paragraph, of a heading, of a value in YAML."""
MOST_MARKS = 400
"""Stars and opening brackets of a paragraph: what it takes to read them is their square."""
MOST_ROWS = 20_000
"""Of all tables of a document together, headers aside.

Three thousand pages, with six columns and the words that cells hold on average: for each of them
the PDF takes about 0.15 s and 2.4 MB. What bounds cells and words bounds pages too.
"""
MOST_CELLS = 200_000
"""Of all tables of a document together, the empty ones too."""
MOST_TABLE_TEXT = 2_000_000
"""Characters of all tables of a document together."""
MOST_COLUMNS = 60
"""Of a table."""
PLACES_OF_A_PAGE = 1_000_000
"""Of all tables of a page of others, each merged cell as often as it has rows and columns."""
MOST_CELL = 5_000
"""Characters of a cell."""
MOST_FINDINGS = 200
"""Of one name, that are told of one file."""
MOST_ATTACHED = 48 * 1024 * 1024
"""Bytes of all pictures and finished files of a document together."""
MOST_PIXELS = 50_000_000
"""Of a picture: eight times those of a page of A4 at 300 to the inch."""
MOST_PDF_PAGES = 500
"""Of a PDF that is attached."""
