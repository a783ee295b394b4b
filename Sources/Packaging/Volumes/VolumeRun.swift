// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Digest
import Synchronization
public import Transport

/// Volumes written, or their digests taken as if they were, in one read of the data.
///
/// One thread reads the members; behind it one takes the digests of members and volume, and one writes it.
/// Several volumes are under way where there are processors for them.
public struct VolumeRun: Sendable {
    /// More bytes of a member are not held at once: such a member is read twice, for its CRC stands before it.
    public static let mostHeld = 128 << 20

    private let files: [PlannedFile]
    private let wantsMemberMD5: Bool

    public init(_ files: [PlannedFile], wantsMemberMD5: Bool = false) {
        self.files = files
        self.wantsMemberMD5 = wantsMemberMD5
    }

    /// Members that are read twice.
    public static func readTwice(_ files: [PlannedFile]) -> [DataFile] {
        files.filter(\.isVolume).flatMap { $0.members.filter { $0.size > mostHeld } }
    }

    /// Reads the data.
    ///
    /// - Parameters:
    ///   - folder: Where files are written, below the folder `deposit`; nil: nothing is written.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file of the deposit that is ready, on any thread.
    /// - Returns: What was found, in the order of the plan.
    /// - Throws: The first failure; what is under way is given up.
    public func callAsFunction(
        into folder: NewFolder?, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {}
    ) throws(Failure) -> [WrittenFile] {
        let files = files
        let wantsMemberMD5 = wantsMemberMD5
        let board = Mutex((next: 0, found: [WrittenFile?](repeating: nil, count: files.count), failure: Failure?.none))
        // The largest first, so that no thread is left alone with one at the end.
        let order = files.indices.sorted { (files[$0].size, $1) > (files[$1].size, $0) }
        let pairs = max(1, min(PlainThreads.processors / 2, files.count))
        PlainThreads.run(pairs) { _ in
            while true {
                let number = board.withLock { board -> Int? in
                    guard board.failure == nil, board.next < order.count else { return nil }
                    board.next += 1
                    return order[board.next - 1]
                }
                guard let number else { return }
                do throws(Failure) {
                    let file = files[number]
                    let output = try folder.map { (folder) throws(Failure) in
                        try folder.makeFile(Name("deposit").appending(file.name))
                    }
                    let writer = FileWriter(file, output, wantsMemberMD5: wantsMemberMD5, read: read) {
                        board.withLock { $0.failure != nil }
                    }
                    let found = try writer.write()
                    board.withLock { $0.found[number] = found }
                    done()
                } catch {
                    board.withLock { $0.failure = $0.failure ?? error }
                }
            }
        }
        let (found, failure) = board.withLock { ($0.found, $0.failure) }
        if let failure { throw failure }
        return found.map { file in
            guard let file else { preconditionFailure("a file was neither written nor given up") }
            return file
        }
    }
}

/// One file of the deposit on its way.
private struct FileWriter {
    private let file: PlannedFile
    private let output: VolumeOutput?
    private let wantsMemberMD5: Bool
    private let read: (Int) -> Void
    private let isGivenUp: () -> Bool
    private let whole: DigestAside

    init(
        _ file: PlannedFile, _ output: NewFile?, wantsMemberMD5: Bool, read: @escaping (Int) -> Void,
        isGivenUp: @escaping () -> Bool
    ) {
        self.file = file
        let output = output.map(VolumeOutput.init)
        self.output = output
        whole = DigestAside([.md5, .sha256], also: output.map { [$0.write] } ?? [])
        self.wantsMemberMD5 = wantsMemberMD5
        self.read = read
        self.isGivenUp = isGivenUp
    }

    func write() throws(Failure) -> WrittenFile {
        var members: [WrittenFile.Member] = []
        members.reserveCapacity(file.members.count)
        do throws(Failure) {
            if let layout = file.layout {
                for index in file.members.indices { members.append(try add(index, layout)) }
                let end = layout.directory(sums: members.map(\.crc32))
                let room = whole.room(end.count)
                room.copyBytes(from: end)
                try pass(end.count)
            } else {
                members = [try copy(file.members[0])]
            }
        } catch {
            _ = whole.finish()
            throw error
        }
        let digests = whole.finish()
        try output?.end()
        precondition(digests.byteCount == file.size, "a file of the deposit has the size of its plan")
        if file.layout == nil, let sha256 = digests[.sha256], let crc32 = members.first?.crc32 {
            // The file is its own member.
            members = [WrittenFile.Member(sha256: sha256, crc32: crc32, md5: wantsMemberMD5 ? digests[.md5] : nil)]
        }
        // Those whose digest was taken along with that of the volume.
        var parts = whole.parts[...]
        for index in members.indices where members[index].sha256.isEmpty {
            guard let sha256 = parts.popFirst() else { preconditionFailure("a member has a digest") }
            members[index] = WrittenFile.Member(sha256: sha256, crc32: members[index].crc32, md5: nil)
        }
        return WrittenFile(
            name: file.name, size: file.size, md5: digests[.md5] ?? "", sha256: digests[.sha256] ?? "",
            members: members)
    }

    private var memberAlgorithms: Set<DigestAlgorithm> { wantsMemberMD5 ? [.md5, .sha256] : [.sha256] }

    /// Header and bytes of a member.
    private func add(_ index: Int, _ layout: ZIPLayout) throws(Failure) -> WrittenFile.Member {
        let member = file.members[index]
        let source = try member.open()
        try checkGivenUp(source)
        let start = layout.dataOffset(of: index) - layout.offsets[index]
        guard member.size <= VolumeRun.mostHeld else { return try addInPieces(index, layout, source) }
        let room = whole.room(start + member.size)
        let place = UnsafeMutableRawBufferPointer(rebasing: room[start..<(start + member.size)])
        let count = try source.read(into: place, at: 0)
        read(count)
        guard count == member.size else { throw member.changed("it ends before its size") }
        try source.checkUnchanged()
        let bytes = UnsafeRawBufferPointer(place)
        let sum = CRC32.sum(0, bytes)
        room.copyBytes(from: layout.header(of: index, sum: sum))
        guard DigestAside.takesPartsAlong, !wantsMemberMD5 else {
            let stream = DigestStream(memberAlgorithms)
            stream.update(bytes)
            let digests = stream.finish()
            try pass(start + member.size)
            return WrittenFile.Member(sha256: digests[.sha256] ?? "", crc32: sum, md5: digests[.md5])
        }
        try pass(start + member.size, part: start..<(start + member.size))
        return WrittenFile.Member(sha256: "", crc32: sum, md5: nil)
    }

    /// The same of one that is too large to be held: read once for its CRC, and once more.
    private func addInPieces(_ index: Int, _ layout: ZIPLayout, _ source: Source) throws(Failure) -> WrittenFile.Member
    {
        let member = file.members[index]
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.piece, alignment: 64)
        defer { scratch.deallocate() }
        let stream = DigestStream(memberAlgorithms)
        var sum: UInt32 = 0
        try pieces(of: member, source) { (offset, count) throws(Failure) in
            let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: scratch[0..<count]), at: offset)
            let bytes = UnsafeRawBufferPointer(rebasing: scratch[0..<got])
            sum = CRC32.sum(sum, bytes)
            stream.update(bytes)
            return got
        }
        let digests = stream.finish()
        let header = layout.header(of: index, sum: sum)
        let room = whole.room(header.count)
        room.copyBytes(from: header)
        try pass(header.count)
        let again = try copyBytes(of: member, source)
        guard again == sum else { throw member.changed("it changed while it was read") }
        return WrittenFile.Member(sha256: digests[.sha256] ?? "", crc32: sum, md5: digests[.md5])
    }

    /// A file as it is; its digests are those of the whole.
    private func copy(_ member: DataFile) throws(Failure) -> WrittenFile.Member {
        let source = try member.open()
        let sum = try copyBytes(of: member, source)
        return WrittenFile.Member(sha256: "", crc32: sum, md5: nil)
    }

    /// Passes the bytes of a member on; their CRC.
    private func copyBytes(of member: DataFile, _ source: Source) throws(Failure) -> UInt32 {
        var sum: UInt32 = 0
        try pieces(of: member, source) { (offset, count) throws(Failure) in
            let room = whole.room(count)
            let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[0..<count]), at: offset)
            sum = CRC32.sum(sum, UnsafeRawBufferPointer(rebasing: room[0..<got]))
            try pass(got)
            return got
        }
        return sum
    }

    private func pieces(
        of member: DataFile, _ source: Source, _ take: (Int, Int) throws(Failure) -> Int
    ) throws(Failure) {
        var offset = 0
        while offset < member.size {
            try checkGivenUp(source)
            let wanted = min(Self.piece, member.size - offset)
            let got = try take(offset, wanted)
            read(got)
            guard got == wanted else { throw member.changed("it ends before its size") }
            offset += got
        }
        try source.checkUnchanged()
    }

    /// The first bytes of the room that was asked for last go into the digests, and are written.
    private func pass(_ count: Int, part: Range<Int>? = nil) throws(Failure) {
        whole.pass(count, part: part)
        try output?.check()
    }

    private func checkGivenUp(_ source: Source) throws(Failure) {
        guard isGivenUp() else { return }
        throw Failure(
            attempt: "package", subject: source.name.text, code: .ended("stopped"),
            words: "another file could not be packaged")
    }

    private static let piece = 1 << 20
}
