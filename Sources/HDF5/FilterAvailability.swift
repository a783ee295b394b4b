// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Filters that can be undone, here or by libhdf5: those that come with it, for plugins are never loaded.
///
/// The library is not asked: it is not in the process that judges.
enum FilterAvailability {
    static func has(_ id: Int) -> Bool { (1...6).contains(id) }
}
