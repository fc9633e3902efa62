"""Clocks, sealing, elimination, proof of forgetting."""
