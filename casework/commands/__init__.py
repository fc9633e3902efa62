"""The operator's commands: one module a noun, each a thin entrance to the same services."""
