"""What machines read about the package, each made from the descriptor, the table schemas and the tables."""
