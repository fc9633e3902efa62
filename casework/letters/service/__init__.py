"""One class for each side of letters: issuing, the file, reading, and how a group writes."""
