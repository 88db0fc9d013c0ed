"""Files of ours that others edited → the content with their edits, and all that is not taken."""

from publisher.takeback.taking import TakingWishes, UnreadableContent, take_back

__all__ = ["TakingWishes", "UnreadableContent", "take_back"]
