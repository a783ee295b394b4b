// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleCatalog
import Synchronization
public import Transport

/// What the user puts in the place of locations (--sub, --local).
public struct Substitutes: Sendable {
    /// One location, or the beginning of some, and what stands for it.
    public struct Substitute: Sendable, Hashable {
        /// A whole location, and where a slash ends it or a folder stands for it the beginning of locations.
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
    /// What came of them in a run; copies share it.
    public var uses = Uses()

    public init() {}

    public var isEmpty: Bool { substitutes.isEmpty && folders.isEmpty }

    /// Substitutes that stood for a location, and locations that none stood for.
    ///
    /// One that stands for nothing was meant for frames that are then not looked at, so that the run has to tell it.
    public final class Uses: Sendable {
        private struct State {
            var met: Set<Substitute> = []
            var leftLocations: [String] = []
        }

        private let state = Mutex(State())

        public init() {}

        /// - Parameter standing: Those that stand for the location, of which the last counts.
        func note(_ location: String, _ standing: [Substitute]) {
            state.withLock { state in
                state.met.formUnion(standing)
                if standing.isEmpty, state.leftLocations.count < 2, !state.leftLocations.contains(location) {
                    state.leftLocations.append(location)
                }
            }
        }

        /// A sentence on each substitute that stood for no location of the run, lower case, without a full stop.
        ///
        /// - Parameter hasUnread: Some file was not read and may have named such locations.
        public func unmet(of substitutes: Substitutes, hasUnread: Bool) -> [String] {
            let state = state.withLock { $0 }
            if hasUnread, state.leftLocations.isEmpty { return [] }
            return substitutes.substitutes.filter { !state.met.contains($0) }.map { one in
                let option = "--sub '\(ImageAddress.masked(one.location))=\(one.path.shown)'"
                let words = option + " fits no location of the files that were read"
                guard let named = state.leftLocations.first else {
                    return words + (state.met.isEmpty ? ", which name none" : "")
                }
                let more = state.leftLocations.count > 1 ? " and others" : ""
                return words + ", which name '\(ImageAddress.masked(named))'\(more): "
                    + "write such a location, or its beginning up to a '/'"
            }
        }
    }
}
