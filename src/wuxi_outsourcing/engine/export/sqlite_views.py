"""The statements that make the views of the SQLite database, in SQL that DuckDB reads too.

`cells` has the rows and columns of `Package.cells`, but for the lines in the files. `<table>_corroborated` joins each
row of a table with what other sources say about it.
"""

from ..package import CORROBORATIONS, EVIDENCE, Package
from ..schema import KEY_SEPARATOR, Field, TableSchema
from .cells_table import CELLS, CITATION
from .sqlite_schema import literal, quoted


def create_views(package: Package) -> list[str]:
    """The statements that make the views."""
    statements: list[str] = []
    cited = [schema for schema in package.schemas.values() if schema.cited_fields]
    if cited:
        statements.append(_cells_view(cited))
    if CORROBORATIONS in package.paths:
        corroborations = package.schema(CORROBORATIONS)
        others = [schema for schema in package.schemas.values() if schema.name != CORROBORATIONS]
        statements += [_corroborated_view(schema, corroborations) for schema in others]
    return statements


def _cells_view(schemas: list[TableSchema]) -> str:
    """Each filled cell of these tables with each citation of it."""
    cells = " UNION ALL ".join(_cells_of_table(schema) for schema in schemas)
    return f'CREATE VIEW {quoted(CELLS)} AS SELECT * FROM ({cells}) AS c WHERE "cell" IS NOT NULL'  # noqa: S608  (names are quoted)


def _cells_of_table(schema: TableSchema) -> str:
    """Each cell of a table with each citation of it. An empty cell is among them, as NULL."""
    texts = [f"WHEN {literal(field.name)} THEN {_text(field)}" for field in schema.cited_fields]
    columns = [
        f'{literal(schema.name)} AS "table"',
        'o."row_id"',
        'f."field"',
        f'CASE f."field" {" ".join(texts)} END AS "cell"',
        'f."provenance" AS "class"',
        'f."rule"',
        *(f"o.{quoted(name)}" for name in CITATION),
    ]
    # A field that is cited with another has the citations of that other field.
    fields = 'JOIN "_fields" AS f ON f."table" = o."table" AND coalesce(f."cited_with", f."field") = o."field"'
    return f"SELECT {', '.join(columns)} FROM {quoted(schema.name)} AS t {_join(schema, EVIDENCE)} {fields}"  # noqa: S608


def _text(field: Field) -> str:
    """The content of a cell as the CSV has it. A number has the digits that a column of type REAL keeps."""
    cell = f"t.{quoted(field.name)}"
    if field.type == "integer":
        return f"CAST({cell} AS VARCHAR)"
    if field.type == "boolean":
        return f"CASE {cell} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    if field.type == "number":
        # Without a fraction, it has no decimal point in the CSV.
        whole = f"CAST({cell} AS BIGINT)"
        return f"CASE {cell} WHEN {whole} THEN CAST({whole} AS VARCHAR) ELSE CAST({cell} AS VARCHAR) END"
    return cell


def _corroborated_view(schema: TableSchema, corroborations: TableSchema) -> str:
    """Each row with each statement of another source about it."""
    names = [name for name in corroborations.names if name not in ("table", "row_id")]
    columns = ", ".join(["t.*", *(_beside(schema, name) for name in names)])
    view = quoted(f"{schema.name}_corroborated")
    rows = f"FROM {quoted(schema.name)} AS t {_join(schema, CORROBORATIONS)}"
    return f"CREATE VIEW {view} AS SELECT {columns} {rows}"


def _beside(schema: TableSchema, name: str) -> str:
    """A column from beside the table; `cited_` tells it from a column of the table with the same name."""
    shown = f"cited_{name}" if name in schema else name
    return f"o.{quoted(name)} AS {quoted(shown)}"


def _join(schema: TableSchema, other: str) -> str:
    """The join with the rows of another table that name this table and the row."""
    parts = [f"CAST(t.{quoted(part)} AS VARCHAR)" for part in schema.primary_key]
    row_id = f" || '{KEY_SEPARATOR}' || ".join(parts)
    return f'JOIN {quoted(other)} AS o ON o."table" = {literal(schema.name)} AND o."row_id" = {row_id}'
