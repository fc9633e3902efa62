"""Organisations, members, mandates, groups and their territory."""
