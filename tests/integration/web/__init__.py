"""Pages of the whole application, in the reader's language."""
