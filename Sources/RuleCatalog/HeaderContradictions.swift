// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
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

    /// A pair for the beam centre, and single lines that say otherwise.
    var centrePairContradiction: (sentence: String, entries: [ImageHeader.Entry])? {
        guard let pair = reading(.beamCentre), pair.values.count >= 2, let line = lines(of: .beamCentre).first else {
            return nil
        }
        for (name, stated) in [(HeaderItem.Name.beamX, pair.values[0]), (.beamY, pair.values[1])] {
            guard let own = reading(name), own.isLength == pair.isLength, let value = own.values.first,
                abs(value - stated) > 1e-6 * max(1, abs(stated))
            else { continue }
            return (
                "\(line.key) is '\(Wording.excerpt(line.value, limit: 40))', and \(own.entry.key) is "
                    + "'\(Wording.excerpt(own.entry.value, limit: 20))'", [line, own.entry]
            )
        }
        return nil
    }

    /// Two lines of a date that are more than a second apart.
    var dateContradiction: (Sourced<String>, Sourced<String>)? {
        guard let first = dates.first else { return nil }
        let moment = HeaderMoment(first.value)
        let other = dates.dropFirst().first { date in
            guard let moment, let own = HeaderMoment(date.value) else {
                return date.value.filter { !$0.isWhitespace } != first.value.filter { !$0.isWhitespace }
            }
            return moment.distance(to: own) > 1
        }
        return other.map { (first, $0) }
    }

    /// A pixel that is blind for as long as the image is exposed, or for less than no time.
    var deadTimeContradiction: (sentence: String, entries: [ImageHeader.Entry])? {
        guard let dead = deadTime?.value, let line = lines(of: .deadTime).first else { return nil }
        let shown = "\(line.key) is '\(Wording.excerpt(line.value, limit: 20))'"
        guard dead > 0 else { return (shown + ", which is no time", [line]) }
        guard let exposure = exposure?.value, exposure > 0, dead >= exposure, let other = lines(of: .exposure).first
        else { return nil }
        return ("\(shown), and \(other.key) is '\(Wording.excerpt(other.value, limit: 20))'", [line, other])
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
