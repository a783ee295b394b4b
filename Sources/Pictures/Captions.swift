// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import Frames

extension FramePicture {
    /// What the picture shows and how, one matter a line.
    public func captions(isStrip: Bool) -> [String] {
        [facts, orientation, shades(isStrip: isStrip), colours(isStrip: isStrip)].filter { !$0.isEmpty }
    }

    private var facts: String {
        var words: [String] = []
        if let wavelength = content.experiment.beam.wavelengths?.value.first {
            words.append("wavelength \(DecimalText.rounded(wavelength, decimals: 5)) Å")
        }
        let panels = content.panels
        if panels.whyStored == nil, let beam = content.experiment.beam.direction.value.normalised,
            let met = panels.meeting(beam: beam)
        {
            let (x, y) = (met.centre.pixels.fast, met.centre.pixels.slow)
            let isOnFace = met.centre.isOnFace(size: met.part.size, origin: met.part.origin)
            let whose = panels.parts.count > 1 ? " of its panel" : ""
            words.append("distance along the beam \(DecimalText.rounded(met.centre.distance, decimals: 2)) mm")
            words.append(
                "beam centre \(DecimalText.rounded(x, decimals: 1)), \(DecimalText.rounded(y, decimals: 1)) px\(whose)"
                    + (isOnFace ? "" : " (off the face)"))
        } else if panels.whyStored == nil {
            words.append("the beam does not meet the detector")
        }
        if let part = panels.parts.first {
            let count = panels.parts.count > 1 ? "\(panels.parts.count) panels, the first of " : ""
            words.append("\(count)\(part.size.fast) x \(part.size.slow) px (fast x slow)")
            if panels.whyStored == nil {
                let (fast, slow) = (part.plane.steps.fast * 1000, part.plane.steps.slow * 1000)
                words.append(
                    "pixel \(DecimalText.rounded(fast, decimals: 2)) x \(DecimalText.rounded(slow, decimals: 2)) µm")
            }
        }
        return words.joined(separator: "; ")
    }

    private var orientation: String {
        if let why = content.panels.whyStored {
            return "as stored, fast to the right and slow downwards: \(why)"
        }
        let frame =
            switch content.experiment.frame {
            case .imgCIF: "laboratory of imgCIF"
            case .mcStas: "laboratory of NeXus (McStas)"
            case .image: "axes of the image (the file states none)"
            }
        var gravity = ""
        if let tilt = view.tilt {
            let off = tilt > 1 ? " within \(Int(tilt.rounded(.up))) deg" : ""
            switch content.experiment.gravity.origin {
            case .assumed(let why): gravity = ", gravity down\(off) by assumption (\(why))"
            default: gravity = ", gravity down\(off)"
            }
        } else {
            gravity = ", turned as the panel is stored, for gravity runs along the view"
        }
        return "seen from the sample\(gravity); axes X Y Z: \(frame)"
    }

    private func shades(isStrip: Bool) -> String {
        func number(_ value: Float) -> String { DecimalText.rounded(Double(value), decimals: value < 1 ? 4 : 1) }
        let joined = view.factor > 1 ? ", each the greatest of \(view.factor) x \(view.factor) px" : ""
        let scope = isStrip ? " in every frame" : ""
        return "grey: logarithmic from \(number(scale.low)) to \(number(scale.high)) counts\(scope)\(joined)"
    }

    private func colours(isStrip: Bool) -> String {
        let centre = isCentreSeen ? "; red cross: beam centre" : ""
        let rings = hasRings && !isStrip ? "; green rings: resolution" : ""
        return "blue: masked or without a count; orange: above the greatest count\(centre)\(rings)"
    }
}
