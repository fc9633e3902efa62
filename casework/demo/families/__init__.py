"""The invented family council of one commune: its people, and a family at every step."""
