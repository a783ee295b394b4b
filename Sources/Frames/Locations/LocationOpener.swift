// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// A file as a row of external data names it: a location, and inside an archive a member.
public struct ExternalName: Sendable, Hashable {
    /// URI or relative reference as written.
    public let location: String
    /// Path inside the archive at that location; nil where the location is the file itself.
    public let member: String?

    public init(location: String, member: String? = nil) {
        self.location = location
        self.member = member
    }
}

/// What a name of external data leads to.
public enum Located: Sendable {
    /// The bytes of the location: an archive, where the name has a member, else the file.
    case archive(Source)
    /// The file itself: one without an archive, or a file of a folder that stands for the extracted archive.
    case file(Source)
    /// Nobody looks there in this run, by choice; says why.
    case passedOver(String)
    /// It was looked for, and nothing of the name is there; says where.
    case absent(String)
    /// It may be there and cannot be read.
    case failed(Failure)
}

/// What stands behind a name of external data, told without opening it.
public enum LocatedSight: Sendable, Hashable {
    /// An archive: whether it has the member is not known yet.
    case archive
    /// A file, with its bytes; nil where finding out is a journey.
    case file(size: Int?)
    /// Nobody looks there in this run, by choice; says why.
    case passedOver(String)
    /// Nothing of the name is there; says where it was looked for.
    case absent(String)
    /// It cannot be told; says why.
    case failed(String)
}

/// The one way from a name of external data to its bytes, or to the reason why there are none.
///
/// Here, by the program for a worker, or over the network: whoever reads frames does not know which.
public protocol LocationOpener: Sendable {
    func open(_ name: ExternalName) -> Located
    /// What stands behind each name, in their order.
    func look(at names: [ExternalName]) -> [LocatedSight]
    /// The files of the folder that stands for an archive, relative to it; nil where no folder does.
    func files(of location: String) -> [String]?
}

/// Opens locations that no file of this machine stands for.
public protocol RemoteLocations: Sendable {
    /// The bytes at a location, whatever is inside: `.file`, `.passedOver`, `.absent` or `.failed`.
    func open(_ location: String) -> Located
}
