// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let meta025 = Rule(
        "META-025", .B, "instrument name selects another reader", applies: .nxmx,
        what: """
            In a file that this program wrote, and with convert before it is written: the name of the instrument begins \
            with DIAMOND BEAMLINE or DLS, or is I03, I04, I24 or VMXi. Readers of DIALS choose code for files that the \
            beamline itself writes by it; in those files the name is right.
            """,
        why: "The file opens with fast and slow exchanged, or with counts of 65535 and 65534 as flags.",
        fix: "Give --instrument-name with the words of the facility, such as 'Diamond Light Source Beamline I03'.",
        references: ["cctbx/dxtbx:src/dxtbx/format/FormatNXmxDLS.py"],
        checks: [.tree(namesOfOurFiles), .conversion])
}

/// The words choose code for the files of one beamline.
public enum ReaderChoice {
    /// What is so of a name of an instrument; nil for a name that chooses nothing.
    public static func sentence(_ name: String) -> String? {
        let upper = name.uppercased()
        let names = ["I03", "I04", "I24", "VMXI"]
        guard upper.hasPrefix("DIAMOND BEAMLINE") || upper.hasPrefix("DLS") || names.contains(upper)
        else { return nil }
        return "instrument is named '\(name)'; readers take the file for one of that beamline and may reverse "
            + "data_size, or take 65535 and 65534 for flags"
    }
}

private func namesOfOurFiles(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let snapshot = view.files?.main else { return }
    for entry in snapshot[snapshot.root].links {
        guard case .hard(let root) = entry.target else { continue }
        func text(_ path: String...) -> String? {
            var object = snapshot[root]
            for name in path {
                guard case .hard(let id)? = object.link(name)?.target else { return nil }
                object = snapshot[id]
            }
            return object.dataset?.value.firstString
        }
        guard text("conversion", "program") == "imprimatur", let name = text("instrument", "name"),
            let sentence = ReaderChoice.sentence(name)
        else { continue }
        let path = "/\(entry.name)/instrument/name"
        verdicts.report(
            sentence, at: [.object(path: path, attribute: nil)], values: [("name", .text(name))],
            subjects: [Subject(.dataset, path)])
    }
}
