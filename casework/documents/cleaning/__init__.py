"""The child that rewrites one file: what nothing of the service but `laundry` ever starts."""
