// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension RemoteFault.Kind {
    /// A word, and what goes with it, for another process.
    public var wire: (word: String, value: String) {
        switch self {
        case .unknownHost: ("unknown host", "")
        case .unresolved: ("unresolved", "")
        case .notPublic(let address): ("not public", address)
        case .noConnection: ("no connection", "")
        case .timedOut: ("timed out", "")
        case .cut: ("cut", "")
        case .certificate: ("certificate", "")
        case .status(let status): ("status", "\(status)")
        case .redirects(let count): ("redirects", "\(count)")
        case .unsecured(let target): ("unsecured", target)
        case .otherHost(let host): ("other host", host)
        case .strayRedirect(let target): ("stray redirect", target)
        case .redirectNotPublic(let address): ("redirect not public", address)
        case .page: ("page", "")
        case .empty: ("empty", "")
        case .noRanges(let size): ("no ranges", size.map { "\($0)" } ?? "")
        case .limit: ("limit", "")
        case .changed: ("changed", "")
        case .nonsense: ("nonsense", "")
        case .noLibrary: ("no library", "")
        }
    }

    /// Nil for a word that is none of these.
    public init?(word: String, value: String) {
        switch word {
        case "unknown host": self = .unknownHost
        case "unresolved": self = .unresolved
        case "not public": self = .notPublic(address: value)
        case "no connection": self = .noConnection
        case "timed out": self = .timedOut
        case "cut": self = .cut
        case "certificate": self = .certificate
        case "status": self = .status(Int(value) ?? 0)
        case "redirects": self = .redirects(Int(value) ?? 0)
        case "unsecured": self = .unsecured(to: value)
        case "other host": self = .otherHost(value)
        case "stray redirect": self = .strayRedirect(value)
        case "redirect not public": self = .redirectNotPublic(address: value)
        case "page": self = .page
        case "empty": self = .empty
        case "no ranges": self = .noRanges(size: Int(value))
        case "limit": self = .limit
        case "changed": self = .changed
        case "nonsense": self = .nonsense
        case "no library": self = .noLibrary
        default: return nil
        }
    }
}
