"""axe-core on a page, at every width and in both schemes."""

import json
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page

from support import ROOT

MODULES = ROOT / ".venv/node_modules"
WIDTHS = (320, 390, 1440)
_AXE = MODULES / "axe-core/axe.min.js"
# In the second scheme only colours differ, so that only the rules about colours can find something new.
_RULES: dict[Any, list[str]] = {"light": [], "dark": ["color-contrast", "link-in-text-block"]}
_RUN = """async ([within, rules]) => {
  const { violations } = await axe.run(within, rules.length ? { runOnly: rules } : {});
  return violations.map((rule) => [rule.id, rule.nodes[0].html]);
}"""


def check_accessibility(page: Page, within: str = "html") -> None:
    """Fail with what axe-core finds on an open page, or in a part of it. The context must bypass the pages' policy.

    The page is resized instead of loaded anew, to save time.
    """
    if not _AXE.is_file():
        pytest.skip("no axe-core: `make site-test` fetches it where there is npm")
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url=_AXE.as_uri())
    faults = {}
    for width, (scheme, rules) in product(WIDTHS, _RULES.items()):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if found := page.evaluate(_RUN, [within, rules]):
            faults[f"{width} {scheme}"] = found
    assert faults == {}, f"{page.url} {within}: {json.dumps(faults, ensure_ascii=False, indent=1)}"
