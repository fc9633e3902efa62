"""Each procedure of the towns, as data: states, steps, guards and what ends them."""
