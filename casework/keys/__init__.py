"""Who can: data keys, rings, grants, peppers and their end."""
