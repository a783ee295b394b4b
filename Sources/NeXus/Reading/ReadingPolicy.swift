// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import HDF5

extension ValuePolicy {
    /// What is read of a NeXus file: small values and whole axes; never pixel data, nor the members of collections.
    ///
    /// - Source: NeXus manual, NX_class, NXdata signal, NXcollection; NXmx.nxdl.xml, `data` of NXdata and NXdetector;
    ///   DECTRIS, names of data blocks and members of `detectorSpecific`.
    public static let nexus: ValuePolicy = {
        var policy = ValuePolicy()
        policy.classAttribute = "NX_class"
        policy.bulkAttribute = "signal"
        policy.closedClasses = ["NXcollection"]
        // What DECTRIS writes into the collection `detectorSpecific` and readers look for.
        policy.openMembers = [
            "eiger_fw_version", "nimages", "ntrigger", "pixel_mask", "x_pixels_in_detector", "y_pixels_in_detector",
            "detector_distance", "photon_energy", "wavelength", "beam_center_x", "beam_center_y",
        ]
        // The goniometer beside the sample.
        for axis in ["omega", "phi"] {
            policy.openMembers.formUnion([axis, axis + "_increment", axis + "_range_average"])
        }
        policy.bulk.rank = 3
        policy.bulk.namedRank = 2
        policy.bulk.members = ["data": ["NXdetector", "NXdata"]]
        policy.bulk.numberedPrefixes = ["data_"]
        policy.whole.classes = ["NXtransformations"]
        policy.whole.attributes = ["vector"]
        policy.whole.suffixes = ["_end", "_increment_set"]
        policy.whole.names = [
            "incident_wavelength", "incident_wavelength_weights", "incident_wavelength_weight", "count_time",
            "frame_time",
        ]
        return policy
    }()
}
