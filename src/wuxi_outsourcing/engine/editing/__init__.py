"""What writes into a package: `format`, `quote` and `add-source`. Standard library only.

Each reads what it needs, works out the files as they should be, and replaces them together, or none of them.
"""
