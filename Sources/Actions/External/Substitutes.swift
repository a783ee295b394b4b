// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What the user puts in the place of locations (--sub, --local).
public struct Substitutes: Sendable {
    /// One location, or the beginning of some, and what stands for it.
    public struct Substitute: Sendable, Hashable {
        /// A whole location, or with a slash at its end the beginning of locations.
        public let location: String
        /// A file, or the folder that is the root of the extracted archive.
        public let path: Name

        public init(location: String, path: Name) {
            self.location = location
            self.path = path
        }

        /// Takes `URL=PATH` apart: at the first equals sign behind which there is something on this machine, else at the
        /// last one, for a location may have such signs in its query.
        ///
        /// - Returns: nil without an equals sign, or with nothing on one side of it.
        public init?(_ words: String, isThere: (Name) -> Bool) {
            let signs = words.indices.filter { words[$0] == "=" && $0 != words.startIndex }
            let first = signs.first { sign in
                let rest = words[words.index(after: sign)...]
                return !rest.isEmpty && isThere(Name(String(rest)))
            }
            guard let sign = first ?? signs.last else { return nil }
            let path = words[words.index(after: sign)...]
            guard !path.isEmpty else { return nil }
            self.init(location: String(words[..<sign]), path: Name(String(path)))
        }
    }

    /// In the order given; a later one counts over an earlier one.
    public var substitutes: [Substitute] = []
    /// Folders below which files are looked for by their names.
    public var folders: [Name] = []

    public init() {}

    public var isEmpty: Bool { substitutes.isEmpty && folders.isEmpty }
}
