"""The public names: what a base install has, what editors and type checkers see, what is imported to get there."""

import inspect
import pickle
import pydoc
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import pytest

import wuxi_outsourcing as wx
from support import ARTICLES, FROZEN

if TYPE_CHECKING:
    from wuxi_outsourcing.table_types import CorroborationsRow, ParksRow, TableName

# Makes every import of what only the extras, or `load`, bring fail.
BASE = """
import sys
class Base:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {absent}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Base)
"""
EXTRAS = {"pandera", "frictionless", "pyarrow", "xlsxwriter", "jsonschema_rs", "dplib"}
LARGE = EXTRAS | {"pandas", "numpy"}


def run(code: str, absent: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """What a program prints where some libraries are not installed."""
    program = BASE.format(absent=absent or {""}) + code
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8").stdout


def test_base_install_is_whole() -> None:
    """Catches a public name that needs an extra, or pandas, before it is called."""
    code = """
from wuxi_outsourcing import *
import inspect, pydoc
import wuxi_outsourcing as wx
assert set(wx.__all__) <= set(globals())
members = dict(inspect.getmembers(wx))
assert all(members[name] is getattr(wx, name) is globals()[name] for name in wx.__all__)
text = pydoc.plain(pydoc.render_doc(wx))
assert all(name in text for name in [*wx.__all__, wx.__version__])
folder = wx.path("parks").parents[1]
print(len(wx.rows("parks")) > 0, wx.describe("parks").name, bool(wx.cite()), wx.diff(folder, folder).changes)
"""
    assert run(code, LARGE) == "True parks True ()\n"


@pytest.mark.parametrize(
    ("call", "extra"),
    [
        ("validate()", "validate"),
        ("schema('parks')", "validate"),
        ("export('xlsx', 'x.xlsx')", "export"),
        ("export('parquet', 'x')", "export"),
    ],
)
def test_calls_that_need_an_extra_name_it(call: str, extra: str) -> None:
    """Catches a missing extra that is reported without the line that installs it."""
    code = f"import wuxi_outsourcing as wx\ntry: wx.{call}\nexcept ImportError as error: print(error)"
    assert f"pip install 'wuxi-outsourcing[{extra}]'" in run(code, EXTRAS)


def test_a_command_that_needs_an_extra_names_it() -> None:
    """Catches a pattern that is passed over, or matched by another engine, where RE2 is not installed."""
    arguments = ["quote", str(ARTICLES["yunchuan-2021"]), "12.4%", "--package", str(FROZEN)]
    code = f"from wuxi_outsourcing.engine.cli import main\nsys.stderr = sys.stdout\nprint(main({arguments}))"
    printed = run(code, EXTRAS)
    assert "pip install 'wuxi-outsourcing[validate]'" in printed
    assert printed.endswith("\n2\n")


@pytest.mark.parametrize("call", ["rows('parks')", "describe('parks')", "cite()", "path('parks')"])
def test_reading_is_light(call: str) -> None:
    """Catches an import of pandas, Pandera or another large library, for which every program would wait."""
    code = f"import wuxi_outsourcing as wx; wx.{call}; print(*sys.modules)"
    loaded = {name.partition(".")[0] for name in run(code).split()}
    assert loaded & LARGE == set()


def test_commands_start_light() -> None:
    """Catches a command that waits for the modules of the others, and help that only a full installation can print."""
    code = f"""
from wuxi_outsourcing.engine.cli import main
assert main(["tables", "--package", {str(FROZEN)!r}]) == 0
print(*(name.rpartition(".")[2] for name in sys.modules if ".cli.commands." in name))
"""
    assert run(code, LARGE).splitlines()[-1] == "tables"
    assert "\n    quote " in run("from wuxi_outsourcing.engine.cli import main; main([])", LARGE)


def test_names_are_functions_whatever_is_imported() -> None:
    """Catches a module that takes the place of the function of its name."""
    code = """
import wuxi_outsourcing.engine.diff.report, wuxi_outsourcing.engine.export.content, wuxi_outsourcing.engine.csv_files
import wuxi_outsourcing.indicator_series
import wuxi_outsourcing as wx
print(*(inspect.isfunction(function) for function in (wx.diff, wx.export, wx.tables, wx.corroborations, wx.series)))
"""
    assert run(f"import inspect{code}") == "True True True True True\n"


def test_everything_public_is_documented() -> None:
    """Catches a public name without a docstring or an example, and an unknown name that is there."""
    for name in wx.__all__:
        thing = getattr(wx, name)
        assert (thing.__doc__ or "").strip(), name
        assert ">>>" in thing.__doc__ or name == "ForeignKey", name
    assert "table" in inspect.signature(wx.load).parameters
    assert "The rows of a table" in pydoc.render_doc(wx.rows)
    with pytest.raises(AttributeError, match="has no attribute 'lode'"):
        getattr(wx, "lode")  # noqa: B009  (for the type checker it is not there)


def test_unknown_names_cross_processes() -> None:
    """Catches a misspelt table that breaks a pool of processes."""
    with ProcessPoolExecutor(1) as pool, pytest.raises(wx.UnknownName, match="no table 'polices': did you mean"):
        pool.submit(wx.rows, "polices").result()  # type: ignore[arg-type]  # as a user of no type checker would
    problem = wx.Problem("a.csv", 1, None, "wrong", "Fix it.")
    assert pickle.loads(pickle.dumps(wx.Unusable(problem))).problem == problem  # noqa: S301  (our own)
    schema = pickle.loads(pickle.dumps(wx.describe("parks")))  # noqa: S301
    assert schema == wx.describe("parks")
    assert hash(schema) == hash(wx.describe("parks"))


if TYPE_CHECKING:
    # What mypy, run by `make lint`, must know of tables and rows. It refuses an ignore where there is no error.
    row: ParksRow = wx.rows("parks")[0]
    key: str = row["park_id"]
    note: str | None = row["note_en"]
    schema: wx.TableSchema = wx.describe("parks")
    fields: list[wx.Field] = list(schema)
    keys: tuple[wx.ForeignKey, ...] = schema.foreign_keys
    citations: list[wx.Citation] = wx.evidence("parks", key)
    others: list[CorroborationsRow] = wx.corroborations("parks", key)
    names: list[TableName] = wx.tables()
    frame = wx.load(names[0], labels="zh")
    licence = frame.attrs["licence"]
    version: str = wx.__version__
    wx.rows("polices")  # type: ignore[call-overload]
    wx.load("polices")  # type: ignore[arg-type]
    wx.lode("parks")  # type: ignore[attr-defined]
    nothing = row["nothing"]  # type: ignore[typeddict-item]
