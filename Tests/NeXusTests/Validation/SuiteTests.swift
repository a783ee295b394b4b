// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import NeXus
import TestSupport
import Testing

/// Oracle: the cases of four suites (mutants of one complete NXmx file, one definition for each rule, pynxtools,
/// cnxvalidate), with the findings that a right check gives. Rules of other areas are judged elsewhere.
@Suite(.enabled(if: Folder.shared != nil)) struct SuiteTests {
    private struct Suite: Decodable {
        let definitions: [String]
        let baseline: [Expected]?
        let judged: [String]?
        let cases: [Case]
    }

    private struct Case: Decodable {
        let id: String
        let file: String
        let definition: String?
        let path: String?
        let findings: [Expected]
        let tolerated: [Expected]?
        let absent: [Expected]?
        let clean: [String]?
        let applied: [Applied]?
        let unreadable: Bool?
    }

    private struct Applied: Decodable {
        let definition: String
        let place: String
    }

    /// A rule or several, at a place or several.
    private struct Expected: Decodable {
        let rules: [String]
        let places: [String]

        private enum Key: CodingKey { case rule, place }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            rules = try Self.list(values, .rule)
            places = try Self.list(values, .place)
        }

        private static func list(_ values: KeyedDecodingContainer<Key>, _ key: Key) throws -> [String] {
            if let several = try? values.decode([String].self, forKey: key) { return several }
            return [try values.decode(String.self, forKey: key)]
        }
    }

    @Test("every case is told as it should be", arguments: ["mutants", "probes", "pynxtools", "cnxvalidate"])
    func suite(name: String) throws {
        let folder = try #require(Folder.shared).appendingPathComponent("oracles/nexus/\(name)")
        let suite = try JSONDecoder().decode(
            Suite.self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
        for one in suite.cases {
            var request = Validation.Request()
            if name != "mutants" {
                request.definitions = suite.definitions.map {
                    $0 == "definitions" ? folder.appendingPathComponent($0).path : $0
                }
            }
            if name == "cnxvalidate" { (request.forcedDefinition, request.entry) = (one.definition, one.path) }
            guard let files = try? FileSet.read(folder.appendingPathComponent(one.file).path, policy: .nexus) else {
                #expect(one.unreadable == true, "\(one.id)")
                continue
            }
            let validation = try Validation(of: files, library: Judged.library, request: request)
            judge(validation, one, suite)
        }
    }

    private func judge(_ validation: Validation, _ one: Case, _ suite: Suite) {
        for wanted in one.findings where wanted.rules.allSatisfy(isOurs) {
            #expect(validation.findings.contains { isMet(wanted, $0) }, "\(one.id): \(wanted.rules) \(wanted.places)")
        }
        let allowed = one.findings + (one.tolerated ?? []) + (suite.baseline ?? [])
        for finding in validation.findings where suite.judged?.contains(finding.rule) ?? false {
            guard !Judged.informs.contains(finding.rule), suite.baseline != nil else { continue }
            #expect(allowed.contains { isMet($0, finding) }, "\(one.id): \(finding.told)")
        }
        for absent in one.absent ?? [] {
            #expect(
                !validation.findings.contains { finding in
                    absent.rules.contains(finding.rule) && finding.places.contains { absent.places.contains($0.text) }
                }, "\(one.id)")
        }
        for path in one.clean ?? [] {
            let told = validation.findings.filter { finding in
                !Judged.informs.contains(finding.rule) && !isMild(finding.rule)
                    && finding.places.contains { $0.text.prefix { $0 != "@" } == path }
            }
            #expect(told.map(\.told) == [], "\(one.id)")
        }
        for applied in one.applied ?? [] {
            #expect(
                validation.applied.contains { $0.definition == applied.definition && $0.path == applied.place },
                "\(one.id)")
        }
    }

    /// Rules that speak from definitions alone.
    private func isOurs(_ rule: String) -> Bool { NeXusCorpusTests.isFed(rule) }

    private func isMild(_ rule: String) -> Bool {
        ["NX-008", "NX-012", "NX-016", "NX-023", "NX-029", "NX-031", "SCAN-017"].contains(rule)
    }

    /// The same rule at the place, its parent or its attribute; for gathered findings any place above or below.
    private func isMet(_ wanted: Expected, _ finding: NXFinding) -> Bool {
        guard wanted.rules.contains(finding.rule) else { return false }
        return finding.places.contains { place in
            wanted.places.contains { isNear($0, place.text, finding.rule) }
        }
    }

    private func isNear(_ wanted: String, _ found: String, _ rule: String) -> Bool {
        func above(_ one: String, _ other: String) -> Bool {
            one == "/" || one == other || other.hasPrefix(one + "/") || other.hasPrefix(one + "@")
        }
        func up(_ place: String) -> String {
            if let at = place.lastIndex(of: "@") { return String(place[..<at]) }
            let parts = place.split(separator: "/").dropLast()
            return "/" + parts.joined(separator: "/")
        }
        let gathered = ["NX-001", "NX-002", "NX-008", "NX-009", "NX-012", "NX-020", "NX-024", "NX-030"]
        if gathered.contains(rule) || rule.hasPrefix("LINK-") { return above(wanted, found) || above(found, wanted) }
        if rule.hasPrefix("NX-") {
            return wanted == found || up(wanted) == found || up(found) == wanted
                || wanted.prefix { $0 != "@" } == found.prefix { $0 != "@" }
        }
        return wanted.split(separator: "/").first == found.split(separator: "/").first
    }
}
