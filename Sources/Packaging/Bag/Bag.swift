// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
import Digest
public import Transport

/// A bag: a folder whose files are listed with their digests, as far as its own tag files say.
///
/// - Source: RFC 8493 (version 1.0), and drafts 0.93 to 0.97 of it.
public struct Bag: Sendable {
    /// What breaks the rules.
    public struct Fault: Sendable, Hashable {
        /// The tag file that says so, or that is at fault.
        public let file: Name
        /// What it states, and what there is.
        public let words: String
    }

    public let folder: Name
    public private(set) var faults: [Fault] = []
    /// What is allowed and unwise, with the file that it is of.
    public private(set) var notes: [Fault] = []
    /// What could not be looked at.
    public private(set) var failures: [Failure] = []
    /// Every file that a manifest lists, with the digests of all manifests.
    public private(set) var manifest = Manifest([])
    /// Files below `data/`.
    public private(set) var payload: [Name] = []
    /// Files of the payload that no manifest lists.
    public private(set) var strangers: [String] = []
    /// Listed files that are not here and can be fetched, by their names.
    public private(set) var holes: [Name] = []
    /// Bytes and files of the payload as `Payload-Oxum` states them.
    private var oxum: (bytes: Int, files: Int)?
    private var version = ""
    private var encoding = "UTF-8"
    private var isOld: Bool { version != "1.0" }

    /// Reads the tag files of a bag, and the names of its files; no digest is taken.
    ///
    /// - Throws: When the folder cannot be looked at.
    public init(_ folder: Name) throws(Failure) {
        self.folder = folder
        let top = try Folder(folder)
        let entries = try top.entries()
        guard declare(top) else { return }
        guard let data = entries.first(where: { $0.name == Name("data") }), data.kind == .folder else {
            add("bagit.txt", "the bag has no folder 'data'")
            return
        }
        walk(folder)
        var manifests: [BagManifest] = []
        for entry in entries {
            guard let (word, isTag) = BagManifest.algorithm(of: entry.name) else { continue }
            guard let algorithm = DigestAlgorithm(rawValue: word.lowercased()) else {
                failures.append(
                    Failure(
                        attempt: "use", subject: folder.appending(entry.name).text, code: .form(word),
                        words: "digests of the kind '\(word)' are not known here"))
                continue
            }
            guard let lines = lines(entry.name, top) else { continue }
            manifests.append(BagManifest(entry.name, algorithm, isTag: isTag, lines: lines, isOld: isOld))
        }
        for one in manifests {
            faults += one.faults.map { Fault(file: one.file, words: $0) }
            notes += one.notes.map { Fault(file: one.file, words: $0) }
        }
        let fetch = fetchList(top, entries)
        if !manifests.contains(where: { !$0.isTag }), failures.isEmpty {
            add("bagit.txt", "the bag has no manifest of its payload")
        }
        checkLists(manifests, fetch)
        readInfo(top, entries)
        checkTags(manifests)
        noteNames(manifests)
    }

    private mutating func add(_ file: String, _ words: String) { faults.append(Fault(file: Name(file), words: words)) }

    // MARK: Declaration

    /// Reads `bagit.txt`; false when nothing else can be told.
    private mutating func declare(_ top: Folder) -> Bool {
        guard let bytes = bytes(Name("bagit.txt"), top) else {
            if failures.isEmpty { add("bagit.txt", "it is not there: the folder is no bag") }
            return false
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            add("bagit.txt", "it begins with a byte order mark")
            return false
        }
        guard let lines = TagText.lines(bytes, "UTF-8"), lines.count >= 2 else {
            add("bagit.txt", "it has no two lines of UTF-8: version and encoding")
            return false
        }
        guard let version = Self.value(lines[0], "BagIt-Version") else {
            add("bagit.txt", "its first line is '\(Escaping.line(lines[0]))', not 'BagIt-Version: M.N'")
            return false
        }
        guard ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"].contains(version.text) else {
            add("bagit.txt", "version '\(Escaping.line(version.text))' is none of 0.93 to 1.0")
            return false
        }
        self.version = version.text
        guard let encoding = Self.value(lines[1], "Tag-File-Character-Encoding") else {
            add("bagit.txt", "its second line does not name the encoding of tag files")
            return false
        }
        if !isOld, !version.isExact || !encoding.isExact || lines.count > 2 {
            add("bagit.txt", "version 1.0 allows one blank behind the colon, none elsewhere, and no third line")
        }
        guard TagText.isKnown(encoding.text) else {
            failures.append(
                Failure(
                    attempt: "read the tag files of", subject: folder.text, code: .form("encoding"),
                    words: "their encoding '\(encoding.text)' is not known here"))
            return false
        }
        self.encoding = encoding.text
        return true
    }

    /// The value behind a label; exact when one blank and nothing else stands beside it.
    private static func value(_ line: String, _ label: String) -> (text: String, isExact: Bool)? {
        guard line.hasPrefix(label) else { return nil }
        let rest = line.dropFirst(label.count).drop { $0 == " " || $0 == "\t" }
        guard rest.first == ":" else { return nil }
        let value = trimmed(rest.dropFirst())
        return value.isEmpty ? nil : (value, line == "\(label): \(value)")
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }

    // MARK: Files

    private func bytes(_ name: Name, _ top: Folder) -> [UInt8]? {
        guard top.kind(behind: name) == .file, let source = try? Source.open(name, in: top),
            source.size <= Self.largest
        else { return nil }
        return try? source.bytes(at: 0, count: source.size)
    }

    private mutating func lines(_ name: Name, _ top: Folder) -> [String]? {
        guard let bytes = bytes(name, top) else {
            failures.append(
                Failure(
                    attempt: "read", subject: folder.appending(name).text, code: .notRegular,
                    words: "it is no file that can be read, or has more than \(Self.largest >> 20) MiB"))
            return nil
        }
        guard let lines = TagText.lines(bytes, encoding) else {
            faults.append(Fault(file: name, words: "it is no text in \(encoding)"))
            return nil
        }
        return lines
    }

    private mutating func walk(_ folder: Name) {
        let walk = FolderWalk(folder.appending(Name("data")), seesHidden: true)
        let prefix = folder.bytes.last == 0x2F ? folder.bytes.count : folder.bytes.count + 1
        for found in walk.found {
            if let trouble = found.trouble {
                failures.append(trouble)
            } else {
                payload.append(Name(bytes: Array(found.name.bytes.dropFirst(prefix))))
            }
        }
        for (kind, count) in walk.passedOver.sorted(by: { $0.key < $1.key }) {
            failures.append(
                Failure(
                    attempt: "look at all of", subject: folder.text, code: .refused("link"),
                    words: "\(count) times a \(kind) was not followed"))
        }
    }

    private static let largest = 1 << 30

    // MARK: Lists

    private mutating func checkLists(_ manifests: [BagManifest], _ fetch: [Name: Int?]) {
        let lists = manifests.filter { !$0.isTag }
        let here = Set(payload)
        var digests: [Name: [Manifest.Stated]] = [:]
        var order: [Name] = []
        for one in manifests {
            for line in one.lines {
                if digests[line.path] == nil { order.append(line.path) }
                digests[line.path, default: []].append(Manifest.Stated(one.algorithm, line.digest))
            }
        }
        let listed = lists.map { Set($0.lines.map(\.path)) }
        let any = listed.reduce(into: Set<Name>()) { $0.formUnion($1) }
        strangers = payload.filter { !any.contains($0) }.map(\.text)
        // Since 1.0 every manifest lists every file.
        if !isOld {
            for (one, set) in zip(lists, listed) {
                let missing = any.subtracting(set)
                if let first = missing.min(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
                    faults.append(
                        Fault(
                            file: one.file,
                            words: "it does not list \(missing.count) files of the payload (first '\(first.shown)')"))
                }
            }
        }
        for name in fetch.keys where !any.contains(name) {
            faults.append(Fault(file: Name("fetch.txt"), words: "'\(name.shown)' is in no manifest"))
        }
        holes = order.filter { fetch[$0] != nil && !here.contains($0) }
        let open = Set(holes)
        manifest = Manifest(
            order.filter { !open.contains($0) }.map { Manifest.Entry($0, digests: digests[$0] ?? []) })
        if !holes.isEmpty {
            add("fetch.txt", "\(holes.count) files are still to be fetched (first '\(holes[0].shown)')")
        }
    }

    /// Paths of `fetch.txt` with their lengths.
    private mutating func fetchList(_ top: Folder, _ entries: [Folder.Entry]) -> [Name: Int?] {
        let file = Name("fetch.txt")
        guard entries.contains(where: { $0.name == file }), let lines = lines(file, top) else { return [:] }
        var list: [Name: Int?] = [:]
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let words = line.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count == 3, words[1] == "-" || words[1].allSatisfy({ $0.isASCII && $0.isNumber }) else {
                faults.append(Fault(file: file, words: "line \(index + 1) is not 'URL LENGTH PATH'"))
                continue
            }
            let path = BagPath.unescaped(String(words[2]), isOld: isOld)
            if let refusal = BagPath.refusal(path) {
                faults.append(Fault(file: file, words: "path '\(path.shown)' \(refusal)"))
            } else if !path.bytes.starts(with: "data/".utf8) {
                faults.append(Fault(file: file, words: "path '\(path.shown)' is not below 'data/'"))
            } else {
                list[path] = Int(words[1])
            }
        }
        return list
    }

    /// `bag-info.txt`, before 0.95 `package-info.txt`.
    private mutating func readInfo(_ top: Folder, _ entries: [Folder.Entry]) {
        let names = ["bag-info.txt", "package-info.txt"].map { Name($0) }
        guard let file = names.first(where: { name in entries.contains { $0.name == name } }),
            let lines = lines(file, top)
        else { return }
        for (index, line) in lines.enumerated() where !line.isEmpty {
            // A line that begins with a blank goes on with the one before.
            if line.first == " " || line.first == "\t" { continue }
            guard let colon = line.firstIndex(of: ":") else {
                faults.append(Fault(file: file, words: "line \(index + 1) has no colon"))
                continue
            }
            guard Self.trimmed(line[..<colon]).lowercased() == "payload-oxum" else { continue }
            let value = Self.trimmed(line[line.index(after: colon)...])
            let parts = value.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let bytes = parts[0], let files = parts[1] else {
                faults.append(Fault(file: file, words: "Payload-Oxum '\(Escaping.line(value))' is not 'BYTES.FILES'"))
                continue
            }
            let sum = payload.reduce(0) { $0 &+ Int(clamping: Identity.of(folder.appending($1))?.size ?? 0) }
            if holes.isEmpty, bytes != sum || files != payload.count {
                faults.append(
                    Fault(
                        file: file,
                        words: "it states a payload of \(bytes) bytes in \(files) files, and there are \(sum) bytes in "
                            + "\(payload.count)"))
            }
        }
    }

    private mutating func checkTags(_ manifests: [BagManifest]) {
        for one in manifests where one.isTag {
            let listed = Set(one.lines.map(\.path))
            if let own = listed.first(where: { BagManifest.algorithm(of: $0)?.isTag == true }) {
                faults.append(Fault(file: one.file, words: "it lists '\(own.shown)', a manifest of tag files"))
            }
            guard !isOld else { continue }
            for other in manifests where !other.isTag && !listed.contains(other.file) {
                faults.append(Fault(file: one.file, words: "it does not list '\(other.file.shown)'"))
            }
        }
    }

    /// Names that not every machine keeps apart, and files that machines make.
    private mutating func noteNames(_ manifests: [BagManifest]) {
        for one in manifests {
            for (first, second) in FileNames.alike(one.lines.map(\.path)) {
                notes.append(
                    Fault(
                        file: one.file,
                        words: "'\(first.shown)' and '\(second.shown)' are one name to some machines"))
            }
            for line in one.lines where FileNames.isOfSystem(line.path) {
                notes.append(
                    Fault(file: one.file, words: "'\(line.path.shown)' is a file that an operating system made"))
            }
        }
    }
}
