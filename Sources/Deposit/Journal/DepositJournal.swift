// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Synchronization
public import Transport

/// What a deposit was about to do and what came of it: one line before and one after each call that changes something,
/// on the disk before the call is made.
///
/// It says which draft is ours and which call was under way when the process ended; everything else is asked of the
/// server. It holds no token and no link that opens something. A second client on the same package is refused.
public final class DepositJournal: Sendable {
    /// What the lines come to.
    public struct Facts: Sendable, Hashable {
        /// Found in our draft, and in no other.
        public var marker = ""
        /// Number of the draft and of the record.
        public var id: String?
        /// The DOI that was reserved or given.
        public var doi: String?
        /// Revision of the draft after our last change of it.
        public var revision: Int?
        /// Digest of its record then.
        public var held: String?
        /// The call that was begun and of which no end is known.
        public var open: String?
        /// The record before this version.
        public var parent: String?
        /// The files of the version before were taken over.
        public var isImported = false
        /// Files that came along from the version before.
        public var imported: Set<String> = []
        /// Somebody's request to a community is open.
        public var request: String?
        public var isPublished = false
        /// Draft deleted by us.
        public var isDiscarded = false
    }

    private struct State {
        var facts = Facts()
        var length = 0
    }

    /// The name of the file.
    public let name: Name
    private let lock: JournalFile
    private let file: JournalFile
    private let state: Mutex<State>

    /// Opens the journal of a deposit, or begins one.
    ///
    /// - Parameters:
    ///   - folder: The folder of journals; made when it is not there.
    ///   - target: The name of the repository.
    ///   - isNew: A new deposit is begun although there are some.
    ///   - continues: The last deposit is gone on with, by what is known of it, although a new one is asked for.
    /// - Throws: When another client works on the package, or the journal cannot be read or written.
    public init(in folder: Name, target: String, isNew: Bool = false, continues: (Facts) -> Bool = { _ in false })
        throws(DepositStop)
    {
        do throws(Failure) {
            try NewFolder.makeIfAbsent(folder)
            lock = try JournalFile(folder.appending(Name("lock")))
            let numbers = try Self.numbers(in: folder, target)
            let last = numbers.max()
            let lastName = folder.appending(Name(Self.file(target, last ?? 1)))
            if isNew, last != nil, !continues(Self.facts(try JournalFile(lastName).found)) {
                name = folder.appending(Name(Self.file(target, (last ?? 0) + 1)))
            } else {
                name = lastName
            }
            file = try JournalFile(name)
        } catch {
            if error.code == .locked {
                throw DepositStop(
                    .refusal, "another 'imprimatur deposit' works on this package",
                    remedy: "wait until it has ended; nothing was asked of the server")
            }
            throw DepositStop(error)
        }
        state = Mutex(State())
        try read()
    }

    /// There is a deposit to this repository.
    public static func exists(in folder: Name, target: String) -> Bool {
        ((try? numbers(in: folder, target)) ?? []).isEmpty == false
    }

    public var facts: Facts { state.withLock { $0.facts } }

    /// The deposit was begun before this run.
    public var isBegun: Bool { !facts.marker.isEmpty }

    /// Says what is about to be done.
    ///
    /// - Throws: When it cannot be kept; then it must not be done.
    func before(_ call: String, _ members: [(String, JSONValue)] = []) throws(DepositStop) {
        try add("before", call, members)
    }

    /// Says what came of it.
    func after(_ call: String, _ members: [(String, JSONValue)] = []) throws(DepositStop) {
        try add("after", call, members)
    }

    // MARK: Lines

    private func add(_ event: String, _ call: String, _ members: [(String, JSONValue)]) throws(DepositStop) {
        var writer = JSONWriter(.compact)
        let value = JSONValue.object(
            [
                JSONMember("time", .string(Moment.text(Moment.seconds))), JSONMember("event", .string(event)),
                JSONMember("call", .string(call)),
            ] + members.map { JSONMember($0.0, $0.1) })
        writer.value(value)
        let bytes = writer.finish()
        do throws(Failure) {
            try state.withLock { (state) throws(Failure) in
                do throws(Failure) {
                    try file.add(bytes)
                    try file.sync()
                } catch {
                    // No half line stays for the next one to be glued to.
                    try? file.cut(to: state.length)
                    throw error
                }
                state.length += bytes.count
                Self.take(value, &state.facts)
            }
        } catch {
            let stop = DepositStop(error)
            throw DepositStop(
                .interruption, stop.words + (event == "before" ? "; nothing was asked of the server" : ""),
                remedy: "make room, and give the same command again")
        }
    }

    /// What whole lines say, as far as they are some.
    private static func facts(_ bytes: [UInt8]) -> Facts {
        var facts = Facts()
        for line in bytes.split(separator: 0x0A) {
            if let value = try? JSONReader.read(Array(line)) { take(value, &facts) }
        }
        return facts
    }

    private func read() throws(DepositStop) {
        let bytes = file.found
        var facts = Facts()
        var start = 0
        var line = 0
        while let feed = bytes[start...].firstIndex(of: 0x0A) {
            line += 1
            guard let value = try? JSONReader.read(Array(bytes[start..<feed])), value["event"]?.string != nil else {
                throw DepositStop(
                    .refusal, "line \(line) of '\(name.shown)' is none of a journal",
                    remedy: "put the line back as it was; without it nobody knows which draft is yours")
            }
            Self.take(value, &facts)
            start = feed + 1
        }
        if start < bytes.count {
            do throws(Failure) {
                try file.cut(to: start)
            } catch {
                throw DepositStop(error)
            }
        }
        state.withLock {
            $0.facts = facts
            $0.length = start
        }
    }

    private static func take(_ line: JSONValue, _ facts: inout Facts) {
        let call = line["call"]?.string ?? ""
        facts.open = line["event"]?.string == "before" ? call : nil
        if let marker = line["marker"]?.string { facts.marker = marker }
        if let id = line["id"]?.string { facts.id = id }
        if let doi = line["doi"]?.string { facts.doi = doi }
        if let revision = line["revision"]?.integer { facts.revision = revision }
        if let held = line["held"]?.string { facts.held = held }
        if let parent = line["parent"]?.string { facts.parent = parent }
        if let request = line["request"]?.string { facts.request = request }
        guard line["event"]?.string == "after" else { return }
        switch call {
        case "publish": facts.isPublished = true
        case "discard": facts.isDiscarded = true
        case "import":
            facts.isImported = true
            facts.imported = Set((line["keys"]?.elements ?? []).compactMap(\.string))
        default: break
        }
    }

    // MARK: Names

    private static func file(_ target: String, _ number: Int) -> String {
        number == 1 ? "\(target).jsonl" : "\(target)-\(number).jsonl"
    }

    private static func numbers(in folder: Name, _ target: String) throws(Failure) -> [Int] {
        guard Folder.working.kind(behind: folder) == .folder else { return [] }
        return try Folder(folder).entries().compactMap { entry in
            let text = entry.name.text
            guard text.hasPrefix(target), text.hasSuffix(".jsonl") else { return nil }
            let middle = text.dropFirst(target.count).dropLast(".jsonl".count)
            if middle.isEmpty { return 1 }
            return middle.first == "-" ? Int(middle.dropFirst()) : nil
        }
    }
}
