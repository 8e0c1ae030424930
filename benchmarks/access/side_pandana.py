"""pandana's side, run by the peers' own Python: nearest facility of each class, counts within three distances.

pandana 0.8 is AGPL: it is called here in a process of its own, never imported by the product.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pandana
import pandas as pd

DISTANCES = (5_000, 8_000, 10_000)


def main() -> None:
    """Run once and print processor seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with np.load(options.graph) as file:
        arrays = dict(file)
    farthest = max(DISTANCES)
    kinds = np.unique(arrays["kind"])
    clock = [time.process_time()]
    x, y = (pd.Series(column) for column in arrays["position"].T)
    weights = pd.DataFrame({"length": arrays["length"].astype(float)})
    network = pandana.Network(x, y, pd.Series(arrays["first"]), pd.Series(arrays["second"]), weights, twoway=True)
    clock.append(time.process_time())
    nearest = np.empty((len(x), kinds.size))
    for column, kind in enumerate(kinds):
        node = arrays["facility"][arrays["kind"] == kind]
        network.set_pois(str(kind), farthest, 1, x.iloc[node], y.iloc[node])
        nearest[:, column] = network.nearest_pois(farthest, str(kind), num_pois=1, imp_name=None)[1].to_numpy()
    clock.append(time.process_time())
    network.precompute(farthest)
    counts = np.empty((len(x), kinds.size, len(DISTANCES)))
    for column, kind in enumerate(kinds):
        node = pd.Series(arrays["facility"][arrays["kind"] == kind])
        network.set(node, variable=pd.Series(np.ones(len(node))), name=str(kind))
        for position, distance in enumerate(DISTANCES):
            counts[:, column, position] = network.aggregate(
                distance, type="sum", decay="flat", name=str(kind)
            ).to_numpy()
    clock.append(time.process_time())
    build, k1, k2 = np.diff(clock).tolist()
    seconds = {"build": build, "nearest": k1, "counts": k2, "total": build + k1 + k2}
    print(f"pandana: {seconds}", file=sys.stderr)
    np.savez(options.out, nearest=nearest, counts=counts)
    sys.stdout.write("\n" + json.dumps({"runs": [seconds], "version": pandana.__version__}))


if __name__ == "__main__":
    main()
