"""Publish official documents (党政机关公文) from plain text."""

__version__ = "0.1.0"
