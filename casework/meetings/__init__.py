"""Agenda, presence and decisions of a group."""
