"""Who is kept away from a case, which cases open with two people, why a closed one is opened."""
