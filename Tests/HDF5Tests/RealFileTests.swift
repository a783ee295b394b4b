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
            ("_derived+nexgen-demo/example_i24_eiger_config_demo.nxs", 58, 70)
        ])
        func `real files have the objects and attributes h5py finds`(name: String, objects: Int, attributes: Int) throws
        {
            let shared = try #require(Folder.shared)
            let path = shared.appendingPathComponent("corpus/real").appendingPathComponent(name).path
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.objects.count == objects)
            #expect(snapshot.objects.reduce(0) { $0 + $1.attributes.count } == attributes)
            #expect(Door.openIdentifiers == 0)
        }
    }
}
