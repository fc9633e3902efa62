"""The only door to the tables of letters: loads, seals, opens."""
