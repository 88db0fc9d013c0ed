"""What a PDF may draw and OFD has no simple words for: it is shown as a picture, with its words."""


class Undrawable(Exception):
    """Something is drawn that is not translated; the reason is for who reads a log."""
