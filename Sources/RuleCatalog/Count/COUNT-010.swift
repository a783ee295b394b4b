// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let count010 = Rule(
        "COUNT-010", .B, "bit depth does not fit the stored type", applies: .nxmx,
        what: """
            bit_depth_readout, or bit_depth_image in masters of DECTRIS with eiger_fw_version, against the stored type of the \
            pixels: not wider than the type, and 32 where integers are wider than 16 bit unsigned or 32 bit signed. Integers \
            of 64 bit and floating-point numbers are named whatever depth stands beside, and so is a depth of 16 or 20 beside \
            signed 32-bit data, since readers then turn the two highest counts of that depth into masks.
            """,
        why: "Readers choose from the depth how to read the pixels, and take counts for masks or masks for counts.",
        fix: "Write the bits of the stored values as bit_depth_readout.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXdetector/bit_depth_readout",
            "cctbx/dxtbx#652",
            "cctbx/dxtbx:src/dxtbx/format/FormatNXmxEigerFilewriter.py",
        ],
        reads: [.bitDepth],
        checks: [.experiment(bitDepth)])
}

private func bitDepth(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let type = view.experiment.imageData?.value.elementType else { return }
    let words = type.lowercased()
    let isFloat = words.holds("float") || words.holds("floating-point")
    guard isFloat || words.holds("integer"), let width = [64, 32, 16, 8].first(where: { type.holds("\($0)-bit") })
    else { return }
    let isUnsigned = words.holds("unsigned")
    for detector in view.experiment.detectors {
        let stated = detector.imageDepth ?? detector.bitDepth
        let depth = stated?.value
        let needsDepth = isUnsigned && width == 32
        let isWider = depth.map { $0 > width || $0 < 1 } ?? false
        let isMisread = !isUnsigned && !isFloat && width == 32 && (depth == 16 || depth == 20)
        guard isFloat || width == 64 || isWider || isMisread || (needsDepth && depth != 32) else { continue }
        let ending = isFloat || width == 64 ? ", which plug-ins of XDS and other readers of counts do not take" : ""
        verdicts.report(
            "bit depth is \(depth.map(String.init) ?? "not given"); the data are \(type)\(ending)",
            at: stated?.places ?? [detector.place],
            values: [("depth", .integer(depth ?? 0)), ("type", .text(type))],
            subjects: [verdicts.subject(.category, "depth of " + detector.id)],
            fix: ending.isEmpty ? nil : "Write the frames as integers of 32 bits or less, with bit_depth_readout.")
    }
}
