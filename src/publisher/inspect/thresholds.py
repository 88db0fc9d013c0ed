"""Where measuring draws its lines: every number that decides what is seen, with its unit and why.

What the standard itself asks for, and how far it may be missed, stands in `standard.py` and
`rules.py`. Here is what tells one thing on a page from another: programs differ in how they set
what is the same, and between that and what is different these numbers stand.
"""

from __future__ import annotations

from publisher import standard
from publisher.standard import Length, mm

Points = float
"""Where something stands, or how large it is: bare, for characters are tens of thousands."""
Characters = float
"""A distance across the page in 字 of the text, a twenty-eighth of the 版心 each (3.1)."""
Lines = float
"""A distance down the page in 行 of the text (3.2)."""
Dots = float
"""Pixels per inch of a picture, as large as it is printed."""
Millimetres = float
"""What an OFD counts in: bare, as it stands there."""
Ems = float
"""Parts of the size of a font."""
Factor = float
"""A number of a matrix, and what an attribute says whose unit another tells."""
Share = float
"""A part of a whole that is 1."""

# -- what is drawn ----------------------------------------------------------------------

THINNEST_STROKE, THICKEST_STROKE = mm(0.02), mm(1.2)
"""A stroke is thicker than nothing and thinner than a bar; the standard's are up to 0.5 mm."""
ABUTTING = mm(0.4)
"""Strokes that begin so near the end of the last go on with it: borders are drawn cell by cell."""
ONE_ROW = mm(0.1)
"""Strokes are on one row to so much."""
OFD_POINTS: Factor = mm(1).pt
"""By which what an OFD counts becomes points."""
OFD_LINE: Millimetres = 0.353
"""How wide a line of an OFD is that does not say so (GB/T 33190)."""
OFD_FARTHEST: Factor = 1e7
"""What is no number of anything on paper."""
LEAST_PICTURE = mm(5)
"""Smaller pictures are dots, bars and ornaments."""
WORST_RESOLUTION: Dots = standard.LEAST_RESOLUTION
"""With fewer the words in a picture blur."""
SHARP: Dots = standard.GOOD_RESOLUTION
"""What print asks for."""
SAME_RESOLUTION: Dots = 1
"""Programs round the size of what they place."""
NEAR_PICTURE = mm(14)
"""Less than that parts the caption from its picture: a line of text is higher."""
NEAR_TABLE = mm(8)
"""Less than that parts title, unit and notes of a table from it, and from one another."""
MOST_ABOVE_TABLE = 4
"""Lines of title and unit."""
SAME_STROKE = mm(0.6)
"""Upright strokes, or those across, are one in a table: double borders, and those of two cells."""
FEWEST_UPRIGHTS = 3
"""Upright strokes of a table; with fewer it is a frame, or a single line."""
WIDE_STROKE = mm(60)
"""Lines of the head and of the 版记 are at least so wide, even where they are far too short."""
ON_PAPER = mm(1e6)
"""What lies so far off is not on the paper: damaged files place things without measure."""
PLACED_MARGIN = mm(20)
"""Nearer to an edge of the paper no page of an attached PDF is placed: the 版心 ends before, and
page numbers stand beyond it."""
INK_IS_MEASURED = Length(24)
"""From this size a character may be one of a mark, which is measured by its ink (7.2.4)."""

# -- lines of characters -----------------------------------------------------------------

PARTING_GAP: Characters = 2.5
"""A gap that parts two lines on one baseline: justified text has less between two characters."""
PARTING_GAP_OF_MARK: Characters = 5.0
"""The same in a mark, whose few characters are spread over the 版心."""
SPREAD_SIZE = Length(30)
"""From this size characters may be spread as a mark's are."""
FEWEST_STRETCHED = 3
"""Gaps of a line that was filled with few characters; fewer part it."""
ONE_BASELINE: Share = 1 / 4
"""Of a character's size: characters that stand so near in height are on one line."""
SHIFTED_SIZE: Share = 0.72
"""Of a row's size: smaller characters beside it are raised or lowered, as the marks of notes."""
MOST_SHIFTED: Share = 0.6
"""Of a row's size: how far up or down they stand."""
ONE_COLUMN = mm(1)
"""Characters that lie on their side are in one line to so much."""
MARK_SIZE = Length(26)
"""From this size a line is taken for a mark, whatever its colour: a title is of 22 pt."""
TITLE_SIZE = Length(19)
"""From this size a line is taken for a title: half way between 3号 and 2号."""

# -- the page's own 版心 -----------------------------------------------------------------

LEFT_PART = mm(60)
"""Where lines begin further right, they say nothing of the left edge of the 版心."""
SAME_HEIGHT = mm(0.6)
"""Lines and strokes stand at one height to so much."""
SAME_SIZE = mm(0.5)
"""Marks as near are of one height: Word knows half points."""
SAME_EDGE = mm(0.6)
"""Edges of lines are one: what justified text may miss its edge by."""
SHARING_AN_EDGE: Share = 1 / 20
"""Of the lines, that must end alike for an edge: one line that hangs out is none."""
ONLY_INDENTED = mm(5)
"""Where lines begin so far right of the red line, all are indented: two characters are 11 mm."""
NOT_RUNNING = mm(14)
"""Lines further in than a paragraph's first, 11 mm, belong to lists, which need not be full."""
NOT_FULL = mm(16)
"""A line that is shorter by more, about three characters, is a paragraph's last."""
FEWEST_FULL_LINES = 3
"""That show a right edge."""
LOWEST_PITCH, HIGHEST_PITCH = mm(6.5), mm(13.5)
"""Pitches of lines that may follow one another in a text: 10.4 mm, and a third more or less."""
FIRST_LINE: Lines = 1.3
"""Below the upper edge of the 版心: what begins higher is the first line of its page."""

# -- which line is what ------------------------------------------------------------------

PAGE_NUMBER_REACH = mm(40)
"""Page numbers stand as near the lower edge: the 版心 ends 35 mm above it (5.2.1)."""
ABOVE_IMPRINTS: Share = 0.15
"""Of the page's height, in which no 版记 stands: 抄送 there would be words of the text."""
AROUND_IMPRINT = mm(9)
"""From words of the 版记 to its outer lines, at most: a line of 4号 with its air."""
BELOW_MARK = mm(80)
"""How far below the mark the line of the head may be: six lines of signers are above it (7.2.6)."""
LETTER_FOOT = mm(45)
"""A red line so near the lower edge is the last of a 信函, which stands 20 mm above it (10.1)."""
DOUBLE_LINE = mm(3)
"""Strokes so near are a double line (10.1)."""
HEAD_LINES: Lines = 4
"""Below mark or line, in which a number stands that no line ends: two blank ones and its own."""
UPPER_RED_LINE: Share = 0.7
"""Of the page's height, in which the line of the head stands, and not that of the foot."""
MOST_RECIPIENT_LINES = 14
"""On which a colon ends 主送机关; what has none by then is text."""
FLUSH_RECIPIENTS: Characters = 1
"""主送机关 stand flush left (7.3.2), and text two characters in (7.3.3)."""
SHORT_RECIPIENTS: Characters = 3
"""主送机关 without their colon end at least so far from the right edge, as no full line does."""
MIDDLE: Characters = 1
"""What is off the middle by less stands in it."""
FREE_BESIDE_TITLE: Characters = 1.5
"""At the left of a title that is no larger than text, at least; else it is a full line."""
NEAR_CENTRE = mm(8)
"""The same of titles of attachments, whose page shows no 版心 of its own."""
MOST_TITLE_LINES = 3
"""Of an attachment's title that is no larger than text."""
ONE_TITLE: Lines = 1.2
"""Lines of a title stand nearer, in characters of their own size."""
INDENTED_NOTES: Characters = 1
"""附件： begins further in (7.3.4); 附件 alone is the label of an attachment (7.3.7)."""
DEEP: Characters = 3.2
"""From the left, from where a line is neither text nor the first of a paragraph."""
DEEP_LABELS: Characters = 2.8
"""The same beside the labels of a 纪要, which stand two characters in (10.3)."""
APART: Lines = 1.6
"""From baseline to baseline: more, and a blank line parts the two."""
WITHIN_SIGNATURE: Lines = 3.2
"""Between 署名 and 成文日期, at most: a seal covers two lines."""
BETWEEN_ROWS_OF_NAMES: Lines = 5.2
"""From one row of names to the next of a joint signature: each has room for its seals (7.3.5.1)."""
ROW_OF_NAMES = 12
"""Characters from which a line without any mark is a row of names of organs."""

MOST_SUBTITLE_LINES = 14
"""Of a 题注: a law that was often revised has nine."""
LONGEST_PERSON = 6
"""Characters behind a label that may be a name alone."""
SMALLER = Length(1.5)
"""Below 3号, from where a line is smaller than text."""
SHORTEST_NOTE_STROKE, LONGEST_NOTE_STROKE = mm(15), mm(90)
"""Strokes above notes: Word draws two inches, LibreOffice a quarter of the width."""
BESIDE_NOTE_STROKE = mm(14)
"""Such a stroke begins at the left edge, or two characters in."""

# -- paragraphs --------------------------------------------------------------------------

LONGEST_LEAD = 20
"""Characters of a first sentence that may be a heading."""
INDENTED: Characters = 1.2
"""From here a line begins a paragraph: two are asked for, and none where it goes on (7.3.3)."""
ENDS_SHORT: Characters = 4
"""Before the right edge, where the last line of a paragraph ends, and others seldom."""
CENTRED_FROM: Characters = 3
"""Further in than any paragraph begins: what stands in the middle there is no paragraph."""
NOT_A_PARAGRAPH: Characters = 5
"""What is indented further is placed from the right, or belongs to a list."""

# -- what rules compare ------------------------------------------------------------------

FLUSH: Characters = 0.3
"""What is off by less stands where it should, in the head, of which each line is set by itself."""
FLUSH_TEXT: Characters = 0.6
"""The same of lines of text."""
ALIGNED: Characters = 0.4
"""The same of what is aligned with other lines, or stands from either side."""
UNDER_DATE: Lines = 0.5
"""Less than that below the line after 成文日期 is on it (7.3.6)."""
ON_FIRST_LINE = mm(4)
"""Less than half a line below the edge of the 版心 is on its first line."""
UNEVEN = mm(0.8)
"""Edges of full lines differ by so much where they are not justified."""
SAME_PITCH = mm(0.2)
"""A step between two lines that shows the pitch of all."""
FEWEST_FLUSH_LINES = 3
"""Of a page, that show its left edge."""
LONGEST_NAME = 16
"""Characters of a line that may be one organ's name: a longer one with gaps holds several."""
OUTSIDE = mm(0.1)
"""What is over the edge by less is not told."""
RARE: Share = 1 / 20
"""Of the characters or lines of a text, that may be set otherwise: notes, rare characters."""
SHORT_HEAD = 4
"""Characters of a heading of a column that stands on one line."""
FEWEST_UPRIGHT = 3
"""Characters that stand below one another on purpose; two of them are a word that is torn."""
WIDE_COLUMN: Characters = 8
"""Of its own size: a column that can be narrower, at the price of more lines."""
NEARLY_ALL: Share = 0.85
"""Of the characters of a DOCX: titles, signature and 版记 may be set in another way."""
SHORTEST_DRAWN = mm(1.5)
"""Shorter distances than this would hide behind their own figure in the picture of a page."""
