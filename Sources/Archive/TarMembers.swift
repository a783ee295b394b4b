// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import Transport

/// The members of a plain TAR, by their places.
struct TarPlaces: Sendable {
    private struct Place: Sendable {
        let start: Int
        let size: Int
        let member: ArchiveMember
        let unread: String?
    }

    let listing: ArchiveListing
    let doubles: Set<String>
    private let source: Source
    private let places: [String: Place]

    init(_ source: Source, limits: ArchiveLimits) throws(Failure) {
        self.source = source
        let stream = SourceStream(source)
        var reader = TarReader(stream)
        var listing = ArchiveListing()
        var places: [String: Place] = [:]
        var doubles = Set<String>()
        walk: while true {
            guard case .entry(let entry) = try reader.next() else { break }
            guard listing.members.count < limits.members else {
                listing.isCut = true
                break walk
            }
            let member = entry.member
            listing.members.append(member)
            let place = Place(start: entry.start, size: member.size, member: member, unread: entry.unread)
            if member.kind != .folder, places.updateValue(place, forKey: member.name) != nil {
                doubles.insert(member.name)
            }
            let there = try stream.skip(member.size)
            guard there == member.size else {
                listing.faults.append(
                    ArchiveListing.Fault(.damaged, member.name, "is cut short: \(there) of \(member.size) bytes"))
                listing.isCut = true
                break
            }
            _ = try stream.skip(TarReader.padding(member.size))
        }
        listing.faults += listing.isCut ? [] : reader.faults
        self.listing = listing
        self.doubles = doubles
        self.places = places
    }

    func open(_ name: String, as called: Name) throws(Failure) -> MemberArchive.Found {
        guard let place = places[name] else { return .absent }
        if let fault = place.member.fault { return .refused(fault) }
        if let unread = place.unread {
            throw Failure(attempt: "read the member", subject: called.text, code: .form("entry"), words: unread)
        }
        guard place.size <= source.size - place.start else {
            throw Failure(
                attempt: "read the member", subject: called.text, code: .cut,
                words: "is cut short: \(max(0, source.size - place.start)) of \(place.size) bytes")
        }
        return .open(Source(ranges: PartOfSource(source, start: place.start, size: place.size), name: called))
    }
}

/// The members of a compressed TAR: the stream is read once, as far as somebody asks, and what is wanted of it is kept
/// until it is asked for.
final class TarStream: Sendable {
    private enum Kept {
        case bytes(ByteBuffer)
        case refused(String)
        case failed(Failure)
    }

    /// `@unchecked Sendable`: used under the lock of its owner alone.
    private final class State: @unchecked Sendable {
        let stream: UnpackedStream
        var reader: TarReader
        var listing = ArchiveListing()
        var kept: [String: Kept] = [:]
        var order: [String] = []
        var asked: Set<String> = []
        var keptBytes = 0
        var seen: Set<String> = []
        var isAtEnd = false
        /// Why the rest cannot be read.
        var failure: Failure?

        init(_ stream: UnpackedStream) {
            self.stream = stream
            reader = TarReader(stream)
        }
    }

    private let state: Mutex<State>
    private let name: Name
    private let wanted: Set<String>
    private let limits: ArchiveLimits

    init(_ source: Source, _ wrapper: Wrapper, wanted: Set<String>, limits: ArchiveLimits) {
        state = Mutex(State(UnpackedStream(source, wrapper, limits: limits)))
        name = source.name
        self.wanted = wanted
        self.limits = limits
    }

    func open(_ name: String, as called: Name) throws(Failure) -> MemberArchive.Found {
        let (found, failure) = state.withLock { state -> (Kept?, Failure?) in
            while state.kept[name] == nil, !state.isAtEnd { step(state) }
            state.asked.insert(name)
            return (state.kept[name], state.failure)
        }
        switch found {
        case .bytes(let bytes): return .open(Source(memory: bytes, name: called))
        case .refused(let why): return .refused(why)
        case .failed(let failure): throw failure
        case nil:
            if let failure { throw failure }
            return .absent
        }
    }

    func listing() -> ArchiveListing {
        state.withLock { state in
            while !state.isAtEnd { step(state) }
            var listing = state.listing
            listing.faults += state.reader.faults
            if let failure = state.failure {
                let kind: ArchiveListing.Fault.Kind = failure.code == .damaged ? .damaged : .unread
                listing.faults.append(ArchiveListing.Fault(kind, nil, failure.words))
                listing.isCut = true
            }
            return listing
        }
    }

    /// Reads one entry, or what is behind the last one.
    private func step(_ state: State) {
        do throws(Failure) {
            guard state.listing.members.count < limits.members else {
                state.listing.isCut = true
                state.isAtEnd = true
                return
            }
            switch try state.reader.next() {
            case .entry(let entry): try take(entry, state)
            case .lost:
                state.listing.isCut = true
                state.isAtEnd = true
            case .end:
                state.isAtEnd = true
                // The checksum of the stream stands at its end.
                while try state.stream.skip(1 << 24) > 0 {}
            }
        } catch {
            state.failure = error
            state.isAtEnd = true
        }
    }

    private func take(_ entry: TarReader.Entry, _ state: State) throws(Failure) {
        let member = entry.member
        state.listing.members.append(member)
        let isWanted = wanted.contains(member.name) && member.kind != .folder
        let isFirst = !isWanted || state.seen.insert(member.name).inserted
        func fail(_ code: Failure.Code, _ words: String) {
            keep(
                .failed(
                    Failure(
                        attempt: "read the member", subject: name.text + "/" + member.name, code: code, words: words)),
                member.name, state)
        }
        var there = 0
        if !isFirst {
            keep(.refused("its name is there twice"), member.name, state)
        } else if isWanted, let fault = member.fault {
            keep(.refused(fault), member.name, state)
        } else if isWanted, let unread = entry.unread {
            fail(.form("entry"), unread)
        } else if isWanted, member.size > limits.memberBytes / 2 {
            // The room it is read into and the room it is kept in are held at once.
            fail(.limit("size"), "has \(member.size) bytes, more than are kept of one member of a stream")
        } else if isWanted {
            let bytes = try state.stream.read(member.size)
            there = bytes.count
            if there == member.size { keep(.bytes(ByteBuffer(bytes)), member.name, state, bytes: there) }
        }
        if there < member.size { there += try state.stream.skip(member.size - there) }
        guard there == member.size else {
            let words = "is cut short: \(there) of \(member.size) bytes"
            if isWanted { fail(.cut, words) }
            state.listing.faults.append(ArchiveListing.Fault(.damaged, member.name, words))
            state.listing.isCut = true
            state.isAtEnd = true
            return
        }
        _ = try state.stream.skip(TarReader.padding(member.size))
    }

    /// Keeps what was met, and makes room where there is too much.
    private func keep(_ kept: Kept, _ name: String, _ state: State, bytes: Int = 0) {
        if state.kept.updateValue(kept, forKey: name) == nil { state.order.append(name) }
        state.keptBytes += bytes
        guard bytes > 0, state.keptBytes > limits.keptBytes else { return }
        // What was asked for first, then what has waited longest.
        let waiting = state.order.filter { !state.asked.contains($0) }
        for other in state.order.filter(state.asked.contains) + waiting
        where state.keptBytes > limits.keptBytes && other != name {
            guard case .bytes(let buffer)? = state.kept[other] else { continue }
            state.keptBytes -= buffer.count
            state.kept[other] = .failed(
                Failure(
                    attempt: "read the member", subject: self.name.text + "/" + other, code: .limit("memory"),
                    words: "lies too far from the other frames in the stream to be kept",
                    remedy: "unpack the archive and name the folder with --sub"))
        }
    }
}
