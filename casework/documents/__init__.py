"""Documents of cases: rewritten as they come in, sealed as a stream, never shown in a page."""
