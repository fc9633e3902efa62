"""Letters to the persons of a case: what is printed, when it went, and the town's own templates."""
