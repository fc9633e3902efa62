"""What is done with keys: one method for one thing a person does."""
