"""A request sent twice with the same key is done once, and answered alike both times."""
