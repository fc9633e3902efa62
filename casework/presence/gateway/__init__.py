"""The doors to the two tables: tags with the keys, questions in the main database."""
