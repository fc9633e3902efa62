"""The one door to the tables of accounts."""
