// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

/// What two lines of one image header, or a line and the image, say differently.
extension ImageHeader {
    /// The axis that turns by one line and stands by another.
    var turningContradiction: (sentence: String, entries: [ImageHeader.Entry])? {
        guard let named = turningItem, let axis = lines(of: .oscillationAxis).first else { return nil }
        if let stated = number(.startAngle)?.value, let own = number(named.angle)?.value,
            let start = lines(of: .startAngle).first, let line = lines(of: named.angle).first,
            number(.angleIncrement)?.value ?? 0 != 0, !isSameAngle(stated, own)
        {
            return (
                "\(start.key) is '\(Wording.excerpt(start.value, limit: 20))', and \(line.key) of the axis that turns is "
                    + "'\(Wording.excerpt(line.value, limit: 20))'", [start, line]
            )
        }
        let moving = ImageHeader.angleItems.first {
            $0.angle != named.angle && (number($0.increment)?.value ?? 0) != 0
        }
        let line = lines(of: named.increment).first
        let own = number(named.increment)?.value
        // Without an increment of its own, only one that is Angle_increment tells that another axis turned.
        if own == 0 || own == nil && moving.flatMap({ number($0.increment)?.value }) == number(.angleIncrement)?.value,
            let moving, let other = lines(of: moving.increment).first
        {
            return (
                "\(axis.key) is '\(Wording.excerpt(axis.value, limit: 20))' \(line.map { "with \($0.key) 0" } ?? "without an increment"), "
                    + "and \(other.key) is '\(Wording.excerpt(other.value, limit: 20))'",
                [axis, line, other].compactMap { $0 }
            )
        }
        if let own, let line, let stated = number(.angleIncrement)?.value,
            abs(stated - own) > 1e-3 * max(abs(stated), abs(own)),
            let other = lines(of: .angleIncrement).first
        {
            return (
                "\(other.key) is '\(Wording.excerpt(other.value, limit: 20))', and \(line.key) of the axis that turns is "
                    + "'\(Wording.excerpt(line.value, limit: 20))'", [other, line]
            )
        }
        return nil
    }

    /// Alike to a turn, or the one at the middle or end of the frame that begins at the other.
    private func isSameAngle(_ stated: Double, _ own: Double) -> Bool {
        let increment = number(.angleIncrement)?.value ?? 0
        return [0, increment / 2, increment].contains { step in
            abs(Turns.difference(own, stated + step)) < 0.01
        }
    }

    /// A name of a family against its pixels; a region of interest has fewer pixels, and none has more.
    func detectorContradiction(_ found: (fast: Int, slow: Int)?) -> String? {
        guard let name = detector?.value, let family = DetectorFamilies.family(inName: name) else { return nil }
        let shown = Wording.excerpt(name, limit: 40)
        if let pixel = pixelSize?.value, let size = family.pixel, abs(pixel.fast / size - 1) > 0.02 {
            return "Detector is '\(shown)', whose pixels are \(Wording.number(size)) mm, and Pixel_size is "
                + "\(Wording.number(pixel.fast)) mm"
        }
        guard let (fast, slow) = found, let size = family.size, fast > size.fast || slow > size.slow,
            (fast, slow) != (size.slow, size.fast)
        else { return nil }
        return
            "Detector is '\(shown)', which has \(size.fast) x \(size.slow) pixels, and the image has \(fast) x \(slow)"
    }
}
