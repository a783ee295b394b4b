// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Digest
import JSON
public import Transport

/// A verdict on files: what passed, by which rules, of which bytes.
///
/// An in-toto Statement whose predicate is a Simple Verification Result. There is none of data that do not pass.
/// - Source: in-toto Attestation Framework, Statement v1; predicate svr v0.2.
public struct Verdict: Sendable, Hashable {
    /// One file that the verdict is about.
    public struct Subject: Sendable, Hashable {
        public let name: String
        public let sha256: String
        /// The volume that it is a member of; nil for a file of the deposit.
        public let volume: String?

        public init(name: String, sha256: String, volume: String? = nil) {
            self.name = name
            self.sha256 = sha256
            self.volume = volume
        }
    }

    /// Rules, profile or definitions that were applied.
    public struct Policy: Sendable, Hashable {
        public let uri: String
        public let sha256: String?
        /// Identifiers of the rules of a catalogue.
        public let rules: [String]

        public init(uri: String, sha256: String?, rules: [String] = []) {
            self.uri = uri
            self.sha256 = sha256
            self.rules = rules
        }
    }

    /// How much was looked at.
    public enum Stage: String, Sendable, CaseIterable {
        /// A sample of the frames was decoded.
        case preliminary
        /// Every frame was decoded.
        case complete
        /// The files are those of a published record.
        case published
    }

    public var subjects: [Subject]
    /// Name and version of the program.
    public var verifier: String
    public var policies: [Policy]
    /// RFC 3339, UTC.
    public var time: String
    public var stage: Stage
    /// Name of the profile that the data pass.
    public var profile: String
    /// Of the published record that holds the files; nil before.
    public var doi: String?

    public init(
        subjects: [Subject], verifier: String, policies: [Policy], time: String, stage: Stage, profile: String
    ) {
        self.subjects = subjects
        self.verifier = verifier
        self.policies = policies
        self.time = time
        self.stage = stage
        self.profile = profile
    }

    static let statement = "https://in-toto.io/Statement/v1"
    static let predicate = "https://in-toto.io/attestation/svr/v0.2"
    static let catalogue = "urn:imprimatur:catalogue:"

    // MARK: Text

    /// The statement, one line.
    public var bytes: [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("_type", Self.statement)
            json.array("subject") { json in
                for subject in subjects {
                    json.object { json in
                        json.member("name", subject.name)
                        json.object("digest") { $0.member("sha256", subject.sha256) }
                        if let volume = subject.volume {
                            json.object("annotations") { $0.member("volume", volume) }
                        }
                    }
                }
            }
            json.member("predicateType", Self.predicate)
            json.object("predicate") { json in
                json.object("verifier") { json in
                    json.member("id", verifier)
                    json.array("policies") { json in
                        for policy in policies {
                            json.object { json in
                                json.member("uri", policy.uri)
                                if let sha256 = policy.sha256 {
                                    json.object("digest") { $0.member("sha256", sha256) }
                                }
                                if !policy.rules.isEmpty {
                                    json.object("annotations") { json in
                                        json.array("rules") { json in for rule in policy.rules { json.string(rule) } }
                                    }
                                }
                            }
                        }
                    }
                }
                json.member("timeCreated", time)
                json.array("properties") { json in
                    json.string("IMPRIMATUR_PASSED_\(profile)")
                    json.string("IMPRIMATUR_STAGE_\(stage.rawValue.uppercased())")
                    if let doi { json.string("IMPRIMATUR_DOI_\(doi)") }
                }
            }
        }
        return json.finish()
    }

    /// Reads a statement.
    ///
    /// - Parameter path: For what is wrong with it.
    public init(_ bytes: [UInt8], path: String) throws(Failure) {
        let json: JSONValue
        do {
            json = try JSONReader.read(bytes)
        } catch {
            throw Self.fault(path, error.description)
        }
        guard json["_type"]?.string == Self.statement else { throw Self.fault(path, "it is no in-toto Statement v1") }
        guard json["predicateType"]?.string == Self.predicate, let predicate = json["predicate"],
            let verifier = predicate["verifier"]?["id"]?.string, let time = predicate["timeCreated"]?.string,
            let properties = predicate["properties"]?.elements?.compactMap(\.string)
        else { throw Self.fault(path, "its predicate is no Simple Verification Result of version 0.2") }
        var subjects: [Subject] = []
        for subject in json["subject"]?.elements ?? [] {
            guard let name = subject["name"]?.string, let digest = subject["digest"]?["sha256"]?.string else {
                throw Self.fault(path, "a subject has no name or no SHA-256")
            }
            subjects.append(
                Subject(
                    name: name, sha256: digest.lowercased(), volume: subject["annotations"]?["volume"]?.string))
        }
        guard !subjects.isEmpty else { throw Self.fault(path, "it is about no file") }
        self.subjects = subjects
        self.verifier = verifier
        self.time = time
        policies = (predicate["verifier"]?["policies"]?.elements ?? []).compactMap { policy in
            policy["uri"]?.string.map {
                Policy(
                    uri: $0, sha256: policy["digest"]?["sha256"]?.string,
                    rules: policy["annotations"]?["rules"]?.elements?.compactMap(\.string) ?? [])
            }
        }
        func property(_ prefix: String) -> String? {
            properties.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }
        guard let profile = property("IMPRIMATUR_PASSED_") else {
            throw Self.fault(path, "it does not say that the files passed a profile of this program")
        }
        self.profile = profile
        doi = property("IMPRIMATUR_DOI_")
        stage = property("IMPRIMATUR_STAGE_").flatMap { Stage(rawValue: $0.lowercased()) } ?? .preliminary
    }

    static func fault(_ path: String, _ words: String) -> Failure {
        Failure(
            attempt: "use the verdict", subject: path, code: .form("verdict"), words: words,
            remedy: "write it with 'imprimatur verdict write'")
    }

    // MARK: Staleness

    /// Rules that are there now and were not when the verdict was given; empty for one that names no catalogue.
    public func newer(than rules: [String]) -> [String] {
        guard let known = policies.first(where: { $0.uri.hasPrefix(Self.catalogue) })?.rules, !known.isEmpty else {
            return []
        }
        let set = Set(known)
        return rules.filter { !set.contains($0) }
    }
}

/// A signed verdict: the statement as it was signed, and the signature.
///
/// - Source: Dead Simple Signing Envelope 1.0.
public struct SignedVerdict: Sendable {
    static let payloadType = "application/vnd.in-toto+json"

    /// The statement as it was signed.
    public let payload: [UInt8]
    /// Keys by their ids, and their signatures.
    public let signatures: [(key: String, signature: [UInt8])]

    /// Signs a statement.
    public init(_ payload: [UInt8], by key: borrowing SignatureKey) throws(Failure) {
        self.payload = payload
        signatures = [(key.id, try key.signature(of: Self.signed(payload)))]
    }

    /// What is signed: type and payload, each after its length.
    private static func signed(_ payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }

    /// The envelope.
    public var bytes: [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("payload", Base64.text(payload))
            json.member("payloadType", Self.payloadType)
            json.array("signatures") { json in
                for one in signatures {
                    json.object { json in
                        json.member("keyid", one.key)
                        json.member("sig", Base64.text(one.signature))
                    }
                }
            }
        }
        return json.finish()
    }

    /// Reads an envelope; nil for what is none.
    public init?(_ bytes: [UInt8]) {
        guard let json = try? JSONReader.read(bytes), json["payloadType"]?.string == Self.payloadType,
            let payload = json["payload"]?.string.flatMap(Base64.bytes), let list = json["signatures"]?.elements
        else { return nil }
        self.payload = payload
        signatures = list.compactMap { one in
            one["sig"]?.string.flatMap(Base64.bytes).map { (one["keyid"]?.string ?? "", $0) }
        }
    }

    /// Some signature is of this key and this payload.
    public func isSigned(by key: borrowing SignatureKey) -> Bool {
        for one in signatures where key.confirms(one.signature, of: Self.signed(payload)) { return true }
        return false
    }
}
