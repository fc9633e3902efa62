"""The record of processing and the tables of the impact assessment, computed from what is live."""
