"""What the officer looks at on a Monday: cards over the register, and the enquiries they open."""
