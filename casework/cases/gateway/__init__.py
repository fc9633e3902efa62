"""The one door to case rows: decide, record, then open. In that order."""
