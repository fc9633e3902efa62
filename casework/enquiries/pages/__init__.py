"""What the officer looks at on a Monday morning: what stands out, and what they asked about it."""

from casework.enquiries.pages import asking, cards, enquiry
from casework.enquiries.pages.blueprint import pages

__all__ = ["asking", "cards", "enquiry", "pages"]
