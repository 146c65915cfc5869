"""Bring `bytes` and `hash` in datapackage.json up to date with the CSV files: python scripts/refresh.py [FOLDER]."""

import json
import sys
from hashlib import sha256
from pathlib import Path


def refresh(root: Path) -> bool:
    """Write the sizes and hashes of the files into the descriptor, and say whether any had changed."""
    path = root / "datapackage.json"
    before = path.read_text(encoding="utf-8")
    descriptor = json.loads(before)
    for resource in descriptor["resources"]:
        data = (root / resource["path"]).read_bytes()
        resource["bytes"] = len(data)
        resource["hash"] = f"sha256:{sha256(data).hexdigest()}"
    after = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    if after == before:
        return False
    # Written aside and then put in place, so that the descriptor is never half there.
    aside = path.with_suffix(".tmp")
    aside.write_text(after, encoding="utf-8", newline="\n")
    aside.replace(path)
    return True


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1]
    print("datapackage.json is", "refreshed" if refresh(folder) else "up to date")
