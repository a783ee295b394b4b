// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// Detectors whose panels stand on a curve that headers do not describe: no plane places their pixels.
public enum CurvedDetector {
    /// Why pixels of this detector cannot be placed from a header; nil for a flat one, or one that is not known.
    ///
    /// - Parameters:
    ///   - name: The words of the header for the detector.
    ///   - size: Pixels of the image along fast and slow.
    /// - Source: DECTRIS PILATUS 12M-DLS of Diamond I23; Rigaku R-AXIS RAPID, an imaging plate on a cylinder.
    public static func fault(name: String?, size: FastSlow<Int>?) -> String? {
        let words = name?.lowercased() ?? ""
        let isBarrel = words.split { " ,;".contains($0) }.contains("120-0100")
        if isBarrel || words.contains("pilatus") && (words.contains("12m") || size == FastSlow(fast: 2463, slow: 5071))
        {
            return "the 24 panels of a Pilatus 12M stand on a barrel, which the header does not describe"
        }
        if words.contains("rapid") && (words.contains("axis") || words.contains("rigaku")) {
            return "the imaging plate of a R-AXIS RAPID is bent to a cylinder, which the header does not describe"
        }
        return nil
    }
}
