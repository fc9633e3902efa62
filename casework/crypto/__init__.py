"""Pure bytes: envelopes, wraps, signatures, passwords. No SQL, no web, no people."""
