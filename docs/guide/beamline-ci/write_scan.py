# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Writes one small NXmx scan: the part of a file writer that its continuous integration tries."""

import sys

import h5py
import numpy as np


def group(parent, name, nx_class):
    child = parent.create_group(name)
    child.attrs["NX_class"] = nx_class
    return child


def field(parent, name, value, units=None, **attributes):
    dataset = parent.create_dataset(name, data=value)
    if units:
        attributes["units"] = units
    for key, text in attributes.items():
        dataset.attrs[key] = text
    return dataset


def axis(parent, name, value, units, kind, vector, depends_on, offset=(0, 0, 0)):
    return field(parent, name, value, units, transformation_type=kind, vector=np.array(vector, float),
                 offset=np.array(offset, float), offset_units="mm", depends_on=depends_on)


def write(path, frames=10, shape=(512, 1028)):
    with h5py.File(path, "w") as file:
        entry = group(file, "entry", "NXentry")
        field(entry, "definition", "NXmx")
        field(entry, "start_time", "2026-11-20T09:30:00Z")
        field(entry, "end_time_estimated", "2026-11-20T09:30:01Z")
        source = group(entry, "source", "NXsource")
        field(source, "name", "Example Light Source")
        instrument = group(entry, "instrument", "NXinstrument")
        field(instrument, "name", "EXAMPLE LIGHT SOURCE BEAMLINE 1")
        beam = group(instrument, "beam", "NXbeam")
        field(beam, "incident_wavelength", 0.9795, "angstrom")
        field(beam, "total_flux", 1e12, "Hz")
        detector = group(instrument, "detector", "NXdetector")
        field(detector, "description", "Example detector")
        field(detector, "sensor_material", "Si")
        field(detector, "sensor_thickness", 0.45, "mm")
        field(detector, "count_time", 0.01, "s")
        field(detector, "frame_time", 0.01, "s")
        field(detector, "saturation_value", 65533)
        field(detector, "bit_depth_readout", 16)
        field(detector, "x_pixel_size", 7.5e-5, "m")
        field(detector, "y_pixel_size", 7.5e-5, "m")
        field(detector, "depends_on", "/entry/instrument/detector/transformations/det_z")
        moves = group(detector, "transformations", "NXtransformations")
        axis(moves, "det_z", 150.0, "mm", "translation", (0, 0, 1), ".")
        module = group(detector, "module", "NXdetector_module")
        field(module, "data_origin", np.array([0, 0]))
        field(module, "data_size", np.array(shape))
        here = "/entry/instrument/detector/module/module_offset"
        axis(module, "module_offset", 0.0, "mm", "translation", (1, 0, 0), "/entry/instrument/detector/transformations/det_z",
             offset=(shape[1] / 2 * 0.075, -shape[0] / 2 * 0.075, 0))
        axis(module, "fast_pixel_direction", 0.075, "mm", "translation", (-1, 0, 0), here)
        axis(module, "slow_pixel_direction", 0.075, "mm", "translation", (0, 1, 0), here)
        sample = group(entry, "sample", "NXsample")
        field(sample, "name", "lysozyme")
        field(sample, "depends_on", "/entry/sample/transformations/omega")
        turns = group(sample, "transformations", "NXtransformations")
        axis(turns, "omega", np.arange(frames) * 0.1, "deg", "rotation", (-1, 0, 0), ".")
        data = group(entry, "data", "NXdata")
        data.attrs["signal"] = "data"
        images = np.random.default_rng(1).poisson(2, (frames, *shape)).astype("u2")
        data.create_dataset("data", data=images, chunks=(1, *shape), compression="gzip")


if __name__ == "__main__":
    write(sys.argv[1])
