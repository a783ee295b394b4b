// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import Transport

/// The members of an archive: ZIP by its directory, TAR by its headers, a compressed TAR as a stream that is read once.
///
/// Members are bytes in memory or places of the archive; nothing is written anywhere. Any number of threads may ask.
public final class MemberArchive: Sendable {
    /// What an archive is.
    public enum Kind: String, Sendable, Hashable {
        case zip = "ZIP"
        case tar = "TAR"
        case tgz = "TGZ"
        case tbz = "TBZ"
        case txz = "TXZ"
    }

    /// What a name leads to.
    public enum Found: Sendable {
        case open(Source)
        case absent
        /// A link, a device, a name twice: never opened; says why.
        case refused(String)
        /// It is damaged, or beyond what is read; `ArchiveListing.faults` tells of it too.
        case failed(Failure)
    }

    private enum Content: Sendable {
        case zip(ZIPMembers, places: [String: Int])
        case tar(TarPlaces)
        case stream(TarStream)
    }

    /// By its bytes.
    public let kind: Kind
    /// The archive itself.
    public let source: Source
    private let content: Content
    private let doubles: Set<String>
    private let met = Mutex<[ArchiveListing.Fault]>([])

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - kind: What its bytes say that it is, as `kind(of:)` tells.
    ///   - wanted: The members that somebody will ask for; a stream keeps no others.
    /// - Throws: When it cannot be read, or is no archive at all.
    public init(
        _ source: Source, _ kind: Kind, wanted: Set<String>, limits: ArchiveLimits = ArchiveLimits()
    ) throws(Failure) {
        self.kind = kind
        self.source = source
        switch kind {
        case .zip:
            let members = try ZIPMembers(source, limits: limits)
            var places: [String: Int] = [:]
            var doubles = Set<String>()
            for (index, entry) in members.directory.entries.enumerated() where entry.member.kind != .folder {
                if places.updateValue(index, forKey: entry.member.name) != nil { doubles.insert(entry.member.name) }
            }
            content = .zip(members, places: places)
            self.doubles = doubles
        case .tar:
            let places = try TarPlaces(source, limits: limits)
            content = .tar(places)
            doubles = places.doubles
        case .tgz, .tbz, .txz:
            let wrapper: Wrapper = kind == .tgz ? .gzip : kind == .tbz ? .bzip2 : .xz
            content = .stream(TarStream(source, wrapper, wanted: wanted, limits: limits))
            doubles = []
        }
    }

    /// What the first bytes of a file say that it is; nil for no archive. A compression is taken for that of a TAR.
    ///
    /// - Parameter head: 512 bytes are enough.
    public static func kind(of head: [UInt8]) -> Kind? {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
        switch Wrapper.of(head) {
        case .gzip: return .tgz
        case .bzip2: return .tbz
        case .xz: return .txz
        case nil: break
        }
        guard head.count >= 512 else { return nil }
        let block = Array(head.prefix(512))
        let isNamed = block[257..<262].elementsEqual("ustar".utf8)
        // Headers older than ustar have nothing but their checksum.
        return isNamed || block[0] != 0 && TarReader.hasSum(block) ? .tar : nil
    }

    /// Bytes of a member by the directory of a ZIP, 0 for one that is not there; nil for other archives.
    public func size(of name: String) -> Int? {
        guard case .zip(let members, let places) = content else { return nil }
        return places[name].map { members.directory.entries[$0].member.size } ?? 0
    }

    /// Opens a member by its name.
    ///
    /// - Parameter isWhole: All of its bytes are wanted; else what is stored as it is, is read in place.
    public func member(_ name: String, isWhole: Bool) -> Found {
        if doubles.contains(name) { return .refused("its name is there twice") }
        let called = Name(bytes: source.name.bytes + [0x2F] + Name(name).bytes)
        do throws(Failure) {
            switch content {
            case .zip(let members, let places):
                guard let place = places[name] else { return .absent }
                let entry = members.directory.entries[place]
                if let fault = entry.member.fault { return .refused(fault) }
                return .open(try members.open(entry, as: called, isWhole: isWhole))
            case .tar(let places): return try places.open(name, as: called)
            case .stream(let stream): return try stream.open(name, as: called)
            }
        } catch {
            let kind: ArchiveListing.Fault.Kind =
                switch error.code {
                case .damaged, .cut: .damaged
                case .form("encrypted"): .damaged
                default: .unread
                }
            let isOfAll = error.subject == source.name.text
            met.withLock { known in
                let fault = ArchiveListing.Fault(kind, isOfAll ? nil : name, error.words)
                if !known.contains(fault) { known.append(fault) }
            }
            return .failed(error)
        }
    }

    /// What the archive holds; of a stream all that was not read yet is passed over first.
    public func listing() -> ArchiveListing {
        var listing: ArchiveListing
        switch content {
        case .zip(let members, _): listing = members.directory.listing
        case .tar(let places): listing = places.listing
        case .stream(let stream): listing = stream.listing()
        }
        // Threads meet them in any order.
        let met = met.withLock { $0 }.sorted { ($0.member ?? "", $0.words) < ($1.member ?? "", $1.words) }
        for fault in met where !listing.faults.contains(fault) { listing.faults.append(fault) }
        return listing
    }
}
