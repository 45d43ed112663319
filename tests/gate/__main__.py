"""Measures, prints, and raises floors towards what was measured.

Floors rise in steps of a twentieth, so that one question more or less does not decide. A floor
is lowered only by ``--lower FIGURE --because REASON``, which the file keeps; the floor under
exact citations never is.
"""

import argparse
import datetime as dt
import json
import math
import tempfile
from pathlib import Path

from tests.gate.figures import FLOORS, data_hash, measure, measure_outside, outside

_STEPS = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lower", action="append", default=[], metavar="FIGURE")
    parser.add_argument("--because", default="", metavar="REASON")
    parser.add_argument("--outside", action="store_true", help="measure the larger sets too")
    options = parser.parse_args()
    if options.lower and not options.because:
        parser.error("--lower needs --because: why is the figure allowed to fall?")
    if "citations exact" in options.lower:
        parser.error("Citations are exact, or they are not shown.")
    held = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    with tempfile.TemporaryDirectory() as store:
        held["floors"] = _moved(held, "floors", measure(Path(store)), options)
    if options.outside and (folder := outside()):
        with tempfile.TemporaryDirectory() as store:
            found = measure_outside(folder, Path(store))
        held["outside"] = _moved(held, "outside", found, options)
    held["data"] = data_hash()
    text = json.dumps(held, indent=1, ensure_ascii=False, sort_keys=True)
    FLOORS.write_text(text + "\n", encoding="utf-8")


def _moved(held, part, measured, options):
    floors = dict(held.get(part, {}))
    for name, value in sorted(measured.items()):
        step = math.floor(value * _STEPS) / _STEPS
        floor = floors.get(name, step)
        if value < floor and name in options.lower:
            day = dt.datetime.now(dt.UTC).date().isoformat()
            lowered = {"figure": name, "from": floor, "to": step, "because": options.because}
            held.setdefault("lowered", []).append({"day": day, **lowered})
            floor = step
        fell = " BELOW ITS FLOOR" if value < floor else ""
        print(f"{name}: {value} (floor {floor}){fell}")  # noqa: T201 - this script's output
        floors[name] = max(floor, step)
    return floors


if __name__ == "__main__":
    main()
