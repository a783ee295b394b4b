// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import ImgCIF
import NeXus
import Report
import RuleCatalog
import Transport
import Workers

/// `imprimatur doctor`: what a report of this installation depends on.
enum DoctorVerb {
    static func run(_ call: Invocation) -> ExitCode {
        if let folder = call.operands.first { return look(at: folder) }
        var code = ExitCode.fine
        var lines = [("imprimatur", Program.version), ("rules", "\(catalogue.count)")]
        var folder: RulesFolder?
        do {
            let found = try RulesOptions(call).folder
            lines.append(("folder of rules", found.path))
            lines.append(("profiles", found.profiles.joined(separator: ", ")))
            lines += data(of: found)
            folder = found
        } catch {
            lines.append(("folder of rules", "none: \(error.line); \(error.remedy)"))
            code = .usage
        }
        lines.append(("settings", settings()))
        let layers = WorkerPool().layersInForce(of: VerbTask.bytes(call, rules: folder))
        lines.append(("workers", words(on: layers)))
        lines += Inventory.libraries.map { ($0.name, $0.words) } + Inventory.system.map { ($0.name, $0.words) }
        lines += Inventory.limits.map { ($0.name, $0.words) }
        StandardStream.report(Paragraph.table(lines, width: 100, indent: 0).joined(separator: "\n") + "\n")
        return code
    }

    /// What the storage of a folder lets HDF5 do.
    private static func look(at folder: String) -> ExitCode {
        do throws(Failure) {
            guard Folder.working.kind(behind: Name(folder)) == .folder else {
                throw Failure(usage: "'\(Name(folder).shown)' is no folder", remedy: "name a folder")
            }
            let lines = try FolderHealth.lines(Name(folder)).map { ($0.name, $0.words) }
            StandardStream.report(Paragraph.table(lines, width: 100, indent: 0).joined(separator: "\n") + "\n")
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// Definitions and dictionaries, and what of them is not in the folder.
    private static func data(of folder: RulesFolder) -> [(String, String)] {
        let releases = Release.shipped.map(\.tag)
        let absent = releases.filter {
            Folder.working.kind(behind: Name("\(folder.path)/nexus/\($0)/facts.tsv")) != .file
        }
        let dictionary = "\(folder.path)/imgcif/\(DictionaryLibrary.shippedVersion)"
        let isThere = Folder.working.kind(behind: Name(dictionary)) == .folder
        return [
            (
                "NeXus definitions",
                "\(releases.count) releases, \(releases.first ?? "") to \(releases.last ?? "")"
                    + (absent.isEmpty ? "" : "; not in the folder: \(absent.joined(separator: ", "))")
            ),
            (
                "imgCIF dictionary",
                "cif_img \(DictionaryLibrary.shippedVersion)" + (isThere ? "" : "; not in the folder")
            ),
            ("filters", Inventory.filters),
        ]
    }

    /// The file of settings that a check in this folder uses.
    private static func settings() -> String {
        switch ConfigurationSearch.nearest(to: nil) {
        case .none: "none"
        case .found(let path): "those of '\(path)'"
        case .refused(let why): why
        }
    }

    /// "held by limits, Landlock; not by another user".
    private static func words(on layers: Layers?) -> String {
        guard let layers else { return "cannot be started" }
        let held = layers.words.isEmpty ? "held by nothing" : "held by " + layers.words.joined(separator: ", ")
        return held + (layers.absent.isEmpty ? "" : "; not by " + layers.absent.joined(separator: ", "))
    }
}
