"""What every route of the API shares: strict input, versions, keys, pages, and its document."""
