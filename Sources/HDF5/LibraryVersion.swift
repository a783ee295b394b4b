// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5

/// The version of libhdf5 that is linked, such as "1.10.8".
///
/// - Source: H5get_libversion.
public var libraryVersion: String {
    Door.ask {
        var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
        guard H5get_libversion(&major, &minor, &release) >= 0 else { return "unknown" }
        return "\(major).\(minor).\(release)"
    }
}
