// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// The extent of an attribute or a dataset.
struct Extent {
    /// nil for a null dataspace, [] for a scalar.
    let shape: [Int]?
    let maxShape: [Int?]?
    /// Number of elements; nil if it does not fit.
    let elements: Int?

    init(shape: [Int]?, maxShape: [Int?]?, elements: Int?) {
        self.shape = shape
        self.maxShape = maxShape
        self.elements = elements
    }

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
        let most = Int(H5S_MAX_RANK)
        let read = try withUnsafeTemporaryAllocation(of: hsize_t.self, capacity: 2 &* most) {
            (numbers) throws(Failure) -> (shape: [Int], maxShape: [Int?]) in
            let rank = Int(
                try Door.call("read the extent of", subject()) {
                    H5Sget_simple_extent_dims(space, numbers.baseAddress, numbers.baseAddress.map { $0 + most })
                })
            return (
                numbers[..<rank].map { Int(clamping: $0) },
                numbers[most..<(most &+ rank)].map { $0 == chdf5_unlimited() ? nil : Int(clamping: $0) }
            )
        }
        shape = read.shape
        maxShape = read.maxShape
        elements = product(read.shape)
    }
}
