// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs

/// Reads the message that lists the filters of a dataset.
///
/// - Source: HDF5 File Format Specification, filter pipeline message, versions 1 and 2.
enum FilterMessage {
    private static let mostFilters = 32

    static func read(_ start: FormatCursor) throws(Stop) -> [Filter] {
        var cursor = start
        let version = try cursor.version(1...2)
        let count = Int(try cursor.byte())
        guard count > 0, count <= mostFilters else { throw cursor.damaged }
        if version == 1 { try cursor.skip(6) }
        var filters: [Filter] = []
        for _ in 0..<count { filters.append(try filter(&cursor, version)) }
        return filters
    }

    private static func filter(_ cursor: inout FormatCursor, _ version: UInt8) throws(Stop) -> Filter {
        let id = try cursor.count(2)
        let nameBytes = version == 1 || id >= 256 ? try cursor.count(2) : 0
        let flags = try cursor.number(2)
        let values = try cursor.count(2)
        let stored = try cursor.take(nameBytes)
        if version == 1, nameBytes & 7 != 0 { throw cursor.damaged }
        guard values &* 4 <= cursor.left else { throw cursor.damaged }
        var parameters: [UInt32] = []
        for _ in 0..<values { parameters.append(UInt32(truncatingIfNeeded: try cursor.number(4))) }
        if version == 1, values & 1 != 0 { try cursor.skip(4) }
        let name = shownName(.init(rebasing: stored.prefix { $0 != 0 }))
        return Filter(
            id: id, name: name.isEmpty ? FilterNames.name(id) : name, parameters: parameters,
            isOptional: flags & 1 != 0, isAvailable: FilterAvailability.has(id))
    }
}
