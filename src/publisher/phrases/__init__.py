"""A title → where a line of it may end, and where one tears a word."""

from publisher.phrases.seams import Seam, seams
from publisher.phrases.torn import torn

__all__ = ["Seam", "seams", "torn"]
