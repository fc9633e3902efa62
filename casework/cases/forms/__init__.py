"""The form of a referral, one file per kind: what each page asks, who reads it, what it makes."""
