"""Puts the data package into the wheel, but not into an editable install, which reads it from the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataPackage(BuildHookInterface):  # type: ignore[type-arg]  # Hatchling finds a hook by this base class
    """The wheel's copy of the three product paths."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the paths to a standard build."""
        if version != "editable":
            for path in ("datapackage.json", "data", "schemas"):
                build_data["force_include"][path] = f"wuxi_outsourcing/_package/{path}"
