"""The checks of a data package, a module a layer; they need the extra `[validate]`."""
