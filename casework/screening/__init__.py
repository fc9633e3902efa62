"""What a text about somebody should perhaps not say: it asks its author, and protects nobody.

Nothing here leaves the machine, remembers a text, or decides for the person who writes; a
social-security number alone is refused.
"""
