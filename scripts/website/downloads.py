"""The files to take away: the package in every format, table by table, and its metadata, with sizes and SHA-256."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from archive import files_in, write_zip
from generate import GENERATED
from localized_package import LocalizedPackage
from metadata import CITATION_FILE, PUBLISHED, make_metadata
from metadata.asset_names import DOWNLOADS, ENDS, asset
from series_files import write_series
from wuxi_outsourcing.engine.export import FORMATS
from wuxi_outsourcing.engine.export.content import Content, read_content
from wuxi_outsourcing.engine.package import DESCRIPTOR, Package

from .localized_site import LocalizedSite

# Documents that are not generated, but that go with the data package, so that no link in it is dead.
BESIDE = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "CONTRIBUTING.zh-CN.md",
    "LICENSE",
    "LICENSE-DATA",
    "docs/benchmarks.md",
    "docs/programs.md",
    "docs/releasing.md",
)
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away."""

    address: str
    kind: str
    """Which of the site's words describe it."""
    size: int
    sha256: str
    table: str = ""
    """The table that it is of, if it is of one."""

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
        if self.size < _KIB**2:
            return f"{self.size / _KIB:.1f} KiB"
        return f"{self.size / _KIB**2:.1f} MiB"


def downloads(site: LocalizedSite, made: Path) -> Mapping[str, list[Download]]:
    """Write the files into the site, and list them by group: everything, series, tables, metadata."""
    package = site.localized.package
    folder = made / DOWNLOADS
    folder.mkdir(parents=True)
    return {
        "everything": _everything(package, folder),
        "series": [_listed(folder, name, kind) for name, kind in write_series(package, folder).items()],
        "tables": _tables(package, folder),
        "metadata": _metadata(site.localized, folder),
    }


def _everything(package: Package, folder: Path) -> list[Download]:
    """The whole package in each format; a release has the same files."""
    descriptor = package.descriptor
    epoch = int(datetime.fromisoformat(descriptor["created"]).timestamp())
    content = read_content(package)
    with TemporaryDirectory() as temporary:
        archives = _archives(package, content, Path(temporary))
        for kind, files in archives.items():
            write_zip(folder / asset(descriptor, kind), files, epoch)
    for form in FORMATS.keys() - archives.keys():
        _export(form, content, folder / asset(descriptor, form))
    return [_listed(folder, asset(descriptor, kind), kind) for kind in ENDS if kind != "site"]


def _tables(package: Package, folder: Path) -> list[Download]:
    """The CSV and the schema of each table."""
    files = []
    for table in package.paths:
        files.append(_copied(package.root, package.paths[table], folder, "csv", table))
        files.append(_copied(package.root, package.schema_files[table], folder, "schema", table))
    return files


def _metadata(localized: LocalizedPackage, folder: Path) -> list[Download]:
    """The descriptor, the citation file, and the metadata that the repository does not hold."""
    files = [_copied(localized.package.root, file, folder, "other") for file in (DESCRIPTOR, CITATION_FILE)]
    for name in PUBLISHED:
        text = make_metadata(localized, name)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        files.append(_listed(folder, name, "other"))
    return files


def _archives(package: Package, content: Content, beside: Path) -> dict[str, dict[str, Path]]:
    """The files of each zip file, by their path in it. Those that the package lacks are made in the folder `beside`."""
    top = f"{package.descriptor['name']}-{package.version}"
    parquet = beside / f"{top}.parquet"
    _export("parquet", content, parquet)
    return {
        "data-package": _in_folder(top, _package_files(package)),
        "spreadsheet": _in_folder(top, _spreadsheet_files(package, beside / "spreadsheets")),
        "parquet": files_in(parquet, f"{parquet.name}/"),
    }


def _in_folder(top: str, files: Mapping[str, Path]) -> dict[str, Path]:
    """The files with their paths in a folder."""
    return {f"{top}/{name}": path for name, path in files.items()}


def _package_files(package: Package) -> dict[str, Path]:
    """The files of the bare data package: tables, schemas, and the documents that are there."""
    generated = [name for name in GENERATED if not name.startswith("src/")]
    names = [DESCRIPTOR, *BESIDE, *generated, *package.paths.values(), *package.schema_files.values()]
    paths = {name: package.root / name for name in names}
    return {name: path for name, path in paths.items() if path.is_file()}


def _spreadsheet_files(package: Package, folder: Path) -> dict[str, Path]:
    """The tables as CSVs for Excel, made in a new folder, and the licence if it is there."""
    folder.mkdir()
    for table in package.paths:
        # Excel takes a CSV for UTF-8 only where it begins with this mark.
        (folder / f"{table}.csv").write_bytes(BOM_UTF8 + package.path(table).read_bytes())
    files = files_in(folder)
    licence = package.root / "LICENSE-DATA"
    if licence.is_file():
        files[licence.name] = licence
    return files


def _export(form: str, content: Content, path: Path) -> None:
    """Write the package in one of the engine's formats."""
    module = import_module(f"wuxi_outsourcing.engine.export.{FORMATS[form]}")
    module.write(content, path)


def _copied(root: Path, file: str, folder: Path, kind: str, table: str = "") -> Download:
    """A file of the package, once it is copied."""
    (folder / file).parent.mkdir(exist_ok=True)
    copyfile(root / file, folder / file)
    return _listed(folder, file, kind, table)


def _listed(folder: Path, file: str, kind: str, table: str = "") -> Download:
    """A file of the folder of downloads, with its size and hash."""
    data = (folder / file).read_bytes()
    return Download(f"{DOWNLOADS}/{file}", kind, len(data), sha256(data).hexdigest(), table)
