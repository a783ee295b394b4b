// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// One file as the repository has it.
struct FileEntry: Sendable, Hashable {
    let key: String
    /// "pending", "completed", "failed", or another word.
    let status: String
    let size: Int?
    /// MD5 in hexadecimal; nil where the server has none yet.
    let md5: String?
    /// The server still puts parts together.
    let isUnderWay: Bool
    /// "L" for a plain upload.
    let transfer: String

    /// Nil for what is no entry.
    ///
    /// Sizes come as whole numbers or not, sums with their name in front or without.
    init?(_ value: JSONValue) {
        guard let key = value["key"]?.string else { return nil }
        self.key = key
        status = value["status"]?.string ?? "completed"
        size = value["size"]?.integer
        let sum = value["checksum"]?.string?.lowercased() ?? ""
        isUnderWay = sum.hasPrefix("multipart:")
        let digits = sum.hasPrefix("md5:") ? String(sum.dropFirst(4)) : sum
        let isMD5 = digits.utf8.count == 32 && digits.allSatisfy(\.isHexDigit)
        md5 = isMD5 ? digits : nil
        transfer = value["transfer"]?["type"]?.string ?? "L"
    }

    var isCompleted: Bool { status == "completed" }
    var isPending: Bool { status == "pending" }

    /// What differs from a file of so many bytes with this sum; nil where nothing does.
    func difference(from file: DepositFile, md5 own: String) -> (here: String, there: String)? {
        guard isCompleted else { return ("\(file.size) bytes", status) }
        guard let size, let md5 else {
            return ("\(file.size) bytes, md5 \(own)", size == nil ? "no size is told" : "no md5 is told")
        }
        if size != file.size { return ("\(file.size) bytes", "\(size) bytes") }
        return md5 == own ? nil : ("md5 \(own)", "md5 \(md5)")
    }

    /// The entries of a list; nil where it is none.
    static func list(_ body: JSONValue?) -> [FileEntry]? {
        guard let entries = body?["entries"] else { return nil }
        // Some releases give a list, some an object by key.
        if let elements = entries.elements {
            let read = elements.compactMap(FileEntry.init)
            return read.count == elements.count ? read : nil
        }
        guard let members = entries.members else { return nil }
        let read = members.compactMap { FileEntry($0.value.replacing("key", with: .string($0.name))) }
        return read.count == members.count ? read : nil
    }
}
