// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Packaging
public import Remote

/// The repository that a deposit goes to, as it was chosen for one run.
public struct DepositTarget: Sendable {
    /// The name of its profile, or of its host: journals are named by it.
    public let name: String
    /// What addresses of its interface begin with, such as https://sandbox.zenodo.org/api.
    public let api: WebAddress
    /// The address of a file; `{id}` and `{key}` stand for record and name.
    public let file: String
    /// The page of a record; `{id}` stands for its number.
    public let page: String
    /// What is published there stays.
    public let isProduction: Bool
    /// The prefix of its DOIs; nil where it is not known before.
    public let doiPrefix: String?
    /// The variable of the environment that holds the token.
    public let tokenVariable: String
    /// What a deposit may be; of a server that no profile names those that InvenioRDM ships with.
    public var limits = RepositoryTarget.Limits(files: 100, nameBytes: 255)
    /// Files may be sent in parts.
    public var takesParts = false

    /// The prefix of test DOIs, which lead nowhere.
    public static let testPrefix = "10.5072"

    public init(
        name: String, api: WebAddress, file: String, page: String, isProduction: Bool, doiPrefix: String?,
        tokenVariable: String
    ) {
        self.name = name
        self.api = api
        self.file = file
        self.page = page
        self.isProduction = isProduction
        self.doiPrefix = doiPrefix
        self.tokenVariable = tokenVariable
    }

    /// A repository that the program knows.
    ///
    /// - Throws: For one whose address is given on the command line.
    public init(_ profile: RepositoryTarget) throws(DepositStop) {
        guard let api = WebAddress(profile.api) else {
            throw DepositStop(
                .refusal, "the repository '\(profile.id)' has no address of its own",
                remedy: "give the address of the server: --target https://HOST")
        }
        self.init(
            name: profile.id, api: api, file: profile.file, page: profile.record, isProduction: profile.isProduction,
            doiPrefix: profile.doiPrefix, tokenVariable: profile.tokenVariable)
        limits = profile.limits
        takesParts = profile.isMultipart
    }

    /// A server of InvenioRDM at an address, which may name the interface or the server.
    ///
    /// - Throws: For what is no address, and for plain http to another machine.
    public init(address text: String, isProduction: Bool, tokenVariable: String) throws(DepositStop) {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        if !text.hasSuffix("/api") { text += "/api" }
        guard let api = WebAddress(text) else {
            throw DepositStop(
                .refusal, "'\(text)' is no address of http or https", remedy: "write https://HOST of the repository")
        }
        let root = api.root
        self.init(
            name: api.host + (api.port.map { "-\($0)" } ?? ""), api: api,
            file: "\(root)/api/records/{id}/files/{key}/content", page: "\(root)/records/{id}",
            isProduction: isProduction, doiPrefix: isProduction ? nil : Self.testPrefix, tokenVariable: tokenVariable)
    }

    /// Fails for an interface that a token must not go to.
    public func checkAddress() throws(DepositStop) {
        guard api.isSecure || api.isLoopback else {
            throw DepositStop(
                .refusal, "'\(api.shown)' is no https, and the token would be readable on the way",
                remedy: "write https://")
        }
    }

    /// Why a DOI does not belong to a deposit here; nil where it does.
    ///
    /// A test DOI leads nowhere for ever, and a real one must not be spent on a trial.
    public func refusal(of doi: String) -> String? {
        let prefix = String(doi.prefix { $0 != "/" })
        let isTest = prefix == Self.testPrefix
        if isProduction, isTest { return "'\(doi)' has the test prefix \(prefix), and \(name) is PRODUCTION" }
        if !isProduction, !isTest { return "'\(doi)' has the prefix \(prefix) of real DOIs, and \(name) is for trials" }
        if let doiPrefix, prefix != doiPrefix {
            return "'\(doi)' has the prefix \(prefix), and \(name) gives DOIs of \(doiPrefix)"
        }
        return nil
    }

    /// The public address of a file of a record.
    public func address(ofFile key: String, record id: String) -> String {
        file.replacing("{id}", with: WebAddress.part(id)).replacing("{key}", with: WebAddress.part(key))
    }

    /// The page of a record for people.
    public func page(of id: String) -> String { page.replacing("{id}", with: WebAddress.part(id)) }

    /// The name with PRODUCTION in front of what stays.
    public var shown: String { isProduction ? "\(name) (PRODUCTION)" : name }
}

extension String {
    /// Every place of a text replaced by another.
    fileprivate func replacing(_ text: String, with other: String) -> String {
        var result = ""
        var rest = Substring(self)
        while !rest.isEmpty {
            if rest.hasPrefix(text) {
                result += other
                rest = rest.dropFirst(text.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
