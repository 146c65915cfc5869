"""The progress bar, on a terminal of its own."""

import os
import sys
from pathlib import Path

import pytest

from mini import make_mini

pty = pytest.importorskip("pty", reason="needs a system with pseudo-terminals, which Windows is not")
# The command with another delay: a test must not depend on how fast the machine is.
COMMAND = "import sys; from wuxi_outsourcing.commands import progress; progress.DELAY = float(sys.argv.pop(1)); "
COMMAND += "from wuxi_outsourcing.cli import main; sys.exit(main())"


def on_terminal(*arguments: str | Path) -> tuple[str, int]:
    """What a command writes to its terminal, and its exit status."""
    written: list[bytes] = []

    def read(terminal: int) -> bytes:
        written.append(os.read(terminal, 1 << 16))
        return written[-1]

    # What is written is also shown, which pytest keeps for a test that fails.
    status = pty.spawn([sys.executable, "-c", COMMAND, *map(str, arguments)], read)
    return b"".join(written).decode(), os.waitstatus_to_exitcode(status)


def test_shown_when_it_takes_long(tmp_path: Path) -> None:
    """Catches a bar that never shows, does not follow the steps, or stays when all is done."""
    shown, status = on_terminal("0", "validate", make_mini(tmp_path / "mini"))
    assert status == 0
    assert shown.count("━") > 10
    assert "comparing cells with their evidence" in shown
    assert "\x1b[2K" in shown.rpartition("valid:")[0][-20:], "the line is not cleared"
    assert shown.rstrip().endswith(str(tmp_path / "mini"))


def test_not_shown_when_it_is_fast(tmp_path: Path) -> None:
    """Catches a bar that flashes up for what is done in a moment, and a command that waits for its timer."""
    shown, status = on_terminal("1000", "validate", make_mini(tmp_path / "mini"))
    assert (shown.strip(), status) == (f"valid: {tmp_path / 'mini'}", 0)


def test_a_problem_ends_it(tmp_path: Path) -> None:
    """Catches a bar that is left on the terminal, with its cursor hidden, when the command can't run."""
    shown, status = on_terminal("0", "validate", tmp_path / "nowhere")
    assert status == 2
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h")
