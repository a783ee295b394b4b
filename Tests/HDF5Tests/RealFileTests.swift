// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import HDF5

extension HDF5Tests {
    /// Oracle: counts by h5py 3.16.0 (HDF5 2.0.0) of the distinct objects outside NXcollection and of their attributes.
    @Suite(.enabled(if: Folder.shared != nil)) struct RealFileTests {
        @Test(arguments: [
            ("_derived+nexgen-demo/example_i24_eiger_config_demo.nxs", 58, 70),
            ("_derived+cbf2nexus/i19_omega_scan.nxs", 52, 126),
            ("DiamondLightSource+nexgen/tests/test_data/xrc_209_master.h5", 64, 81),
            ("DanPorter+hdfmap/tests/data/1049598.nxs", 132, 185),
            ("HDFGroup+hdf5-json/data/hdf5/tall.h5", 10, 4),
            ("nexpy+nexusformat/src/nexusformat/examples/chopper.nxs", 43, 48),
        ])
        func `real files have the objects and attributes h5py finds`(name: String, objects: Int, attributes: Int) throws
        {
            let shared = try #require(Folder.shared)
            let path = shared.appendingPathComponent("corpus/real").appendingPathComponent(name).path
            // As the numbers were counted: members of collections are not read.
            var policy = ValuePolicy.small
            policy.classAttribute = "NX_class"
            policy.closedClasses = ["NXcollection"]
            policy.openMembers = [
                "eiger_fw_version", "nimages", "ntrigger", "pixel_mask", "x_pixels_in_detector",
                "y_pixels_in_detector",
            ]
            let snapshot = try Snapshot.read(path, policy: policy)
            #expect(snapshot.objects.count == objects)
            #expect(snapshot.objects.reduce(0) { $0 + $1.attributes.count } == attributes)
            #expect(nothingStaysOpen())
        }
    }
}
