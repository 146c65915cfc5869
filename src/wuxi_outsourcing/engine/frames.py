"""Tables as pandas data frames: the one reader of frames, strict; typed, and with labels for terms.

pandas' own reader hides damage: a short row is padded, a long one shifts into the index, an empty line vanishes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from .canonical_csv import is_canonical_csv
from .citation import attribution, citation_text
from .csv_files import FORMS, header_fault, line_of, parse_csv, ragged_row, type_fault
from .files import BOM, decode
from .problems import Problem, Unusable
from .schema import KEY_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .json_files import JsonFile
    from .schema import TableSchema

Language = Literal["en", "zh"]
LANGUAGES = ("en", "zh")
# Every dtype can hold a missing value, so that it does not depend on whether the field is required.
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}


@dataclass(frozen=True, slots=True, eq=False)
class TextFrame:
    """What came of reading a CSV as a frame of `str`, an empty cell as ""."""

    frame: pd.DataFrame | None
    """The cells, with a plain RangeIndex; None where rows and cells are not clear."""
    is_canonical: bool = False
    """Whether the file is as `format` writes it, as far as that can be seen without sorting its rows."""
    problems: list[Problem] = field(default_factory=list)
    """Why rows and cells are not clear."""


@dataclass(frozen=True, slots=True, eq=False)
class TypedFrame:
    """A frame with the dtypes of `DTYPES`. A cell that is not of its type is missing in it."""

    frame: pd.DataFrame
    faults: list[tuple[int, str, str, str]] = field(default_factory=list)
    """For each cell that is not of its type: row, field, message and fix."""


def read_text_frame(data: bytes, file: str, names: Sequence[str]) -> TextFrame:
    """The cells in the bytes of a CSV that has these fields: by Arrow, if it is there, where the form is canonical.

    Arrow reads large tables many times faster than the csv module, but forgives what is quoted wrongly.
    """
    is_canonical = is_canonical_csv(data, names)
    if is_canonical:
        frame = _by_arrow(data, names)
        if frame is not None:
            return TextFrame(frame, is_canonical)
    try:
        return _by_csv(data, file, names, is_canonical=is_canonical)
    except Unusable as unusable:
        return TextFrame(None, problems=[unusable.problem])


def typed_frame(text: pd.DataFrame, schema: TableSchema) -> TypedFrame:
    """The cells of a frame of `str` as values of the types that the schema gives."""
    import pandas as pd  # noqa: PLC0415  (slow to import)

    faults: list[tuple[int, str, str, str]] = []
    columns: dict[str, pd.Series[Any]] = {}
    for column in schema:
        cells = text[column.name].replace("", None)
        if column.type == "string":
            columns[column.name] = cells
            continue
        form, _, _ = FORMS[column.type]
        has_form = text[column.name].str.fullmatch(form)
        typed = _values(column.type, cells.where(has_form))
        columns[column.name] = typed
        wrong = cells[cells.notna() & typed.isna()]
        for row, cell in zip(wrong.index.tolist(), wrong, strict=True):
            faults.append((row, column.name, *type_fault(cell, column.type)))
    return TypedFrame(pd.DataFrame(columns, copy=False), faults)


def key_texts(text: pd.DataFrame, fields: Sequence[str]) -> pd.Series[str]:
    """The cells of some fields of each row, joined as `TableSchema.row_id` joins those of the primary key."""
    first, *others = fields
    keys = text[first]
    for name in others:
        keys = keys + KEY_SEPARATOR + text[name]
    return keys


def with_labels(frame: pd.DataFrame, schema: TableSchema, language: Language) -> pd.DataFrame:
    """A typed frame with terms as categoricals of their labels, in the order of the vocabulary."""
    import pandas as pd  # noqa: PLC0415

    labelled = {}
    for column in schema:
        terms = column.vocabulary_zh if language == "zh" else column.vocabulary
        if terms:
            labels = list(dict.fromkeys(terms.values()))
            labelled[column.name] = pd.Categorical(frame[column.name].map(terms), categories=labels)
    return frame.assign(**labelled)


def attributes(descriptor: JsonFile, schema: TableSchema, language: Language) -> dict[str, Any]:
    """What a frame says of itself, as text that survives in a Parquet file. Raises Unusable."""
    chinese = language == "zh"
    about = attribution(descriptor)
    return {
        "title": schema.title_zh if chinese else schema.title,
        "description": schema.description_zh if chinese else schema.description,
        "units": {column.name: column.unit for column in schema if column.unit},
        "version": about["version"],
        "licence": about["licence"],
        "source": about["source"],
        "citation": citation_text(descriptor),
    }


def _by_arrow(data: bytes, names: Sequence[str]) -> pd.DataFrame | None:
    """The cells of a canonical file; None where Arrow is not installed, or where the csv module must say what is wrong.

    Arrow comes with the extras.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  (slow to import)
        import pyarrow.csv  # noqa: PLC0415
    except ModuleNotFoundError:
        return None
    import pandas as pd  # noqa: PLC0415

    options = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    dtypes = {pa.string(): pd.StringDtype(na_value=float("nan"))}
    try:
        table = pyarrow.csv.read_csv(pa.py_buffer(data), convert_options=options)
    except pa.ArrowInvalid:
        return None
    if table.num_rows == 0 or table.num_rows != data.count(b"\n") - 1:
        return None
    frame: pd.DataFrame = table.to_pandas(types_mapper=dtypes.get)
    return frame


def _by_csv(data: bytes, file: str, names: Sequence[str], *, is_canonical: bool) -> TextFrame:
    """The cells of a file in any form whose rows are certain. Raises Unusable."""
    import pandas as pd  # noqa: PLC0415

    header, *records = parse_csv(decode(data, file).removeprefix(BOM), file)
    if header != names:
        raise Unusable(Problem(file, 1, None, *header_fault(header, names)))
    ragged: list[Problem] = []
    for row, record in enumerate(records):
        if len(record) != len(header):
            ragged.append(ragged_row(file, line_of(row), record, len(header)))
    if ragged:
        return TextFrame(None, problems=ragged)
    return TextFrame(pd.DataFrame(records, columns=list(names), dtype="str"), is_canonical)


def _values(field_type: str, cells: pd.Series[str]) -> pd.Series[Any]:
    """Cells of the right form as values; a day that is in no calendar is missing."""
    import pandas as pd  # noqa: PLC0415

    if field_type == "date":
        return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    values: Any = cells.map({"true": True, "false": False}) if field_type == "boolean" else cells
    typed: pd.Series[Any] = values.astype(DTYPES[field_type])
    return typed
