"""The register: every unit of work keeps its own trail."""
