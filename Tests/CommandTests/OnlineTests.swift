// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Digest
import Foundation
import Remote
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// `check --online`. Oracle: a server on the loopback interface, which knows what it was asked and what it answered.
@Suite(.serialized) struct OnlineTests {
    private static let image = miniCBF(usualHeader)

    /// A description of frames in files of their own, at addresses of a server.
    private static func description(_ url: (Int) -> String, rows count: Int = 4) throws -> String {
        let template = Folder.checkout.appendingPathComponent("corpora/DATA-010/pass-cbf.cif")
        let text = try String(contentsOf: template, encoding: .utf8)
        let front = try #require(text.range(of: "loop_", options: .backwards)).lowerBound
        let items = ["id", "format", "uri"].map { "    _array_data_external_data.\($0)\n" }.joined()
        let rows = (1...count).map { "        e\($0)  CBF  \(url($0))\n" }.joined()
        return text[..<front] + "loop_\n" + items + rows
    }

    /// - Parameter resolver: Who is asked for DOIs; nobody without it.
    private static func check(
        _ text: String, _ options: String..., resolver: String = ""
    ) throws -> BuiltProgram.Result {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appendingPathComponent("a.cif"))
        let profile = """
            { name: "test", extends: ["default"], rules: { "DATA-004": { parameters: { timeout: 2, retries: 0 } } } }
            """
        try Data(profile.utf8).write(to: folder.appendingPathComponent("test.json5"))
        return try BuiltProgram.run(
            ["check", "-a", "-p", "test.json5", "--frames", "none"] + options + ["a.cif"], in: folder, input: "",
            environment: [
                "IMPRIMATUR_RULES": Folder.checkout.appendingPathComponent("rules").path,
                "IMPRIMATUR_DOI_RESOLVER": resolver,
            ])
    }

    @Test func `nothing is asked without --online, nor at private addresses without --allow-private`() throws {
        let server = try LoopbackServer { request, _ in LoopbackServer.file(Self.image, request) }
        let text = try Self.description { server.url("/\($0).cbf") }
        let plain = try Self.check(text)
        #expect(plain.output.contains("DATA-004  the run does not use the network; --online does"))
        let online = try Self.check(text, "--online")
        #expect(online.output.contains("which is of this machine or of a private network"))
        #expect(online.code == 3)
        #expect(server.requests.isEmpty)
        #expect(try Self.check(text, "--allow-private").code == 2)
        #expect(try Self.check(text, "--max-download", "5M").code == 2)
        #expect(try Self.check(text, "--online", "--max-download", "none").code == 2)
    }

    @Test(arguments: [[], ["--isolate"]])
    func `locations that answer pass, and one that does not is told`(_ options: [String]) throws {
        let server = try LoopbackServer { request, _ in
            request.path == "/3.cbf" ? .plain(404) : LoopbackServer.file(Self.image, request)
        }
        let text = try Self.description { server.url("/\($0).cbf") }
        let options = ["--online", "--allow-private"] + options
        let result = try #require(
            options.count == 3
                ? Self.check(text, options[0], options[1], options[2]) : Self.check(text, options[0], options[1]))
        #expect(
            result.output.contains("A DATA-004  '\(server.url("/3.cbf"))': the server answers 404"), "\(result.output)")
        #expect(result.code == 1)
        #expect(Set(server.requests.map(\.path)) == ["/1.cbf", "/2.cbf", "/3.cbf", "/4.cbf"])
        #expect(server.requests.count == 4)
        #expect(server.requests.allSatisfy { $0.fields["user-agent"]?.hasPrefix("imprimatur/") == true })
    }

    @Test(
        arguments: [
            ("sizes agree", 0, "", false, nil), ("another size", 1, "", false, "the repository states"),
            ("digests agree", 0, nil, true, nil),
            ("another digest", 0, "md5:00000000000000000000000000000000", true, "the repository states md5 0000"),
        ] as [(String, Int, String?, Bool, String?)])
    func `a repository states what its files are`(
        _ name: String, _ more: Int, _ sum: String?, _ isWhole: Bool, _ words: String?
    ) throws {
        let md5 = Digests.of(Self.image, [.md5])[.md5] ?? ""
        let checksum = sum ?? "md5:\(md5)"
        let entries = (1...4).map { number in
            #"{"key": "run \#(number).cbf", "size": \#(Self.image.count + more), "checksum": "\#(checksum)"}"#
        }
        let server = try LoopbackServer { request, _ in
            if request.path == "/api/records/7/files" {
                return .plain(
                    200, ["Content-Type": "application/json"],
                    Array(#"{"enabled": true, "entries": [\#(entries.joined(separator: ", "))]}"#.utf8))
            }
            return isWhole ? .plain(200, [:], Self.image) : LoopbackServer.file(Self.image, request)
        }
        let text = try Self.description { server.url("/records/7/files/run%20\($0).cbf") }
        let result = try Self.check(text, "--online", "--allow-private")
        #expect(result.output.contains("A DATA-023") == (words != nil), "\(result.output)")
        if let words { #expect(result.output.replacing(/\s+/, with: " ").contains(words), "\(result.output)") }
        #expect(server.requests.count { $0.path == "/api/records/7/files" } == 1)
    }

    @Test func `what a worker learns of servers is what the program learns`() throws {
        let server = try LoopbackServer { request, _ in
            switch request.path {
            case "/1.cbf": .plain(403)
            case "/2.cbf": .plain(302, ["Location": "http://elsewhere.invalid/a"])
            case "/3.cbf": .plain(200, ["Content-Type": "text/html"], Array("<html>".utf8))
            default: LoopbackServer.file(Self.image, request)
            }
        }
        let text = try Self.description { server.url("/\($0).cbf") }
        let here = try Self.check(text, "--online", "--allow-private")
        let there = try Self.check(text, "--online", "--allow-private", "--isolate")
        #expect(here.output == there.output)
        #expect(here.code == there.code)
        #expect(server.requests.count == 8)
        for words in ["the server answers 403", "another host, 'elsewhere.invalid'", "a web page instead of the file"] {
            #expect(here.output.replacing(/\s+/, with: " ").contains(words), "\(here.output)")
        }
    }

    @Test func `many locations are looked at, and not fetched`() throws {
        let server = try LoopbackServer { request, _ in
            request.path == "/7.cbf" ? .plain(410) : .plain(200, [:], [UInt8](repeating: 7, count: 1_000_000))
        }
        let text = try Self.description({ server.url("/\($0).cbf") }, rows: 20)
        let result = try Self.check(text, "--online", "--allow-private")
        #expect(result.output.contains("A DATA-004"), "\(result.output)")
        #expect(
            result.output.replacing(/\s+/, with: " ").contains("/7.cbf': the server answers 410 (it was taken away)"))
        #expect(Set(server.requests.map(\.path)).count == 20)
        #expect(server.requests.count == 20)
        #expect(server.requests.allSatisfy { $0.fields["range"] == "bytes=0-511" })
    }

    // MARK: DOIs

    @Test(
        arguments: [
            (302, "/page", "127.0.0.1", "", 0),
            (302, "/page", "localhost", "leads to 127.0.0.1; the data are at localhost", 0),
            (302, "/gone", "127.0.0.1", "", 0), (404, "", "127.0.0.1", "does not resolve", 0),
            (503, "", "127.0.0.1", "", 3), (403, "", "127.0.0.1", "", 3),
        ] as [(Int, String, String, String, Int32)], [[], ["--isolate"]])
    func `a DOI leads to the host of the data`(
        _ one: (status: Int, page: String, host: String, words: String, code: Int32), _ options: [String]
    ) throws {
        let server = try LoopbackServer { request, _ in
            if request.path.hasPrefix("/doi/") {
                return .plain(one.status, one.page.isEmpty ? [:] : ["Location": one.page])
            }
            if request.path == "/page" {
                return .plain(200, ["Content-Type": "text/html"], Array("<!doctype html><title>a</title>".utf8))
            }
            return request.path == "/gone" ? .plain(404) : LoopbackServer.file(Self.image, request)
        }
        let text = try Self.description { server.url("/\($0).cbf").replacing("127.0.0.1", with: one.host) }
        let all = ["--online", "--allow-private"] + options
        let result =
            try all.count == 3
            ? Self.check(text, all[0], all[1], all[2], resolver: server.url("/doi"))
            : Self.check(text, all[0], all[1], resolver: server.url("/doi"))
        let output = result.output.replacing(/\s+/, with: " ")
        #expect(result.output.contains("\nB META-003") == !one.words.isEmpty, "\(result.output)")
        #expect(one.words.isEmpty || output.contains(one.words))
        #expect(result.code == one.code, "\(result.output)")
        #expect(server.requests.contains { $0.path == "/doi/10.5281/zenodo.1000000" })
    }

    /// What META-003 says of a DOI beside one location.
    private static func told(_ landing: RemoteOutcome, _ location: RemoteOutcome, at host: String) -> FileReport {
        var material = Material(kind: .imgcif)
        material.archive = ArchiveView()
        material.archive?.remote = RemoteView([
            RemoteView.Sight(location: "https://\(host)/f", places: [.file], rows: 1, outcome: location)
        ])
        material.archive?.landings = [
            RemoteView.Sight(location: "10.5281/zenodo.7", places: [.file], rows: 1, outcome: landing)
        ]
        return Engine(rules: catalogue.filter { $0.id == "META-003" }, profile: Profile(name: "test")).run(on: material)
    }

    private static func page(_ host: String) -> RemoteOutcome {
        .answered(RemoteAnswer(size: nil, hasRanges: false, isSecure: true, otherHosts: [host]))
    }

    @Test(
        arguments: [
            ("zenodo.org", "zenodo.org", true), ("www.zenodo.org", "zenodo.org", true),
            ("data.esrf.fr", "ids.esrf.eu", true), ("data.sbgrid.org", "sbgrid.icm.uu.se", true),
            ("journals.iucr.org", "zenodo.org", false), ("a.ac.uk", "b.ac.uk", false),
            ("10.1.1.1", "10.2.1.1", false), ("figshare.com", "s3-eu-west-1.amazonaws.com", true),
        ])
    func `hosts of one archive are told from others`(_ page: String, _ file: String, _ isOne: Bool) {
        let report = Self.told(Self.page(page), Self.page(file), at: file)
        #expect(report.findings.isEmpty == isOne)
        #expect(!report.isUnread)
    }

    @Test func `a DOI that may be reserved is not checked`() {
        let unknown = RemoteOutcome.failed(RemoteFault(.status(404), "https://doi.org/10.5281/zenodo.7", "words"))
        #expect(Self.told(unknown, Self.page("a.org"), at: "a.org").findings.map(\.rule) == ["META-003"])
        for location in [unknown, .notAsked(.mode("words"))] {
            let report = Self.told(unknown, location, at: "a.org")
            #expect(report.findings.isEmpty && !report.isUnread)
            #expect(report.notChecked.contains { $0.because.contains("may be reserved") })
        }
    }

    // MARK: Rules

    /// What rules on locations say of one outcome.
    private static func told(_ outcome: RemoteOutcome) -> FileReport {
        var material = Material(kind: .imgcif)
        material.archive = ArchiveView()
        material.archive?.remote = RemoteView([
            RemoteView.Sight(location: "https://a.org/f", places: [.file], rows: 1, outcome: outcome)
        ])
        let rules = catalogue.filter { ["DATA-004", "DATA-005", "DATA-023", "DATA-024"].contains($0.id) }
        return Engine(rules: rules, profile: Profile(name: "test")).run(on: material)
    }

    @Test(
        arguments: [
            (RemoteFault.Kind.certificate, "DATA-024"), (.redirectNotPublic(address: "10.0.0.1"), "DATA-024"),
            (.unsecured(to: "http://a.org/f"), "DATA-024"), (.otherHost("b.org"), "DATA-024"),
            (.redirects(6), "DATA-024"), (.status(404), "DATA-004"), (.status(410), "DATA-004"),
            (.unknownHost, "DATA-004"), (.page, "DATA-004"), (.empty, "DATA-004"),
        ] as [(RemoteFault.Kind, RuleID)])
    func `each fault of a location is told by one rule`(_ kind: RemoteFault.Kind, _ rule: RuleID) {
        let report = Self.told(.failed(RemoteFault(kind, "https://a.org/f", "words of it")))
        #expect(report.findings.map(\.rule) == [rule])
        #expect(report.findings.first?.message.contains("words of it") == true)
    }

    @Test(
        arguments: [
            RemoteFault.Kind.status(401), .status(403), .status(429), .status(500), .status(503), .timedOut, .cut,
            .noConnection, .unresolved, .notPublic(address: "10.0.0.1"), .noLibrary, .nonsense,
        ])
    func `what may pass, or is refused, is no finding, and nothing passes`(_ kind: RemoteFault.Kind) {
        let report = Self.told(.failed(RemoteFault(kind, "https://a.org/f", "words of it")))
        #expect(report.findings.isEmpty)
        #expect(report.isUnread)
        #expect(report.notChecked.contains { $0.rule == "DATA-004" && $0.because.contains("words of it") })
        #expect(RemoteFault.Kind(word: kind.wire.word, value: kind.wire.value) == kind)
    }

    @Test func `plain http beside https is told, and another host over https is a note`() {
        let plain = Self.told(
            .answered(RemoteAnswer(size: 9, hasRanges: true, isSecure: false, isServedSecurely: true)))
        #expect(plain.findings.map { "\($0.rule) \($0.level)" } == ["DATA-024 B"])
        let other = Self.told(.answered(RemoteAnswer(size: 9, hasRanges: true, isSecure: true, otherHosts: ["b.org"])))
        #expect(other.findings.map { "\($0.rule) \($0.level)" } == ["DATA-024 G"])
        let alone = Self.told(.answered(RemoteAnswer(size: 9, hasRanges: true, isSecure: false)))
        #expect(alone.findings.isEmpty && !alone.isUnread)
    }

    @Test(
        arguments: [
            (200_000_000, false, true), (200_000_000, true, false), (90_000_000, false, false), (nil, false, false),
        ]
            as [(Int?, Bool, Bool)])
    func `a large file that is sent only as a whole is told`(_ size: Int?, _ hasRanges: Bool, _ isTold: Bool) {
        let report = Self.told(.answered(RemoteAnswer(size: size, hasRanges: hasRanges, isSecure: true)))
        #expect(report.findings.map { "\($0.rule) \($0.level)" } == (isTold ? ["DATA-005 C"] : []))
        #expect(report.findings.allSatisfy { $0.message.contains("(200 MB) is sent only as a whole") })
    }
}
