"""The key of keys: who may hold it, and how what it wraps is wrapped anew."""
