// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    /// Two planes of one panel at one moment.
    private struct PlanePair {
        let text: String
        let first: PanelPlane
        let second: PanelPlane
    }

    /// The pixel that is farthest off, in pixels of the first panel.
    private struct Offset {
        var pixels = 0.0
        var text = ""
        var places = (Vector3.zero, Vector3.zero)
    }

    /// Compares the positions of the four corner pixels and of the middle of a panel at every moment.
    ///
    /// Pixels are the same when they agree by the meaning of index (0, 0) on each side, or by the numbers; which of the
    /// two holds is noted when it matters.
    mutating func comparePanels(
        _ first: (panel: Panel, side: Side), _ second: (panel: Panel, side: Side), moments: [Moment],
        tolerance: ComparisonTolerance
    ) {
        var pairs: [PlanePair] = []
        for moment in moments {
            let planes = (
                first.side.plane(first.panel, moment.first), second.side.plane(second.panel, moment.second)
            )
            guard case .success(let p) = planes.0, case .success(let q) = planes.1 else {
                for (side, result) in [(first.side, planes.0), (second.side, planes.1)] {
                    if case .failure(let fault) = result {
                        cannotCompare("panel '\(first.panel.id)': in the \(side.name), \(fault.sentence)")
                    }
                }
                return
            }
            pairs.append(PlanePair(text: moment.text, first: p, second: q))
        }
        let size = Self.commonSize(first.panel.size, second.panel.size)
        let starts = (first.panel.pixelOrigin.firstCentre, second.panel.pixelOrigin.firstCentre)
        let byMeaning = Self.worst(pairs, size: size, starts: starts)
        let byNumbers = starts.0 == starts.1 ? byMeaning : Self.worst(pairs, size: size, starts: (0, 0))
        let agrees = (byMeaning.pixels <= tolerance.position, byNumbers.pixels <= tolerance.position)
        if agrees.0 || agrees.1 {
            noteOrigins(first.panel, second.panel, agreesByMeaning: agrees.0)
            return
        }
        let offset = byNumbers.pixels < byMeaning.pixels ? byNumbers : byMeaning
        differences.append(
            Difference(
                kind: .geometry, subject: "panel '\(first.panel.id)'", fact: offset.text,
                first: ComparedValue(text: offset.places.0.components + " mm", origin: .stated(first.panel.place)),
                second: ComparedValue(text: offset.places.1.components + " mm", origin: .stated(second.panel.place)),
                amount: offset.pixels, unit: "px"))
    }

    private mutating func noteOrigins(_ first: Panel, _ second: Panel, agreesByMeaning: Bool) {
        guard first.pixelOrigin.firstCentre != second.pixelOrigin.firstCentre else { return }
        let meanings =
            "index (0, 0) is '\(first.pixelOrigin.rawValue)' by \(first.pixelOriginBasis.rawValue) in the first and "
            + "'\(second.pixelOrigin.rawValue)' by \(second.pixelOriginBasis.rawValue) in the second"
        note(
            agreesByMeaning
                ? "\(meanings); pixels agree with the half pixel between them"
                : "\(meanings); the numbers agree, so the two readings are half a pixel apart")
    }

    /// The pixels that both have; the middle of one pixel when no size is known.
    private static func commonSize(_ first: FastSlow<Int>?, _ second: FastSlow<Int>?) -> FastSlow<Int> {
        guard let a = first ?? second, let b = second ?? first else { return FastSlow(fast: 1, slow: 1) }
        return FastSlow(fast: max(1, min(a.fast, b.fast)), slow: max(1, min(a.slow, b.slow)))
    }

    private static func worst(
        _ pairs: [PlanePair], size: FastSlow<Int>, starts: (first: Double, second: Double)
    ) -> Offset {
        let (f, s) = (Double(size.fast) - 1, Double(size.slow) - 1)
        let points = [(0, 0), (f, 0), (0, s), (f, s), (f / 2, s / 2)]
        var worst = Offset()
        for pair in pairs {
            let pixel = min(pair.first.steps.fast, pair.first.steps.slow)
            for (i, j) in points {
                let p = pair.first.position(fast: i + starts.first, slow: j + starts.first)
                let q = pair.second.position(fast: i + starts.second, slow: j + starts.second)
                let apart = (p - q).length
                let inPixels = apart == 0 ? 0 : apart / pixel
                guard !(inPixels <= worst.pixels) else { continue }
                let index = "(\(DecimalText.shortest(i)), \(DecimalText.shortest(j)))"
                worst = Offset(
                    pixels: inPixels, text: "position of pixel \(index) in \(pair.text)",
                    places: (p, q))
            }
        }
        return worst
    }
}
