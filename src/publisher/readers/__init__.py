"""Source files → `Bureau` and `Document`, with findings; a reader never raises on content."""

from publisher.readers.bureau import read_bureau
from publisher.readers.document import read_document

__all__ = ["read_bureau", "read_document"]
