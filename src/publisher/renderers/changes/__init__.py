"""Changes → what reviewers read, a module a format."""
