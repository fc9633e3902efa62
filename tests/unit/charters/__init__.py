"""The charter engine, without a database."""
