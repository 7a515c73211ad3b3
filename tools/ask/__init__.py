"""Questions to a reader's own file: file, me."""
