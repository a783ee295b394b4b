// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
public import Findings
import RuleCatalog
public import RuleEngine
import Transport

/// Files of a data set in a deposit, held against what a repository takes, before anything is read.
public struct PackagePlan: Sendable {
    public let files: [PlannedFile]
    public let target: RepositoryTarget?
    /// Documents that a deposit holds beside the data, at most.
    ///
    /// README.md, CITATION.cff, LICENSE.txt, preview.png, dataset.cif, datacite.xml, datacite.json, ro-crate-metadata.json,
    /// check-report.html, check-report.json, check-report.txt, manifest.tsv, members.sha256, SHA256SUMS, MD5SUMS,
    /// manifest.sig.
    public static let documents = 16

    /// - Parameter target: Nil: nothing limits the deposit.
    public init(_ selection: DataSelection, target: RepositoryTarget?) {
        let most = target?.limits.files.map { max(1, $0 - Self.documents) }
        files = VolumePlan(selection.files, most: most).files
        self.target = target
    }

    /// Bytes of all files with data.
    public var bytes: Int { files.reduce(0) { $0 &+ $1.size } }

    /// Files of the data.
    public var members: Int { files.reduce(0) { $0 + $1.members.count } }

    /// Requests that the deposit takes at most.
    public var requests: Int { PackageBuild.requests(files.count + Self.documents) }

    /// Seconds that the requests take at least, by what the repository allows; nil where it does not say.
    public var seconds: Int? {
        guard let limits = target?.limits else { return nil }
        let minute = limits.requestsPerMinute.map { (requests - 1) / max(1, $0) * 60 }
        let hour = limits.requestsPerHour.map { (requests - 1) / max(1, $0) * 3600 }
        return [minute, hour].compactMap { $0 }.max()
    }

    /// The rules on what is planned.
    private static func engine(_ profile: Profile) -> Engine {
        Engine(rules: catalogue.filter { ["DATA-019", "META-030"].contains($0.id) }, profile: profile)
    }

    /// What the repository does not take, by the limits of its file and else by those of the rule; nil where none is named.
    public var breaches: [PackageView.Breach]? { breaches(Self.engine(Profile(name: "default"))) }

    private func breaches(_ engine: Engine) -> [PackageView.Breach]? {
        guard let target else { return nil }
        var limits = target.limits
        func number(_ name: String, times factor: Double = 1) -> Int? {
            guard case .number(let value)? = engine.parameter("DATA-019", name) else { return nil }
            return Int(exactly: (value * factor).rounded())
        }
        limits.files = limits.files ?? number("files")
        limits.bytes = limits.bytes ?? number("total", times: 1e9)
        limits.nameBytes = limits.nameBytes ?? number("name")
        var breaches: [PackageView.Breach] = []
        func add(_ quantity: String, _ value: String, _ limit: String) {
            breaches.append(
                PackageView.Breach(quantity: quantity, value: value, target: target.name, limit: limit))
        }
        let count = files.count + Self.documents
        if let most = limits.files, count > most {
            add("number of files", "\(files.count) with data and \(Self.documents) documents", "\(most)")
        }
        if let most = limits.bytes, bytes > most { add("size of all files", SizeText.of(bytes), SizeText.of(most)) }
        if let most = limits.fileBytes {
            let large = files.filter { $0.size > most }
            if let first = large.first {
                add(
                    "size of '\(first.name.shown)'" + (large.count > 1 ? " and \(large.count - 1) more" : ""),
                    SizeText.of(first.size), SizeText.of(most))
            }
        }
        if let most = limits.nameBytes {
            for file in files where file.name.bytes.count > most {
                add("length of the name '\(file.name.shown)'", "\(file.name.bytes.count) bytes", "\(most)")
            }
        }
        for file in files where String(validating: file.name.bytes, as: UTF8.self) == nil {
            add("encoding of the name '\(file.name.shown)'", "no UTF-8", "UTF-8")
        }
        for (first, second) in FileNames.alike(files.map(\.name)) {
            add("name of two files", "'\(first.shown)' and '\(second.shown)'", "names that differ in more than case")
        }
        return breaches
    }

    /// The rules on what is planned.
    ///
    /// - Parameter failAt: Nil for B, at which the repository would refuse the deposit.
    public func report(_ name: String, _ profile: Profile, failAt: Level? = nil) -> FileReport {
        var material = Material(kind: .manifest, sources: SourceList(main: name))
        material.name = name
        var view = PackageView(listed: members)
        let engine = Self.engine(profile)
        view.breaches = breaches(engine)
        view.target = target?.name
        material.package = view
        var report = engine.run(on: material, failAt: failAt ?? .B)
        report.outline = "\(members) files in \(files.count), \(SizeText.of(bytes))"
        return report
    }
}
