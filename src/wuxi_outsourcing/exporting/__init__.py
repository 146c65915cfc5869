"""The package in other formats: a module a format, each with `write(content, path)`."""
