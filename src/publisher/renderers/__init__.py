"""Edition → the bytes of finished files, a module a format."""
