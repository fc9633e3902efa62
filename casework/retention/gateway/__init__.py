"""The one door to holds, elimination lists, visas and certificates."""
