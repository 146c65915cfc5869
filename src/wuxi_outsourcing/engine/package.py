"""A cited data package in a folder: what its files say, its rows, frames and citations, and what checks them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .citation import STYLES
from .cited_cells import cited_cells
from .csv_files import Row, TextRow, csv_bytes, line_of, text_rows, typed_row
from .extras import needs_extra
from .files import location_fault
from .frames import LANGUAGES, attributes, read_text_frame, typed_frame, with_labels
from .json_files import Json, JsonFile, read_json
from .problems import Problem, UnknownName, Unusable
from .schema_reading import malformed, table_schema
from .values import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    import pandera.pandas as pa

    from .frames import Language
    from .schema import TableSchema
    from .values import Validation, Verification

DESCRIPTOR = "datapackage.json"
# The tables that provenance knows by name.
SOURCES, PARAGRAPHS, EVIDENCE, CORROBORATIONS = "sources", "paragraphs", "evidence", "corroborations"


class Package:
    """A cited data package in a folder.

    Its files are read when they are first asked for, descriptor and schemas once. They are read strictly, but not
    checked: `validate` does that. Every method raises Unusable for a file that cannot be read, with its location, and
    UnknownName (a LookupError) for a table, row, field or language that is not there.
    """

    def __init__(self, root: str | Path) -> None:
        """The package in this folder; nothing is read yet."""
        self.root = Path(root)
        self._schema_files: dict[str, JsonFile] = {}
        self._schemas: dict[str, TableSchema] = {}

    # What the standard files say

    @cached_property
    def json_file(self) -> JsonFile:
        """The descriptor."""
        if not (self.root / DESCRIPTOR).is_file():
            message = f"there is no {DESCRIPTOR} in this folder" if self.root.is_dir() else "no such folder"
            fix = f"Go to the folder that holds {DESCRIPTOR}, or name it."
            raise Unusable(Problem(str(self.root), None, None, message, fix))
        if fault := location_fault(self.root, DESCRIPTOR):
            raise Unusable(Problem(DESCRIPTOR, None, None, *fault))
        return read_json(self.root, DESCRIPTOR)

    @property
    def descriptor(self) -> Mapping[str, Json]:
        """The value of the descriptor."""
        value: Mapping[str, Json] = self.json_file.value
        return value

    @cached_property
    def version(self) -> str:
        """The version of the data."""
        try:
            return str(self.descriptor["version"])
        except (LookupError, TypeError) as error:
            raise Unusable(malformed(self.json_file, error)) from None

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The CSV of each table, in the order of the descriptor, as paths in the folder."""
        return self._locations("path")

    @cached_property
    def schema_files(self) -> Mapping[str, str]:
        """The file of each table's schema, likewise."""
        return self._locations("schema")

    def path(self, table: str) -> Path:
        """The path of a table's CSV."""
        return self.root / self.paths[self._known(table)]

    def schema_file(self, table: str) -> JsonFile:
        """The file of a table's schema, with its value."""
        if self._known(table) not in self._schema_files:
            self._schema_files[table] = read_json(self.root, self.schema_files[table])
        return self._schema_files[table]

    def schema(self, table: str) -> TableSchema:
        """The Table Schema of a table."""
        if self._known(table) not in self._schemas:
            self._schemas[table] = table_schema(table, self.schema_file(table))
        return self._schemas[table]

    @property
    def schemas(self) -> Mapping[str, TableSchema]:
        """The Table Schema of each table, in the order of the descriptor."""
        return {table: self.schema(table) for table in self.paths}

    def citation(self, style: str = "text") -> str:
        """How to cite the package: `text` gives one line, `bibtex` an entry for BibTeX."""
        if style not in STYLES:
            raise UnknownName("citation style", style, STYLES)
        return STYLES[style](self.json_file)

    # Rows and frames

    def text_rows(self, table: str) -> list[TextRow]:
        """The rows of a table as text. The row of index `i` is on line `line_of(i)` of the CSV."""
        names = self.schema(table).names
        return list(text_rows(self.csv_bytes(table), self.paths[table], names))

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, typed, in the order of the CSV."""
        schema, file = self.schema(table), self.paths[table]
        return [typed_row(row, schema, file, line_of(index)) for index, row in enumerate(self.text_rows(table))]

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a frame with the dtypes of `frames.DTYPES` and a plain RangeIndex."""
        typed = typed_frame(self._text_frame(table), self.schema(table))
        for row, column, message, fix in typed.faults:
            raise Unusable(Problem(self.paths[table], line_of(row), column, message, fix))
        return typed.frame

    def load(self, table: str, *, labels: Language | None = None) -> pd.DataFrame:
        """The same with labels for terms, and with attributes that say where it comes from."""
        if labels not in (None, *LANGUAGES):
            raise UnknownName("language", str(labels), LANGUAGES)
        schema, frame = self.schema(table), self.frame(table)
        if labels:
            frame = with_labels(frame, schema, labels)
        frame.attrs.update(attributes(self.json_file, schema, labels or "en"))
        return frame

    def cells(self, table: str | None = None) -> pd.DataFrame:
        """Every cell of a table that has citations, or of all tables: a row for each cell and citation of it.

        The columns are those of `cells.cited_cells`; text is `str`, numbers are `Int64`. Empty cells and cells without
        a citation are left out.
        """
        import pandas as pd  # noqa: PLC0415  (slow to import)

        evidence = self._evidence_frame()
        names = [name for name in self.paths if name != EVIDENCE] if table is None else [self._known(table)]
        frames = [cited_cells(self.schema(name), self._text_frame(name), evidence) for name in names]
        # Tables have different terms, which are text where they stand in one column.
        texts = dict.fromkeys(["table", "field", "class", "rule"], "str")
        cells = pd.concat([frame.astype(texts) for frame in frames], ignore_index=True)
        is_cited = (cells["cell"] != "") & cells["quote"].notna()
        return cells[is_cited].reset_index(drop=True)

    def csv_bytes(self, table: str) -> bytes:
        """The content of a table's CSV."""
        return csv_bytes(self.path(table), self.paths[table])

    # Provenance

    def citations(self) -> list[Citation]:
        """Every citation, in the order of the table `evidence`."""
        return [Citation(*values) for values in self.filled_rows(EVIDENCE, Citation.__annotations__)]

    def evidence(self, table: str, row_id: str, field: str | None = None) -> list[Citation]:
        """The citations behind a row, or behind one cell of it, in the order of the table `evidence`."""
        self._check_row(table, row_id)
        schema = self.schema(table)
        cells = self.cells(table)
        cells = cells[cells["row_id"] == row_id]
        if field is not None:
            cells = cells[cells["field"] == schema[field].name]
        # The cells of a figure share its citation.
        cells = cells.sort_values("evidence_line").drop_duplicates("evidence_line")
        citations = []
        for cell in cells.to_dict("records"):
            quoted_field = schema[cell["field"]].quoted_field
            location = [cell[name] for name in ("source_id", "paragraph", "start", "end", "quote")]
            citations.append(Citation(table, row_id, quoted_field, *location))
        return citations

    def corroborations(self, table: str, row_id: str) -> list[Row]:
        """What other public sources say about a row: the rows of the table `corroborations` that are about it."""
        self._check_row(table, row_id)
        self._check_fields(CORROBORATIONS, ("table", "row_id"))
        return [row for row in self.rows(CORROBORATIONS) if (row["table"], row["row_id"]) == (table, row_id)]

    def filled_rows(self, table: str, fields: Mapping[str, type]) -> list[list[Any]]:
        """The values of these fields in each row. Raises Unusable where one is empty or of another type."""
        self._check_fields(table, fields)
        filled = []
        for index, row in enumerate(self.rows(table)):
            for name, kind in fields.items():
                if not isinstance(row[name], kind):
                    raise Unusable(self._not_filled(table, index, name, row[name], kind))
            filled.append([row[name] for name in fields])
        return filled

    # Checks

    def verify(self, article: str | Path) -> Verification:
        """Check every citation of a source against a copy of it. Raises Unusable also for what is no copy of one."""
        from .copies.article import read_copy  # noqa: PLC0415  (these modules work on a package)
        from .verification import verify  # noqa: PLC0415

        return verify(read_copy(article), self)

    def validate(self, *, sources: Iterable[str | Path] = ()) -> Validation:
        """Check the package, and its citations against copies of articles.

        Raises Unusable for a folder without a descriptor and for a copy that cannot be read, and ImportError where the
        extra `[validate]` is not installed.
        """
        with needs_extra("validate", "validation"):
            from .checks.all_checks import check  # noqa: PLC0415  (imports Pandera)
        return check(self, sources)

    def pandera_schema(self, table: str) -> pa.DataFrameSchema:
        """The Pandera schema of a table's frame. Raises ImportError where the extra `[validate]` is not installed."""
        schema = self.schema(table)
        with needs_extra("validate", "validation"):
            from .checks.pandera_schema import compile_schema  # noqa: PLC0415  (imports Pandera)
        return compile_schema(schema)

    def _known(self, table: str) -> str:
        if table not in self.paths:
            raise UnknownName("table", table, self.paths)
        return table

    def _locations(self, key: str) -> dict[str, str]:
        """The path or the schema of each resource, by name."""
        located: dict[str, str] = {}
        try:
            for index, resource in enumerate(self.descriptor["resources"]):
                file = resource[key]
                if fault := location_fault(self.root, file):
                    raise Unusable(self.json_file.problem(("resources", index, key), *fault))
                located[resource["name"]] = file
            ", ".join(located)  # names are text
        except (LookupError, TypeError, AttributeError) as error:
            raise Unusable(malformed(self.json_file, error)) from None
        return located

    def _text_frame(self, table: str) -> pd.DataFrame:
        read = read_text_frame(self.csv_bytes(table), self.paths[table], self.schema(table).names)
        if read.frame is None:
            raise Unusable(read.problems[0])
        return read.frame

    def _evidence_frame(self) -> pd.DataFrame:
        """The table `evidence` as a frame in which no citation lacks anything. Raises Unusable where one does."""
        self._check_fields(EVIDENCE, Citation.__annotations__)
        frame = self.frame(EVIDENCE)
        for name, kind in Citation.__annotations__.items():
            values = frame[name].astype("object").where(frame[name].notna(), None)
            for index, value in enumerate(values.tolist()):
                if not isinstance(value, kind):
                    raise Unusable(self._not_filled(EVIDENCE, index, name, value, kind))
        return frame

    def _check_row(self, table: str, row_id: str) -> None:
        schema = self.schema(table)
        row_ids = [schema.row_id(row) for row in self.text_rows(table)]
        if row_id not in row_ids:
            raise UnknownName(f"row of {table}", row_id, row_ids)

    def _check_fields(self, table: str, fields: Iterable[str]) -> None:
        schema = self.schema(table)
        for name in fields:
            if name not in schema:
                message = f"the table {table} lacks the field {name}"
                fix = "Add the field, here and in the CSV."
                raise Unusable(Problem(self.schema_files[table], None, name, message, fix))

    def _not_filled(self, table: str, index: int, name: str, value: object, kind: type) -> Problem:
        message = "the cell is empty" if value is None else f"{value!r} is not of type {kind.__name__}"
        fix = f"{self.schema(table)[name].description} Write that, or remove the row."
        return Problem(self.paths[table], line_of(index), name, message, fix)
