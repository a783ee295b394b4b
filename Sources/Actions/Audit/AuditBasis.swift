// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What a verdict depends on beside the file: a file whose verdict has another basis is checked again.
public struct AuditBasis: Sendable, Hashable {
    /// Of the program.
    public var version: String
    public var profile: String
    public var profileDigest: String
    public var failAt: String
    /// Releases and folders of definitions, and the dictionary, in words.
    public var definitions: String
    public var tiers: AuditTiers

    public init(
        version: String, profile: String, profileDigest: String, failAt: String, definitions: String, tiers: AuditTiers
    ) {
        self.version = version
        self.profile = profile
        self.profileDigest = profileDigest
        self.failAt = failAt
        self.definitions = definitions
        self.tiers = tiers
    }
}

/// How deep files are looked at; all that are asked for come of one visit to a file.
public struct AuditTiers: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Rules on what files say of themselves.
    public static let metadata = AuditTiers(rawValue: 1)
    /// Every frame is decoded.
    public static let frames = AuditTiers(rawValue: 2)
    /// SHA-256 of every file.
    public static let fixity = AuditTiers(rawValue: 4)

    /// By the words of the command line.
    public static let all: [(word: String, tier: AuditTiers)] = [
        ("metadata", .metadata), ("frames", .frames), ("fixity", .fixity),
    ]

    /// "metadata,fixity".
    public var words: String { Self.all.filter { contains($0.tier) }.map(\.word).joined(separator: ",") }

    /// Nil for a word that is none.
    public init?(_ words: String) {
        var tiers: AuditTiers = []
        for word in words.split(separator: ",") {
            guard let tier = Self.all.first(where: { $0.word == word })?.tier else { return nil }
            tiers.insert(tier)
        }
        // Whoever decodes or digests a file reads its metadata as well.
        self = tiers.union(.metadata)
    }
}

/// Which part of an archive one run looks at: folders by a hash of their names, so that files that belong together mostly
/// fall to one of them.
public struct Shard: Sendable, Hashable {
    /// From 1.
    public let number: Int
    public let count: Int

    public static let whole = Shard(number: 1, count: 1)

    private init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// "3/8"; nil for what is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1, count <= 100_000,
            (1...count).contains(number)
        else { return nil }
        self.init(number: number, count: count)
    }

    public var words: String { "\(number)/\(count)" }

    /// Whether the files right in a folder are looked at here.
    ///
    /// - Parameter folder: From the root.
    public func holds(_ folder: Name) -> Bool {
        guard count > 1 else { return true }
        // FNV-1a: the same on every machine and in every release.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in folder.bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 33
        return Int(hash % UInt64(count)) == number - 1
    }
}
