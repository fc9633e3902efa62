"""What the operator runs: jobs, checks, figures."""
