// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import NeXus
import RuleEngine

extension Rule {
    static let data031 = Rule(
        "DATA-031", .B, "signal is not the frames", applies: .nxmx,
        what: """
            The signal of each NXdata of an entry, where a stack of frames, or blocks of frames, lies beside it: it is that \
            stack or one of them, and not a list or a single picture.
            """,
        why: "Readers take the signal for the images.",
        fix: "Name the dataset of the frames as signal of the NXdata.",
        references: ["NXdata@signal", "cctbx/dxtbx:src/dxtbx/nexus/__init__.py"],
        needs: ["NX-027", "LINK-010", "FILE-004", "FILE-006"],
        checks: [.tree(otherSignals)])
}

private func otherSignals(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.definition == "NXmx" else { return }
    for group in files.main.objects where group.attribute("NX_class")?.value.firstString == "NXdata" {
        let path = files.main.path(of: group.id)
        func dataset(_ name: String) -> (dataset: Dataset, key: FrameBlock.Identity)? {
            guard case .object(let id, let file) = files.resolve(name, from: path),
                let dataset = files.files[file].snapshot?[id].dataset
            else { return nil }
            return (dataset, .init(file: file, id: id))
        }
        guard let signal = group.attribute("signal")?.value.firstString, !signal.isEmpty, let own = dataset(signal),
            let shape = own.dataset.shape, !FrameNames.isFrames(signal) || signal == "data",
            verdicts.areSound([Subject(.dataset, path), Subject(.dataset, path + "/" + signal)])
        else { continue }
        let stack = group.links.map(\.name).first { name in
            guard name != signal, FrameNames.isFrames(name), let other = dataset(name), other.key != own.key,
                other.dataset.type.isNumeric, let frames = other.dataset.shape, frames.count >= 3
            else { return false }
            return frames.count != shape.count || (name == "data" && frames.first != shape.first)
        }
        guard let stack else { continue }
        let words = shape.isEmpty ? "that of one number" : "(\(shape.map(String.init).joined(separator: ", ")))"
        verdicts.report(
            "signal '\(Wording.excerpt(signal))' has shape \(words); the frames are in '\(stack)'",
            at: [.object(path: path, attribute: "signal")],
            values: [("signal", .text(signal)), ("frames", .text(stack))], subjects: [Subject(.dataset, path)])
    }
}
