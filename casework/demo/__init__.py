"""An invented world on real geography."""
