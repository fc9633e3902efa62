"""Casework: individual situations followed together, opened only with a trail, forgotten on time.

Packages, from the edge down: commands, operations, demo, retention, meetings, cases, accounts,
idempotency, partners, charters, keys, audit, web, db, crypto. Imports go down only.
"""
