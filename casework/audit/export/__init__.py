"""The register handed over: lines, signatures and proofs that anybody can check elsewhere."""
