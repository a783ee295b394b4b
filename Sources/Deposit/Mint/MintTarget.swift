// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Remote

/// The system of DataCite that a DOI is registered with.
public struct MintTarget: Sendable {
    /// What addresses of its interface begin with.
    public let api: WebAddress
    /// What is registered there stays.
    public let isProduction: Bool

    /// Prefixes of real DOIs that belong to known repositories and facilities.
    private let realPrefixes: Set<String>

    /// The variable of the environment that holds user and password, with a colon between.
    public var accountVariable: String { isProduction ? "IMPRIMATUR_DATACITE" : "IMPRIMATUR_DATACITE_TEST" }

    /// - Parameters:
    ///   - address: Of another system; nil: that of DataCite, for tests or for production.
    ///   - realPrefixes: Prefixes that a system for tests is not to have.
    public init(address: String?, isProduction: Bool, realPrefixes: Set<String>) throws(DepositStop) {
        let text = address ?? (isProduction ? "https://api.datacite.org" : "https://api.test.datacite.org")
        guard let api = WebAddress(text) else {
            throw DepositStop(.refusal, "'\(text)' is no address of http or https", remedy: "write https://HOST")
        }
        guard api.isSecure || api.isLoopback else {
            throw DepositStop(
                .refusal, "'\(api.shown)' is no https, and the password would be readable on the way",
                remedy: "write https://")
        }
        self.api = api
        self.isProduction = isProduction
        self.realPrefixes = realPrefixes
    }

    /// Fails for a DOI that does not belong to this system.
    public func check(_ doi: String) throws(DepositStop) {
        let prefix = String(doi.prefix { $0 != "/" })
        if isProduction, prefix == DepositTarget.testPrefix {
            throw DepositStop(
                .refusal, "'\(doi)' has the test prefix \(prefix), and this is PRODUCTION",
                remedy: "leave --production out, or use your own prefix")
        }
        if !isProduction, realPrefixes.contains(prefix) {
            throw DepositStop(
                .refusal, "'\(doi)' has the prefix \(prefix) of real DOIs, and this is the system for tests",
                remedy: "use the test prefix of your account")
        }
    }

    /// The host with PRODUCTION where what is done stays.
    public var shown: String { isProduction ? "\(api.host) (PRODUCTION)" : api.host }
}
