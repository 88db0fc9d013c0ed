"""Files of ours that others edited → the content with their edits, and all that is not taken."""
