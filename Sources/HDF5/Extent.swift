// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5

/// The extent of an attribute or a dataset.
struct Extent {
    /// nil for a null dataspace, [] for a scalar.
    let shape: [Int]?
    let maxShape: [Int?]?
    /// Number of elements; nil if it does not fit.
    let elements: Int?

    init(_ space: hid_t, _ subject: @autoclosure () -> String) throws(Failure) {
        let kind = Door.ask { H5Sget_simple_extent_type(space) }
        if kind == H5S_NULL {
            shape = nil
            maxShape = nil
            elements = 0
            return
        }
        if kind == H5S_SCALAR {
            shape = []
            maxShape = []
            elements = 1
            return
        }
        var now = [hsize_t](repeating: 0, count: Int(H5S_MAX_RANK))
        var most = now
        let rank = try Door.call("read the extent of", subject()) {
            H5Sget_simple_extent_dims(space, &now, &most)
        }
        let extent = now.prefix(Int(rank)).map { Int(clamping: $0) }
        shape = extent
        maxShape = most.prefix(Int(rank)).map { $0 == chdf5_unlimited() ? nil : Int(clamping: $0) }
        elements = product(extent)
    }
}
