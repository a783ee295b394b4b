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

    /// Every layer with words for it, in the order of their numbers.
    public static let all: [(layer: Layers, words: String)] = [
        (.limits, "limits"), (.noNewRights, "no new rights"), (.otherUser, "another user"),
        (.landlock, "Landlock"), (.systemCalls, "seccomp"),
    ]

    /// Words for those that are in force, in the order of their numbers.
    public var words: [String] { Self.all.filter { contains($0.layer) }.map(\.words) }

    /// Words for those that are not.
    public var absent: [String] { Self.all.filter { !contains($0.layer) }.map(\.words) }

    /// Gives rights of this process away for good.
    ///
    /// - Parameters:
    ///   - readable: Files and folders that it still opens by name; a process of root stays one where others may not read
    ///     them.
    ///   - loadsLibraries: It may still load libraries.
    static func restrict(to readable: [String], loadsLibraries: Bool, memoryBytes: Int) -> Layers {
        withPaths(readable) { readable in
            withPaths(loadsLibraries ? libraryFolders : []) { libraries in
                var rights = cprocess_rights(memory: UInt64(memoryBytes), readable: readable, libraries: libraries)
                return Layers(rawValue: cprocess_restrict(&rights))
            }
        }
    }

    /// Where the loader looks, as ld.so(8) and hier(7) have it.
    private static let libraryFolders = [
        "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    ]

    private static func withPaths<Answer>(
        _ paths: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer
    ) -> Answer {
        let copies = paths.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return (copies.map { UnsafePointer<CChar>($0) } + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
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
