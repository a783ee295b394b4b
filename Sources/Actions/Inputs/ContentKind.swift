// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a file is, by its first bytes; its name is not asked.
enum ContentKind: Sendable, Hashable {
    case hdf5
    /// CIF or CBF text.
    case cif
    case smv, tiff
    /// No bytes, or zeros only.
    case empty
    /// A few words that stand for content kept elsewhere, by a program and with what fetches it.
    case pointer(of: String, remedy: String)
    case other

    /// - Parameter head: The first bytes of the file, 4 KiB are enough.
    static func of(_ head: [UInt8], hasSuperblock: Bool) -> ContentKind {
        if hasSuperblock { return .hdf5 }
        if head.allSatisfy({ $0 == 0 }) { return .empty }
        if let pointer = pointer(head) { return pointer }
        if head.starts(with: "II*\0".utf8) || head.starts(with: "MM\0*".utf8) { return .tiff }
        if head.starts(with: "{".utf8), holds(head.prefix(64), "HEADER_BYTES") { return .smv }
        return isCIF(head) ? .cif : .other
    }

    /// Files that git-lfs and git-annex leave in place of content.
    ///
    /// - Source: git-lfs, docs/spec.md; git-annex, pointer file.
    private static func pointer(_ head: [UInt8]) -> ContentKind? {
        if head.starts(with: "version https://git-lfs.github.com/spec/".utf8)
            || head.starts(with: "version https://hawser.github.com/spec/".utf8)
        {
            return .pointer(of: "Git LFS", remedy: "fetch it with 'git lfs pull'")
        }
        if head.starts(with: "/annex/objects/".utf8) {
            return .pointer(of: "git-annex", remedy: "fetch it with 'git annex get'")
        }
        return nil
    }

    /// Magic comment, or a data block, loop or data name as the first word after comments.
    private static func isCIF(_ head: [UInt8]) -> Bool {
        var rest = head[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if rest.starts(with: "###CBF".utf8) || rest.starts(with: "#\\#CIF".utf8) { return true }
        while let byte = rest.first {
            if byte == 0x23 {
                rest = rest.drop { $0 != 0x0A && $0 != 0x0D }
            } else if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix(8).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
                return ["data_", "loop_", "save_", "global_"].contains { word.starts(with: $0.utf8) }
                    || (byte == 0x5F && holds(rest.prefix(80), "."))
            }
        }
        return false
    }

    private static func holds(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return bytes.indices.dropLast(wanted.count - 1).contains { bytes[$0...].starts(with: wanted) }
    }
}
