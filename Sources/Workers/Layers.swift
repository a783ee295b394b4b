// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CProcess
import Glibc

/// What holds a process that reads the bytes of strangers; each layer is there or not, by what the kernel lets us do.
public struct Layers: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let limits = Layers(rawValue: UInt32(CPROCESS_LIMITS))
    public static let noNewRights = Layers(rawValue: UInt32(CPROCESS_NO_NEW_RIGHTS))
    public static let otherUser = Layers(rawValue: UInt32(CPROCESS_USER))
    public static let landlock = Layers(rawValue: UInt32(CPROCESS_LANDLOCK))
    public static let systemCalls = Layers(rawValue: UInt32(CPROCESS_SYSTEM_CALLS))

    /// Words for those that are in force, in the order of their numbers.
    public var words: [String] {
        let names: [(Layers, String)] = [
            (.limits, "limits"), (.noNewRights, "no new rights"), (.otherUser, "another user"),
            (.landlock, "Landlock"), (.systemCalls, "seccomp"),
        ]
        return names.filter { contains($0.0) }.map(\.1)
    }

    /// Gives rights of this process away for good.
    ///
    /// - Parameter readable: Files and folders that it still opens by name.
    static func restrict(to readable: [String], memoryBytes: Int) -> Layers {
        let copies = readable.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let paths = copies.map { UnsafePointer<CChar>($0) } + [nil]
        let layers = paths.withUnsafeBufferPointer { buffer in
            var rights = cprocess_rights(
                memory: UInt64(memoryBytes), readable: buffer.baseAddress, readable_by_others: readable.isEmpty ? 1 : 0)
            return cprocess_restrict(&rights)
        }
        return Layers(rawValue: layers)
    }

    /// The first message of a worker: version and layers.
    func greeting(version: String) -> [UInt8] { Array("\(version) \(rawValue)".utf8) }

    /// Nil for a worker of another version.
    init?(greeting: [UInt8], version: String) {
        let words = String(decoding: greeting, as: UTF8.self).split(separator: " ")
        guard words.count == 2, words[0] == version, let number = UInt32(words[1]) else { return nil }
        self.init(rawValue: number)
    }
}
