"""tools/sweep: see main.py and docs/sweep.md."""
import pathlib
import sys

# The folder above is the package's; this one's modules have names that others may have too.
sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])

from host_sweep.main import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
