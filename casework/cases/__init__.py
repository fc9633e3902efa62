"""Referrals, cases, what is written on them and what is decided to be done."""
