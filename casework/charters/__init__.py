"""Who may: the signed charter, as rules that decide."""
