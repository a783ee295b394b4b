// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file012 = Rule(
        "FILE-012", .B, "file needs a newer HDF5 than common readers have", applies: .anyNeXus,
        parameters: [Parameter("readers", "Release of HDF5 that readers have", words: ["1.10"])],
        what: """
            The lowest release of HDF5 that reads every object, by the versions of its messages; in the file and in every \
            file that it leads to. A form that release 2.0 refuses counts too.
            """,
        why: """
            A program with an older library stops with "bad version" at the object, or ends without a word; beamlines \
            and authors have both.
            """,
        fix: "Write the file with the upper library bound of the readers, in h5py libver=('earliest', 'v110').",
        references: ["HDF5 File Format Specification 4.0", "HDF5 release notes 1.10 to 2.0: library version bounds"],
        needs: ["FILE-001"],
        checks: [.tree(newForms)])
}

private func newForms(_ view: TreeView, _ verdicts: inout Verdicts) {
    let readers = verdicts.words("readers").compactMap(Form.Release.init).min() ?? Form.Release(1, 10)
    for (number, file) in (view.files?.files ?? []).enumerated() {
        guard let snapshot = file.snapshot else { continue }
        var worst: Snapshot.NewForm?
        var count = 0
        for one in snapshot.forms {
            guard let release = one.form.release else { continue }
            guard release > readers else { continue }
            count += 1
            if worst.flatMap(\.form.release).map({ release > $0 }) ?? true { worst = one }
        }
        if let worst, let release = worst.form.release {
            let path = snapshot.path(of: worst.object)
            let others =
                count > 1 ? "; \(count - 1) other object\(count == 2 ? "" : "s") a newer one than \(readers)" : ""
            verdicts.report(
                "'\(Wording.excerpt(path))' needs HDF5 \(release) (\(worst.form.words))\(others)",
                at: [.object(path: path, attribute: nil, in: SourceID(position: number))],
                values: [("release", .text("\(release)")), ("form", .text(worst.form.words))],
                subjects: [Subject(.dataset, path)])
        }
        for form in Form.allCases where form.isRefusedByNewest {
            let objects = snapshot.forms.filter { $0.form == form }
            guard let first = objects.first else { continue }
            let path = snapshot.path(of: first.object)
            let more = objects.count - 1
            let others = more > 0 ? "; \(more) other object\(more == 1 ? "" : "s") too" : ""
            verdicts.report(
                "'\(Wording.excerpt(path))' has \(form.words), which HDF5 2.0.0 refuses\(others)",
                at: [.object(path: path, attribute: nil, in: SourceID(position: number))],
                values: [("form", .text(form.words))],
                subjects: [Subject(.dataset, path)])
        }
    }
}
