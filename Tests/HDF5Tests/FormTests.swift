// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HDF5

extension FormFiles {
    /// The bytes of a file of the table.
    static func bytes(_ words: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for word in words.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("*") {
                bytes += [UInt8](repeating: 0, count: try #require(Int(word.dropFirst())))
            } else {
                bytes += [UInt8](try #require(Data(base64Encoded: String(word))))
            }
        }
        return bytes
    }
}

extension HDF5Tests {
    /// Oracle: the calls of HDF5 2.0.0 in `Benchmarks/FuzzHDF5/forms.py` that made the files, and what h5dump 1.10.8 prints.
    @Suite struct FormTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        /// Reads a file of the table with our own reader alone.
        private func read(_ words: String) throws -> Snapshot {
            let path = try folder.write("form.h5", try FormFiles.bytes(words))
            let snapshot = try Snapshot.read(path, readers: .nativeAlone)
            #expect(snapshot.faults.isEmpty)
            #expect(snapshot.foreignObjects == 0)
            return snapshot
        }

        private func dataset(_ path: String, _ snapshot: Snapshot) throws -> Dataset {
            let id = try #require(snapshot.object(at: path))
            return try #require(snapshot[id].dataset)
        }

        @Test func `messages in the heap of the file belong to each object that shares them`() throws {
            let snapshot = try read(FormFiles.sharedMessages)
            for path in ["/one", "/two"] {
                let object = snapshot[try #require(snapshot.object(at: path))]
                #expect(object.dataset?.value == .integers([1, 2, 3]))
                #expect(object.attribute("units")?.value.firstString == "mm")
            }
        }

        @Test func `numbered sources without an end are listed, and nothing is read of them`() throws {
            let stack = try dataset("/stack", try read(FormFiles.numberedSources))
            #expect(stack.maxShape == [nil, 3])
            guard case .virtual(let mappings) = stack.layout else {
                Issue.record("the layout is not virtual")
                return
            }
            #expect(mappings.map(\.file) == ["source-%b.h5"])
            guard case .notRead = stack.value else {
                Issue.record("a value was read")
                return
            }
        }

        @Test func `a member of a compound of version 1 may have dimensions`() throws {
            let rows = try dataset("/rows", try read(FormFiles.arrayMember))
            let number = DataType.integer(bytes: 4, isSigned: true, bigEndian: false)
            guard case .compound(let members) = rows.type else {
                Issue.record("no compound")
                return
            }
            #expect(members.map(\.name) == ["vector", "last"])
            #expect(members.map(\.type) == [.array(number, [3]), number])
        }

        @Test func `chunks over the edge may lie there without filters`() throws {
            let field = try dataset("/field", try read(FormFiles.wholeEdges))
            #expect(field.filters.map(\.id) == [1])
            #expect(field.value == .integers((0..<36).map { Int64($0) }))
        }

        @Test func `an attribute that is too large for its heap lies outside it`() throws {
            let snapshot = try read(FormFiles.hugeAttribute)
            let huge = try #require(snapshot[snapshot.root].attribute("huge"))
            #expect(huge.shape == [17_001])
            #expect(huge.value == .integers([Int64](repeating: 0, count: 17_000) + [7]))
        }

        @Test func `references of 1.12 are told as such, with the release that reads them`() throws {
            let snapshot = try read(FormFiles.newReferences)
            let references = try dataset("/references", snapshot)
            #expect(references.shape == [3])
            guard case .reference = references.type else {
                Issue.record("no reference")
                return
            }
            #expect(snapshot.forms.map(\.form) == [.reference4])
            #expect(try dataset("/target", snapshot).value == .integers([0, 1, 2, 3]))
        }
    }
}
