// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine
import Transport

extension FileReading {
    /// What of the pixels of an image is not there, though its header announces it; empty for a whole image.
    ///
    /// What the header says is shown all the same: only the pixels cannot be read.
    func cutImages(_ path: String) -> [Failure] {
        if let document = material.text?.document {
            return document.faults.filter { $0.kind == .binaryMismatch }.map { fault in
                let reason = fault.details["reason"] ?? ""
                return Self.cut(
                    path,
                    "binary section \(fault.details["id"] ?? "1") announces "
                        + "\(fault.details["stated"] ?? "no number of") bytes and holds "
                        + "\(fault.details["found"] ?? "none")\(reason.isEmpty ? "" : "; \(reason)")")
            }
        }
        guard material.kind == .smv, let view = material.experiments.first, let header = view.reading?.header,
            let start = header.entries.first(where: { $0.key.uppercased() == "HEADER_BYTES" }).flatMap({
                Int($0.value)
            }), let bits = Self.bits(view.experiment.imageData?.value.elementType),
            let size = view.experiment.detectors.first?.panels.first?.size
        else { return [] }
        let (pixels, overflows) = size.fast.multipliedReportingOverflow(by: size.slow)
        let (bytes, exceeds) = pixels.multipliedReportingOverflow(by: bits / 8)
        let found = max(0, self.size - max(0, start))
        guard !overflows, !exceeds, found < bytes else { return [] }
        return [
            Self.cut(
                path, "\(size.fast) x \(size.slow) pixels are \(bytes) bytes behind the header, and \(found) are there")
        ]
    }

    private static func cut(_ path: String, _ words: String) -> Failure {
        Failure(
            attempt: "read the image of", subject: path, code: .damaged, words: words,
            remedy: "copy the file again from where it was written")
    }

    /// Bits of an element in the words of imgCIF.
    private static func bits(_ type: String?) -> Int? {
        [8, 16, 32, 64].first { type?.contains("\($0)-bit") ?? false }
    }
}
