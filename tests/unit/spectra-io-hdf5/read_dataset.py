"""Reads a dataset as a researcher would and recomputes every scan from its frames. FORMATS.md shows the same code."""
import json
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "r") as f:
    assert f.attrs["file_format"] == "singel-dataset" and f.attrs["format_version"] == 1
    assert isinstance(f.attrs["licence"], str)
    table = {name: column[:] for name, column in f["table"].items()}
    words = {name: texts.asstr()[:] for name, texts in f["dictionaries"].items()}
    joined, first = f["identification/json"][:].tobytes(), f["identification/first"][:]
    for i, sample in enumerate(table["id"].astype(str)):
        group = f[f"spectra/axis_{table['axis'][i]}"]
        raw = group["raw"][table["raw_first"][i] : table["raw_first"][i] + table["raw_count"][i]]
        dark = group["dark"][table["dark_first"][i] : table["dark_first"][i] + table["dark_count"][i]]
        scan = group["scan"][table["scan"][i]]
        np.testing.assert_allclose(scan, raw.mean(axis=0) - dark.mean(axis=0), rtol=1e-12, atol=1e-9)
        assert group["scan"].dims[1][0].name.endswith("/axis"), "no dimension scale"
        json.loads(joined[first[i] : first[i + 1]].decode())
        print(sample, words["sold_as"][table["sold_as"][i]], "simulated" if table["simulated"][i] else "measured",
              np.datetime64(int(table["day"][i]), "D"))
    components = f["components"]
    names = components["dictionaries/name"].asstr()[:]
    for row, name, share in zip(components["row"][:], components["name"][:], components["share"][:]):
        print(row, names[name], share)
