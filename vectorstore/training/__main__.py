"""Runs the recipe, stage by stage; a stage that is done is not done again."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from vectorstore.training import table
from vectorstore.training.alignment import Links

_log = logging.getLogger(__name__)


def main() -> None:
    """Reads the command line and makes the bundled model."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training texts")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="finished stages")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to use")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)
    all_links(options.data, options.work)


def all_links(data: Path, work: Path) -> dict[tuple[str, str], Links]:
    """Aligns every pair of languages that is not yet aligned."""
    stems = table.Stems()
    found = {}
    for one, other in table.PAIRS:
        path = work / f"links-{one}-{other}.npz"
        if not path.exists():
            table.links(data, one, other, stems).save(path)
        found[one, other] = Links.load(path)
    return found


if __name__ == "__main__":
    main()
