// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Archive
public import Transport

/// A file of the deposit that holds data: a volume of members, or one file as it is.
public struct PlannedFile: Sendable {
    /// Its name in the deposit, without a folder.
    public let name: Name
    /// In the order of the volume; one where there is none.
    public let members: [DataFile]
    /// Where everything lies in the volume; nil for a file as it is.
    public let layout: ZIPLayout?
    /// Bytes.
    public let size: Int

    /// A volume of these members, in this order.
    init(volume name: Name, _ members: [DataFile]) {
        let layout = ZIPLayout(members.map { ZIPLayout.Member($0.path, size: $0.size) })
        self.init(name: name, members: members, layout: layout, size: layout.size)
    }

    /// One file as it is.
    init(plain file: DataFile) {
        self.init(name: file.path.last, members: [file], layout: nil, size: file.size)
    }

    private init(name: Name, members: [DataFile], layout: ZIPLayout?, size: Int) {
        self.name = name
        self.members = members
        self.layout = layout
        self.size = size
    }

    public var isVolume: Bool { layout != nil }

    /// The volume has numbers of 64 bits, which not every reader knows.
    public var isZIP64: Bool { layout?.isZIP64 ?? false }

    /// Where the bytes of a member begin in the volume; nil for a file as it is.
    public func offset(of index: Int) -> Int? { layout?.dataOffset(of: index) }
}
