"""The checks of a data package; they need the extra `[validate]`.

`all_checks` runs them in order, and lists those of tables in `CHECKS`: a new check is a function with an entry there.
The order goes from the form of a file to its meaning:

- `descriptor`, `table_schemas`, `declared_rules`, `between_schemas`: the JSON files, by the profiles in `profiles` and
  beyond them
- `file_form`, `cell_characters`: the CSV files and the characters of their cells
- `schema_failures`: what fails in the Pandera schema of a table, which `pandera_schema` compiles from its Table Schema
- `relations`: rows that others refer to
- `repeated_cells`: what a row repeats of the row that it refers to
- `citations`: whether cells have the citations that they need, are what these give, and are not later than their source
- `spans`: whether what is cited or omitted can be where it is said to be

The rules of rows: `rule_forms` has each form of rule, `row_rules` compiles those of a table, with its keys, and a
`CompiledRule` is the result. What checks are given is in `read_tables`, what they have found in `found_problems`.
"""
