// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import HDF5

/// True when libhdf5 holds no identifier at some moment of the next 30 seconds.
///
/// Suites of other targets read HDF5 in the same process at the same time: what they hold goes away, a leak stays.
func nothingStaysOpen() -> Bool {
    for _ in 0..<3000 {
        if Door.openIdentifiers == 0 { return true }
        Thread.sleep(forTimeInterval: 0.01)
    }
    return false
}
