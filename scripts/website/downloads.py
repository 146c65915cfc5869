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
from metadata import CITATION_FILE, PUBLISHED, make_metadata
from metadata.asset_names import DOWNLOADS, ENDS, asset
from wuxi_outsourcing.engine.export import FORMATS
from wuxi_outsourcing.engine.export.content import Content, read_content
from wuxi_outsourcing.engine.package import DESCRIPTOR, Package

from .localized_site import LocalizedSite

# What the data package has beside tables, schemas and generated files, so that no link in it is dead.
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


def downloads(site: LocalizedSite, made: Path) -> Mapping[str, list[Download]]:
    """Write the files into the site, and list them by group: everything, tables, metadata."""
    package = site.localized.package
    folder = made / DOWNLOADS
    folder.mkdir(parents=True)
    groups: dict[str, list[Download]] = {"everything": _everything(package, folder), "tables": [], "metadata": []}
    for table in package.paths:
        for kind, file in (("csv", package.paths[table]), ("schema", package.schema_files[table])):
            groups["tables"].append(_copied(package.root, file, folder, kind, table))
    for file in (DESCRIPTOR, CITATION_FILE):
        groups["metadata"].append(_copied(package.root, file, folder, "other"))
    for name in PUBLISHED:
        text = make_metadata(site.localized, name)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        groups["metadata"].append(_listed(folder, name, "other"))
    return groups


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


def _archives(package: Package, content: Content, beside: Path) -> dict[str, dict[str, Path]]:
    """The files of each zip file, by their path in it; those that the package lacks are made in a folder beside."""
    top = f"{package.descriptor['name']}-{package.version}"
    parquet, spreadsheets = beside / f"{top}.parquet", beside / "spreadsheets"
    _export("parquet", content, parquet)
    spreadsheets.mkdir()
    for table in package.paths:
        # Excel takes a CSV for UTF-8 only where it begins with this mark.
        (spreadsheets / f"{table}.csv").write_bytes(BOM_UTF8 + package.path(table).read_bytes())
    licence = {"LICENSE-DATA": package.root / "LICENSE-DATA"}
    archives = {
        "data-package": _package_files(package),
        "spreadsheet": files_in(spreadsheets) | {name: path for name, path in licence.items() if path.is_file()},
    }
    in_folder = {kind: {f"{top}/{name}": path for name, path in files.items()} for kind, files in archives.items()}
    return in_folder | {"parquet": files_in(parquet, f"{parquet.name}/")}


def _package_files(package: Package) -> dict[str, Path]:
    """The files of the bare data package: tables, schemas, and what of the documents is there."""
    generated = [name for name in GENERATED if not name.startswith("src/")]
    names = [DESCRIPTOR, *BESIDE, *generated, *package.paths.values(), *package.schema_files.values()]
    return {name: package.root / name for name in names if (package.root / name).is_file()}


def _export(form: str, content: Content, path: Path) -> None:
    import_module(f"wuxi_outsourcing.engine.export.{FORMATS[form]}").write(content, path)


def _copied(root: Path, file: str, folder: Path, kind: str, table: str = "") -> Download:
    (folder / file).parent.mkdir(exist_ok=True)
    copyfile(root / file, folder / file)
    return _listed(folder, file, kind, table)


def _listed(folder: Path, file: str, kind: str, table: str = "") -> Download:
    data = (folder / file).read_bytes()
    return Download(f"{DOWNLOADS}/{file}", kind, len(data), sha256(data).hexdigest(), table)
