"""Who vouches for the public keys of organisations: the instance, or somebody elsewhere."""
