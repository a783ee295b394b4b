// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A server that keeps DOIs as DataCite does, by its published rules; answers can be lost on the way.
///
/// - Source: support.datacite.org, REST API guides and DOI states: drafts are not validated, one error of each property,
///   200 on validate, drafts alone can be deleted, url from registered on.
public final class MockDataCite: @unchecked Sendable {
    /// Where the answer to a call gets lost.
    public enum Loss: Sendable { case beforeTheCall, afterTheCall }

    private var server: LoopbackServer?
    private let lock = NSLock()
    private var dois: [String: [String: Any]] = [:]
    private var losses: [Loss] = []
    private let account: String

    public var url: String { server?.url("") ?? "" }
    public var requests: [LoopbackServer.Request] { server?.requests ?? [] }
    public var states: [String: String] {
        lock.withLock { dois.mapValues { $0["state"] as? String ?? "" } }
    }

    /// - Parameter account: User and password with a colon between.
    public init(account: String) throws {
        self.account = "Basic " + Data(account.utf8).base64EncodedString()
        server = try LoopbackServer { [weak self] request, _ in self?.answer(request) ?? .plain(500) }
    }

    /// The next calls that change something lose their answers.
    public func lose(_ losses: [Loss]) { lock.withLock { self.losses = losses } }

    private func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        lock.withLock {
            let path = request.path.split(separator: "?")[0].removingPercentEncoding ?? ""
            if path == "/page" { return .plain(200, ["Content-Type": "text/html"], Array("<html></html>".utf8)) }
            if path == "/closed" { return .plain(403) }
            if path.hasPrefix("/gone") { return .plain(404) }
            let changes = request.method != "GET"
            let loss = changes && !losses.isEmpty ? losses.removeFirst() : nil
            if case .beforeTheCall? = loss { return .silence(seconds: 0) }
            let (status, body) = done(request, path)
            if case .afterTheCall? = loss { return .silence(seconds: 0) }
            let bytes = body.flatMap { try? JSONSerialization.data(withJSONObject: $0) } ?? Data()
            return .plain(status, ["Content-Type": "application/vnd.api+json; charset=utf-8"], [UInt8](bytes))
        }
    }

    private func done(_ request: LoopbackServer.Request, _ path: String) -> (Int, [String: Any]?) {
        guard request.fields["authorization"] == account else { return (401, fault("", "Bad credentials.")) }
        guard request.fields["accept"] == "application/vnd.api+json" else { return (406, fault("", "Not acceptable.")) }
        let attributes =
            ((try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any])
            .flatMap { $0["data"] as? [String: Any] }.flatMap { $0["attributes"] as? [String: Any] }
        if request.method == "POST", path == "/dois/validate" {
            guard let attributes else { return (400, fault("", "The request body could not be parsed.")) }
            let errors = Self.errors(attributes, needsURL: false)
            return (200, ["data": ["type": "validations"], "errors": errors])
        }
        guard path.hasPrefix("/dois/10.") else { return (404, fault("", "The resource does not exist.")) }
        let doi = String(path.dropFirst("/dois/".count)).lowercased()
        switch request.method {
        case "GET":
            guard let known = dois[doi] else { return (404, fault("", "The resource does not exist.")) }
            return (200, shown(doi, known, request.path))
        case "DELETE":
            guard let known = dois[doi] else { return (404, fault("", "The resource does not exist.")) }
            guard known["state"] as? String == "draft" else { return (405, fault("", "Method not allowed")) }
            dois[doi] = nil
            return (204, nil)
        case "PUT":
            guard let attributes else { return (400, fault("", "The request body could not be parsed.")) }
            return put(doi, attributes, request.path)
        default: return (405, fault("", "Method not allowed"))
        }
    }

    private func put(_ doi: String, _ sent: [String: Any], _ path: String) -> (Int, [String: Any]?) {
        guard doi.range(of: "^10\\.\\d{4,5}/[-._;()/:a-zA-Z0-9*~$=]+$", options: .regularExpression) != nil else {
            return (422, fault("doi", "The DOI is invalid"))
        }
        var merged = dois[doi] ?? ["state": "draft"]
        let isNew = dois[doi] == nil
        for (name, value) in sent where name != "event" { merged[name] = value }
        var state = merged["state"] as? String ?? "draft"
        switch (sent["event"] as? String, state) {
        case ("register", "draft"), ("hide", "findable"): state = "registered"
        case ("publish", _): state = "findable"
        default: break
        }
        if state != "draft" {
            let errors = Self.errors(merged, needsURL: true)
            if !errors.isEmpty { return (422, ["errors": errors]) }
        }
        merged["state"] = state
        dois[doi] = merged
        return (isNew ? 201 : 200, shown(doi, merged, path))
    }

    /// Strings for affiliation and publisher but with the switches.
    private func shown(_ doi: String, _ known: [String: Any], _ path: String) -> [String: Any] {
        var attributes = known
        attributes["doi"] = doi
        if !path.contains("publisher=true"), let publisher = known["publisher"] as? [String: Any] {
            attributes["publisher"] = publisher["name"]
        }
        if !path.contains("affiliation=true"), var creators = known["creators"] as? [[String: Any]] {
            for index in creators.indices {
                creators[index]["affiliation"] = (creators[index]["affiliation"] as? [[String: Any]])?.map {
                    $0["name"]
                }
            }
            attributes["creators"] = creators
        }
        return ["data": ["id": doi, "type": "dois", "attributes": attributes]]
    }

    /// One error of each property.
    private static func errors(_ attributes: [String: Any], needsURL: Bool) -> [[String: String]] {
        var errors: [[String: String]] = []
        func isEmpty(_ name: String) -> Bool { (attributes[name] as? [Any])?.isEmpty ?? true }
        if isEmpty("creators") { errors.append(["source": "creators", "title": "Missing child element(s)."]) }
        if isEmpty("titles") { errors.append(["source": "titles", "title": "Missing child element(s)."]) }
        if attributes["publisher"] == nil { errors.append(["source": "publisher", "title": "Can't be blank"]) }
        if attributes["publicationYear"] == nil {
            errors.append(["source": "publicationYear", "title": "Can't be blank"])
        }
        if attributes["types"] == nil { errors.append(["source": "types", "title": "Can't be blank"]) }
        if needsURL, (attributes["url"] as? String ?? "").isEmpty {
            errors.append(["source": "url", "title": "Can't be blank"])
        }
        return errors
    }

    private func fault(_ source: String, _ title: String) -> [String: Any] {
        ["errors": [source.isEmpty ? ["title": title, "status": "4xx"] : ["source": source, "title": title]]]
    }
}
