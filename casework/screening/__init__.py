"""What a text about somebody should perhaps not say: it asks its author, and protects nobody.

No form asks it yet. Nothing here leaves the machine, remembers a text, or decides for the person
who writes.
"""
