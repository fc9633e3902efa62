"""Ways back to a key: a member's printed code, the cards of several custodians."""
