// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Frames
import JSON
import Transport

/// Asks the program that started this worker for the files of locations.
struct AskedLocations: LocationOpener {
    private let opener: RemoteOpener
    /// The number of the description.
    private let file: Int

    init(_ opener: RemoteOpener, file: Int) {
        self.opener = opener
        self.file = file
    }

    func open(_ name: ExternalName) -> Located { opener.open(name, namedBy: file) }
    func look(at names: [ExternalName]) -> [LocatedSight] { opener.look(at: names, namedBy: file) }
    func files(of location: String) -> [String]? { opener.files(of: location, namedBy: file) }
}

/// Names of external data as one process sends them to another: location, member and a byte that says whether there is one.
enum ExternalNames {
    static func bytes(_ names: [ExternalName]) -> [UInt8] {
        var bytes: [UInt8] = []
        for name in names {
            Told.join(Array(name.location.utf8), to: &bytes)
            Told.join(name.member.map { [1] + Array($0.utf8) } ?? [0], to: &bytes)
        }
        return bytes
    }

    /// Nil for bytes that make no sense.
    static func names(_ bytes: ArraySlice<UInt8>) -> [ExternalName]? {
        var rest = bytes
        var names: [ExternalName] = []
        while !rest.isEmpty {
            guard let location = Told.split(&rest), let member = Told.split(&rest) else { return nil }
            names.append(
                ExternalName(
                    location: String(decoding: location, as: UTF8.self),
                    member: member.first == 1 ? String(decoding: member.dropFirst(), as: UTF8.self) : nil))
        }
        return names
    }
}

/// What the program answers on a name of external data: how it is to be taken, then an open file or why there is none.
struct ToldLocated {
    enum Kind: UInt8 {
        case file = 1
        case archive, other
    }

    let located: Located

    init(_ located: Located) { self.located = located }

    /// Of one that is no open file.
    var bytes: [UInt8] {
        switch located {
        case .file, .archive: []
        case .passedOver(let why): [Kind.other.rawValue, 0] + why.utf8
        case .absent(let words): [Kind.other.rawValue, 1] + words.utf8
        case .failed(let failure): [Kind.other.rawValue, 2] + Self.json(failure)
        }
    }

    private static func json(_ failure: Failure) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { failure.write(into: &$0) }
        return json.finish()
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count > 1, bytes[0] == Kind.other.rawValue else { return nil }
        let rest = Array(bytes.dropFirst(2))
        switch bytes[1] {
        case 0: located = .passedOver(String(decoding: rest, as: UTF8.self))
        case 1: located = .absent(String(decoding: rest, as: UTF8.self))
        case 2:
            guard let value = try? JSONReader.read(rest), let failure = try? Failure(reading: value) else { return nil }
            located = .failed(failure)
        default: return nil
        }
    }
}

extension LocatedSight {
    /// A byte, and words.
    var wire: [UInt8] {
        switch self {
        case .archive: [0]
        case .file(let size): [1] + (size.map { Array("\($0)".utf8) } ?? [])
        case .passedOver(let why): [2] + why.utf8
        case .absent(let words): [3] + words.utf8
        case .failed(let words): [4] + words.utf8
        }
    }

    init?(wire: [UInt8]) {
        let words = String(decoding: wire.dropFirst(), as: UTF8.self)
        switch wire.first {
        case 0: self = .archive
        case 1: self = .file(size: Int(words))
        case 2: self = .passedOver(words)
        case 3: self = .absent(words)
        case 4: self = .failed(words)
        default: return nil
        }
    }
}
