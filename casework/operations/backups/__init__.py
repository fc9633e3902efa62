"""Copies of the two databases, sealed for somebody else: made, put back, and tried.

The main database is copied first, then the key store: a pepper is stored before what needs it.
The keys themselves are copied by hand, once: whoever had all three would read everything.
"""
