"""Engines, column types and the transaction rules of SQLite and PostgreSQL."""
