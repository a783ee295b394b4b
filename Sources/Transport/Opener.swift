// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Opens files for a process that may open none itself.
///
/// The other side holds the link policy: a name is judged where files are opened, and nowhere else.
public protocol Opener: Sendable {
    /// Opens an input by the words that name it: its path, and the folder that links do not lead out of.
    func open(_ words: [String]) throws(Failure) -> Source
    /// Opens what an opened file names.
    ///
    /// - Parameter file: The number that the other side gave that file.
    func reach(_ name: Name, called path: Name, namedBy file: Int) -> Folder.Reached
}

extension Folder {
    /// What a name leads to, and what tells the file behind it from others.
    public struct Reached: Sendable {
        /// nil when nothing is there, or it cannot be told.
        public let key: Identity.Key?
        /// nil for a file that the caller knows.
        public let opened: Opened?

        public init(key: Identity.Key?, opened: Opened?) {
            self.key = key
            self.opened = opened
        }
    }

    /// Opens what a file in this folder names, unless the caller knows the file behind the name.
    public func reach(_ name: Name, _ follow: Follow, unless isKnown: (Identity.Key) -> Bool) -> Reached {
        if let refusal = refusal(of: name, follow) { return Reached(key: nil, opened: .refused(refusal)) }
        if let opening {
            let reached = opening.opener.reach(name, called: path(of: name), namedBy: opening.number)
            return reached.key.map(isKnown) == true ? Reached(key: reached.key, opened: nil) : reached
        }
        let key = identity(of: name)?.key
        return Reached(key: key, opened: key.map(isKnown) == true ? nil : reach(name, follow))
    }
}

extension Source {
    /// By whom a file was opened that this process could not open, and the number it has there.
    public struct Opening: Sendable {
        let opener: any Opener
        /// The number that the other side gave the file.
        public let number: Int

        public init(by opener: any Opener, number: Int) {
            self.opener = opener
            self.number = number
        }
    }
}
