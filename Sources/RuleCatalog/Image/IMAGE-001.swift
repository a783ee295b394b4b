// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image001 = Rule(
        "IMAGE-001", .A, "frame cannot be decoded", applies: .both,
        what: """
            The frames that --frames chooses are decoded by the codecs of this program: what comes out has to be as long \
            as the dimensions and the type of a pixel ask. A codec or filter that this program lacks makes a frame not \
            checked.
            """,
        why: "Readers stop at this frame, or take what stands there for a measurement.",
        fix: "Copy the file again from where it was written, and compare its checksum with that of the original.",
        references: ["imgCIF _array_data.data", "cctbx/dxtbx#314", "silx-kit/fabio#628", "kiyo-masui/bitshuffle#127"],
        needs: ["CIF-010"],
        checks: [.frames(undecodable)])
}

private func undecodable(_ view: FramesView, _ verdicts: inout Verdicts) {
    // A section whose header is at fault has its finding.
    for sight in FrameSight.all(view) where verdicts.isSound(sight.subject) {
        var damaged: [String: [Int]] = [:]
        for reading in sight.stack.frames {
            guard case .failure(let fault) = reading.outcome else { continue }
            let number = reading.frame + 1
            switch fault {
            case .damaged(let codec, let cause): damaged["\(codec): \(cause)", default: []].append(number)
            case .unread(let why): verdicts.notChecked(.unread("frames of \(sight.words): \(why)"))
            case .limit(let what): verdicts.notChecked(.limit("frames of \(sight.words): \(what)"))
            case .passedOver(let why): verdicts.notChecked(.mode("frames of \(sight.words): \(why)"))
            // Rules on links, on chunks and on checksums tell of these.
            case .absent, .unwritten, .checksum: break
            }
        }
        for (fault, numbers) in damaged.sorted(by: { ($0.value.first ?? 0, $0.key) < ($1.value.first ?? 0, $1.key) }) {
            verdicts.report(
                "\(FrameSight.words(numbers)) of \(sight.words) cannot be decoded: \(fault)",
                at: [sight.place(numbers)], values: [("frames", .integer(numbers.count))], count: numbers.count,
                subjects: [sight.subject])
        }
    }
}
