// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5

/// Names of attributes or links as a callback of the library meets them.
struct NameCollector {
    struct Entry {
        /// With a null at the end.
        let name: [CChar]
        let kind: H5L_type_t
        /// Address of a hard link, bytes of the value of another one; bytes of an attribute.
        let number: UInt64

        var shown: String {
            name.withUnsafeBytes { shownName(UnsafeRawBufferPointer(rebasing: $0.dropLast())) }
        }
    }

    var entries: [Entry] = []
    /// More are not taken.
    let limit: Int
    var isFull = false

    mutating func add(_ name: UnsafePointer<CChar>, _ kind: H5L_type_t, _ number: UInt64) -> herr_t {
        guard entries.count < limit else {
            isFull = true
            return 1
        }
        entries.append(
            Entry(
                name: Array(UnsafeBufferPointer(start: name, count: cStringLength(name) &+ 1)), kind: kind,
                number: number))
        return 0
    }

    /// The names by their bytes, each once.
    func sorted() -> [Entry] {
        func precedes(_ a: Entry, _ b: Entry) -> Bool {
            a.name.withUnsafeBytes { a in b.name.withUnsafeBytes { a.lexicographicallyPrecedes($0) } }
        }
        if zip(entries, entries.dropFirst()).allSatisfy(precedes) { return entries }
        var kept: [Entry] = []
        for entry in entries.sorted(by: precedes) where kept.last?.name != entry.name { kept.append(entry) }
        return kept
    }
}
