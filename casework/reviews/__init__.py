"""Quarterly access reviews: each partner says who still works there; what is near its end."""
