"""Documents: what the repository says of the package for people, and the types for type checkers."""
