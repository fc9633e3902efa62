"""Names as people write them: which of many resemble the one somebody asks for. Values only."""
