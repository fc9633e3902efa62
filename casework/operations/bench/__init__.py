"""Three pages, each beside the same page in clear: what policy, trail and keys cost."""
