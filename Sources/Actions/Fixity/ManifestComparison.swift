// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import Digest
public import RuleEngine
import Synchronization
public import Transport

/// Every file of a manifest, read once and held against what is stated of it.
public struct ManifestComparison {
    private let manifest: Manifest
    /// By the number of the entry; every one is settled.
    private let results: [Result]

    /// What came of one entry. Absent, present and not read are three things.
    private enum Result: Sendable {
        case equal
        case changed([PackageView.Change])
        case unread(Failure)
    }

    /// Stored parts of files, by the number of the entry.
    private let pieces: [Int: PieceResult]

    fileprivate enum PieceResult: Sendable {
        case compared([Manifest.Piece])
        case unread(String)
    }

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - folder: What the names of the manifest are relative to.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file that is ready, on any thread.
    public init(
        _ manifest: Manifest, _ folder: Folder, read: @escaping @Sendable (Int) -> Void,
        done: @escaping @Sendable () -> Void
    ) {
        self.manifest = manifest
        let board = Mutex(
            (results: [Result?](repeating: nil, count: manifest.entries.count), pieces: [Int: PieceResult]()))
        let stored = Mutex([Int: StoredPieces]())
        @Sendable func settle(_ number: Int, _ result: Result) {
            board.withLock { $0.results[number] = result }
            done()
        }
        let algorithms = Set(manifest.entries.flatMap { $0.digests.map(\.algorithm) })
        DigestRun(algorithms)(manifest.entries.count) { (number) throws(Failure) -> DigestRun.Work? in
            let entry = manifest.entries[number]
            let source: Source
            switch Self.open(entry.name, in: folder) {
            case .success(let opened?): source = opened
            case .success(nil):
                settle(number, .changed([.missing]))
                return nil
            case .failure(let failure): throw failure
            }
            if let size = entry.size, size != source.size, entry.pieces == nil {
                settle(number, .changed([.size(found: source.size, stated: size)]))
                return nil
            }
            guard entry.pieces != nil else { return DigestRun.Work(source) }
            let found = StoredPieces(of: source)
            stored.withLock { $0[number] = found }
            return DigestRun.Work(source, pieces: found.ranges)
        } read: {
            read($0)
        } done: { number, outcome in
            switch outcome {
            case .failure(let failure): settle(number, .unread(failure))
            case .success(let outcome):
                let entry = manifest.entries[number]
                if let found = stored.withLock({ $0.removeValue(forKey: number) }) {
                    let result: PieceResult =
                        if let failure = found.failure {
                            .unread(failure.cause)
                        } else {
                            found.filled(outcome.pieces).map { .compared($0) }
                                ?? .unread("the file is of another kind now")
                        }
                    board.withLock { $0.pieces[number] = result }
                }
                let changes = Self.changes(outcome.digests, entry)
                settle(number, changes.isEmpty ? .equal : .changed(changes))
            }
        }
        let (results, pieces) = board.withLock { ($0.results, $0.pieces) }
        self.results = results.map { result in
            guard let result else { preconditionFailure("an entry was not settled") }
            return result
        }
        self.pieces = pieces
    }

    /// Opens a file of the manifest; nil when it is not there.
    private static func open(_ name: Name, in folder: Folder) -> Swift.Result<Source?, Failure> {
        if let refusal = ManifestNames.refusal(of: name) { return .failure(Self.refused(name, refusal)) }
        let root = folder.name.bytes.isEmpty ? Name(".") : folder.name
        switch folder.reach(name, .root(root)) {
        case .open(let source): return .success(source)
        case .absent: return .success(nil)
        case .refused(let why): return .failure(Self.refused(name, why))
        case .failed(let failure): return .failure(failure)
        }
    }

    private static func refused(_ name: Name, _ why: String) -> Failure {
        Failure(
            attempt: "verify", subject: name.text, code: .refused("name"), words: why,
            remedy: "make the manifest with names relative to the folder: imprimatur checksum --base FOLDER")
    }

    /// What differs, the strongest digest first.
    private static func changes(_ digests: Digests, _ entry: Manifest.Entry) -> [PackageView.Change] {
        if let size = entry.size, size != digests.byteCount {
            return [.size(found: digests.byteCount, stated: size)]
        }
        let order: [DigestAlgorithm] = [.sha256, .sha512, .sha384, .sha224, .sha1, .md5, .xxh3, .crc32c]
        return order.flatMap { algorithm in
            entry.digests.filter { $0.algorithm == algorithm && $0.digest != digests[algorithm] }.map {
                .digest(algorithm: algorithm.rawValue, found: digests[algorithm] ?? "", stated: $0.digest)
            }
        }
    }

    // MARK: What is told

    /// Files that could not be read.
    public var failures: [Failure] {
        results.compactMap { if case .unread(let failure) = $0 { failure } else { nil } }
    }

    /// The entries that places name, in their order.
    private var named: [Int] {
        results.indices.filter { if case .changed = results[$0] { true } else { false } }
    }

    /// The manifest, and the files that are not as it states.
    public func sources(main path: String) -> SourceList {
        SourceList(
            [SourceList.Entry(name: path, role: .main)]
                + named.map { SourceList.Entry(name: manifest.entries[$0].name.text, role: .linked) })
    }

    /// What rules read.
    public func view(_ strangers: FolderStrangers) -> PackageView {
        var changed: [PackageView.Changed] = []
        var changedPieces: [PackageView.ChangedPieces] = []
        var unread: [String] = []
        for (position, number) in named.enumerated() {
            let name = manifest.entries[number].name.text
            let place = Place(.file, in: SourceID(position: position + 1))
            if case .changed(let changes) = results[number] {
                changed.append(PackageView.Changed(name: name, place: place, changes: changes))
            }
            guard let listed = manifest.entries[number].pieces else { continue }
            switch pieces[number] {
            case .compared(let found): changedPieces += PieceComparison(listed, found).changes(name, place)
            case .unread(let why): unread.append("'\(Escaping.line(name))': \(why)")
            case nil: break
            }
        }
        let unseen = strangers.failures.isEmpty ? nil : Reason.unread("a part of the folder could not be looked at")
        return PackageView(
            listed: manifest.entries.count, changed: changed, strangers: strangers.names, unseen: unseen,
            changedPieces: changedPieces,
            unreadPieces: unread.isEmpty ? nil : .unread("chunks were not compared: " + unread.joined(separator: "; ")),
            listsPieces: manifest.entries.contains { $0.pieces != nil })
    }

    /// "5000 files, 4998 as stated, 1 differs, 1 missing".
    public func outline(_ strangers: FolderStrangers) -> String {
        var (equal, missing, changed, unread) = (0, 0, 0, 0)
        for result in results {
            switch result {
            case .equal: equal += 1
            case .changed([.missing]): missing += 1
            case .changed: changed += 1
            case .unread: unread += 1
            }
        }
        let hidden = strangers.passedOver["hidden"] ?? 0
        let parts = [
            "\(results.count) \(results.count == 1 ? "file" : "files") listed", "\(equal) as stated",
            changed > 0 ? "\(changed) changed" : nil, missing > 0 ? "\(missing) missing" : nil,
            unread > 0 ? "\(unread) not read" : nil,
            strangers.names.isEmpty ? nil : "\(strangers.names.count) not listed",
            hidden > 0 ? "\(hidden) hidden not looked at" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

/// Stored parts as listed and as found.
struct PieceComparison {
    private let listed: [Manifest.Piece]
    private let found: [Manifest.Piece.Kind: Manifest.Piece]

    init(_ listed: [Manifest.Piece], _ found: [Manifest.Piece]) {
        self.listed = listed
        self.found = Dictionary(found.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// One for each dataset, and one for the sections.
    func changes(_ name: String, _ place: Place) -> [PackageView.ChangedPieces] {
        var order: [String?] = []
        var totals: [String?: (total: Int, frames: [Range<Int>], count: Int)] = [:]
        func note(_ piece: Manifest.Piece, isListed: Bool, differs: Bool) {
            let dataset: String?
            let frames: Range<Int>
            switch piece.kind {
            case .section(let number):
                let number = max(0, min(number, Int.max - 1))
                (dataset, frames) = (nil, number..<(number + 1))
            case .chunk(let path, let first):
                // Of two dimensions is one image; numbers of strangers are not counted on.
                let start = first.count > 2 ? max(0, min(first[0], Int.max / 2)) : 0
                dataset = path
                frames = (start + 1)..<(start + 1 + (first.count > 2 ? piece.frames : 1))
            }
            if totals[dataset] == nil { order.append(dataset) }
            var sum = totals[dataset] ?? (0, [], 0)
            if isListed { sum.total += 1 }
            if differs {
                sum.count += 1
                sum.frames.append(frames)
            }
            totals[dataset] = sum
        }
        for piece in listed {
            let isEqual = found[piece.kind].map { $0.size == piece.size && $0.digest == piece.digest } ?? false
            note(piece, isListed: true, differs: !isEqual)
        }
        let known = Set(listed.map(\.kind))
        let added = found.values.filter { !known.contains($0.kind) }.sorted { $0.address < $1.address }
        for piece in added { note(piece, isListed: false, differs: true) }
        return order.compactMap { dataset in
            guard let sum = totals[dataset], sum.count > 0 else { return nil }
            return PackageView.ChangedPieces(
                name: name, place: place, dataset: dataset, count: sum.count, total: sum.total,
                frames: Self.merged(sum.frames))
        }
    }

    /// Ranges that touch become one.
    private static func merged(_ ranges: [Range<Int>]) -> [ClosedRange<Int>] {
        var merged: [ClosedRange<Int>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let range = ClosedRange(range)
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
