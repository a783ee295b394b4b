// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings
import RuleCatalog
import RuleEngine
import Transport

/// Gathers the images of a run and checks those of one name template together.
///
/// Holds a few numbers for each image, whatever its size.
public struct SeriesCheck: Sendable {
    private let settings: FileCheck.Settings
    private var members: [String: [SeriesView.Member]] = [:]

    public init(_ settings: FileCheck.Settings) { self.settings = settings }

    /// Notes one report of the run; files that are no images are passed over.
    public mutating func note(_ report: FileReport) {
        let name = SeriesName(path: report.path)
        guard let number = name.number else { return }
        if let facts = report.seriesFacts.flatMap(SeriesFacts.init) {
            members[name.template, default: []].append(
                SeriesView.Member(path: report.path, number: number, facts: facts, failure: nil))
        } else if let failure = report.failures.first, report.findings.isEmpty, Self.isNamedAsImage(report.path) {
            members[name.template, default: []].append(
                SeriesView.Member(path: report.path, number: number, facts: nil, failure: failure.words))
        }
    }

    /// The template of a name that counts; nil for one without a number.
    func template(of path: String) -> String? {
        let name = SeriesName(path: path)
        return name.number == nil ? nil : name.template
    }

    private static func isNamedAsImage(_ path: String) -> Bool {
        let name = path.lowercased()
        return [".cbf", ".img", ".cbf.gz", ".cbf.bz2", ".img.gz", ".img.bz2"].contains { name.hasSuffix($0) }
    }

    /// The first number of each gap, where the file is not there: one that is there was not asked for.
    private static func absent(_ template: String, _ members: [SeriesView.Member]) -> Set<Int> {
        let folder = Folder.working
        var absent = Set<Int>()
        for (one, next) in zip(members, members.dropFirst()) where next.number > one.number + 1 {
            guard absent.count < mostGaps else { break }
            let name = Name(SeriesName(path: one.path).path(of: one.number + 1))
            if folder.identity(of: name) == nil { absent.insert(one.number + 1) }
        }
        return absent
    }

    private static let mostGaps = 100

    /// One report for each template of two images and more whose headers fall apart, in the order of the templates.
    public func reports() -> [FileReport] {
        let engine = Engine(rules: catalogue.filter(\.readsSeries), profile: settings.profile)
        return members.keys.sorted().compactMap { template in
            let all = (members[template] ?? []).sorted { ($0.number, $0.path) < ($1.number, $1.path) }
            guard all.count > 1, all.contains(where: { $0.facts != nil }) else { return nil }
            var material = Material(kind: .minicbf)
            material.name = template
            material.series = SeriesView(template: template, members: all, absent: Self.absent(template, all))
            var report = engine.run(
                on: material, answers: settings.answers, today: settings.today, failAt: settings.failAt)
            guard !report.findings.isEmpty else { return nil }
            report.outline = "\(all.count) images"
            return report
        }
    }
}

extension Rule {
    fileprivate var readsSeries: Bool {
        checks.contains { check in
            if case .series = check { true } else { false }
        }
    }
}
