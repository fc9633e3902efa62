"""Checkpoints handed to others, so that no history can be signed twice."""
