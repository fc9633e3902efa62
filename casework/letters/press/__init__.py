"""The press: a process of its own that reads templates and makes files, and knows no key.

Nothing of it is imported by what serves: its libraries are heavy, and templates are strangers.
"""
