"""What every page and answer shares: guard, problems, headers, look."""
