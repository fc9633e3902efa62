"""The end of lines of the register: their parts redacted, then the lines pruned, proofs kept."""
