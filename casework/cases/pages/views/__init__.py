"""From values to the look: pure, so that what a page says is tested without a browser."""
