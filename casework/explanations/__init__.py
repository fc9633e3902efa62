"""Why somebody may or may not: explained for a case, simulated for invented people, on paper."""
