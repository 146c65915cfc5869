"""The checksums of a folder, in a file beside the others."""

from hashlib import sha256
from pathlib import Path

from archive import files_in

SUMS = "SHA256SUMS"


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of each file of a folder into it, as `sha256sum --check SHA256SUMS` reads it."""
    lines = []
    for name, path in sorted(files_in(folder).items()):
        digest = sha256(path.read_bytes()).hexdigest()
        lines.append(f"{digest}  {name}\n")
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
