"""What the steps of each procedure are called on the page, one procedure per file."""
