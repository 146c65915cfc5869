"""The engine: it reads, checks, edits and exports any cited data package in a folder.

It knows the tables of provenance by name (`sources`, `paragraphs`, `evidence` and `corroborations`), and imports
nothing from above. In reading order:

- `problems`, `characters`, `files`, `folders`, `json_files`, `schema`: faults, and what files hold
- `csv_files`, `canonical_csv`, `frames`: the rows of a CSV, the form that it is written in, and the rows as a frame
- `cited_cells`: cells joined with their citations
- `package`: the centre, a package with its schemas, rows, frames, citations and checks
- `opening`: which package a command or function works on
- `quantities`: figures and dates in Chinese text, as values
- `derivation`, `article`, `omissions`, `alignment`, `verification`: a copy of an article, and what holds in it
- `nearest_passage`: the passage of a source that is most like a quote which is not in it
- `checks`: validation, layer by layer
- `editing`, `diff`, `export`, `cli`: what writes, compares and shows
"""
