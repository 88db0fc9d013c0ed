"""Source files → `Bureau` and `Document`, with findings; a reader never raises on content."""

from publisher.readers.bureau import bureau_if_any, read_bureau
from publisher.readers.document import read_document

__all__ = ["bureau_if_any", "read_bureau", "read_document"]
