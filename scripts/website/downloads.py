"""The files to take away: the package in every format, table by table, and its metadata, with sizes and SHA-256."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from archive import files_in, write_zip
from wuxi_outsourcing.export import FORMATS
from wuxi_outsourcing.export.content import read_content
from wuxi_outsourcing.package import DESCRIPTOR, Package

from .site_book import SiteBook

METADATA = ("CITATION.cff", "croissant.json", "schema-org.jsonld", "annotations.jsonld")
LICENCES = ("LICENSE", "LICENSE-DATA", "CHANGELOG.md")
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away; `kind` says which words describe it, `table` whose it is."""

    address: str
    kind: str
    size: int
    sha256: str
    table: str = ""

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.address.rpartition("/")[2]

    @property
    def shown(self) -> str:
        """The size, for people.

        >>> Download("a.csv", "csv", 1740, "").shown
        '1.7 KiB'
        """
        if self.size < _KIB:
            return f"{self.size} B"
        size, unit = (self.size / _KIB, "KiB") if self.size < _KIB**2 else (self.size / _KIB**2, "MiB")
        return f"{size:.1f} {unit}"


def downloads(sites: list[SiteBook], made: Path) -> Mapping[str, list[Download]]:
    """Write the files into the site, and list them by group: everything, tables, metadata."""
    package = sites[0].book.package
    folder = made / "downloads"
    folder.mkdir(parents=True)
    groups: dict[str, list[Download]] = {
        "everything": _everything(sites, package, folder),
        "tables": [],
        "metadata": [],
    }
    for table in package.paths:
        for kind, file in (("csv", package.paths[table]), ("schema", package.schema_files[table])):
            groups["tables"].append(_copied(package.root, file, folder, kind, table))
    for file in (DESCRIPTOR, *METADATA):
        groups["metadata"].append(_copied(package.root, file, folder, "other"))
    return groups


def _everything(sites: list[SiteBook], package: Package, folder: Path) -> list[Download]:
    name = f"{package.descriptor['name']}-{package.version}"
    epoch = int(datetime.fromisoformat(package.descriptor["created"]).timestamp())
    readme = folder / "README.md"
    readme.write_text("\n\n".join(map(_readme, sites)) + "\n", encoding="utf-8", newline="\n")
    names = [DESCRIPTOR, *METADATA, *LICENCES, *package.paths.values(), *package.schema_files.values()]
    files = {f"{name}/{file}": package.root / file for file in names if (package.root / file).is_file()}
    write_zip(folder / f"{name}.zip", {f"{name}/README.md": readme} | files, epoch)
    readme.unlink()
    found = [_listed(folder, f"{name}.zip", "zip")]
    content = read_content(package)
    for form in ("xlsx", *(form for form in FORMATS if form != "xlsx")):
        file = f"{name}.{'duckdb.sql' if form == 'duckdb' else form}"
        write = import_module(f"wuxi_outsourcing.export.{FORMATS[form]}").write
        if form == "parquet":
            file += ".zip"
            with TemporaryDirectory() as beside:
                path = Path(beside) / name
                write(content, path)
                write_zip(folder / file, files_in(path, f"{name}-parquet/"), epoch)
        else:
            write(content, folder / file)
        found.append(_listed(folder, file, form))
    return found


def _readme(site: SiteBook) -> str:
    """What the zip file holds, in one language."""
    book = site.book
    title, description = book.about
    tables = [f"- `{book.package.paths[schema.name]}`: {book.description(schema)}" for schema in book.schemas]
    lines = [f"# {title}", "", description, "", f"## {site.words['tables']}", "", *tables]
    return "\n".join([*lines, "", f"## {site.words['cite']}", "", book.citation])


def _copied(root: Path, file: str, folder: Path, kind: str, table: str = "") -> Download:
    (folder / file).parent.mkdir(exist_ok=True)
    copyfile(root / file, folder / file)
    return _listed(folder, file, kind, table)


def _listed(folder: Path, file: str, kind: str, table: str = "") -> Download:
    data = (folder / file).read_bytes()
    return Download(f"downloads/{file}", kind, len(data), sha256(data).hexdigest(), table)
