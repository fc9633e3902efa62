"""The line of steps of each procedure, one per file: where a case stands, and what waits."""
