// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a run may do over the network.
///
/// - Source: audit.md section 4.
public struct RemoteLimits: Sendable, Hashable {
    /// Seconds until a connection stands; twice as long a connection may be silent.
    public var seconds = 30
    /// How often a request is sent again that may come through another time.
    public var retries = 2
    /// Redirects that are followed.
    public var redirects = 5
    /// Bytes that are fetched from one address.
    public var bytes = 20 << 20
    /// Addresses of this machine and of private networks are asked as well.
    public var allowsPrivate = false
    /// How the program names itself to servers.
    public var agent = "imprimatur"

    public init() {}

    /// Milliseconds for a request in all, at 64 kB a second: a server that gives a byte now and then is not waited for.
    func total(bytes: Int) -> Int { seconds * 4_000 + bytes / 64 }

    /// Seconds for an address with all that is sent again.
    var patience: Double { Double(seconds) * 6 }
}

/// What went over the network.
public struct RemoteCounters: Sendable, Hashable {
    /// Requests that were sent, redirects among them.
    public var requests = 0
    /// Bytes of bodies that were taken.
    public var bytes = 0

    public init() {}
}
