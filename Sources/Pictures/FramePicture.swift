// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Frames
internal import ImageCodecs

/// One frame, or the greatest counts of several, as a person looks at them: panels where they stand, beam centre, rings.
public struct FramePicture: Sendable {
    /// What is drawn.
    public struct Content: Sendable {
        public var experiment: Experiment
        public var panels: FramePanels
        /// One for each panel; all of the factor of the view.
        public var bins: [FrameBins]

        public init(experiment: Experiment, panels: FramePanels, bins: [FrameBins]) {
            self.experiment = experiment
            self.panels = panels
            self.bins = bins
        }
    }

    /// Sizes of a picture, pixels of its longer side.
    public struct Size: Sendable {
        public var longest: Int
        public var shortest: Int

        public init(longest: Int, shortest: Int) {
            self.longest = longest
            self.shortest = shortest
        }

        public static let usual = Size(longest: 2000, shortest: 640)
        /// Every pixel of the frame is one of the picture, or more.
        public static let full = Size(longest: 1 << 15, shortest: 640)
        /// One on a page.
        public static let page = Size(longest: 560, shortest: 320)
        /// One of several side by side.
        public static let small = Size(longest: 640, shortest: 320)
    }

    public let view: PictureView
    let content: Content
    let scale: GreyScale
    /// Dots of a line.
    let pen: Int
    public private(set) var canvas: Canvas
    /// Some ring of resolution is drawn.
    private(set) var hasRings = false

    /// How panels are to be seen, before their pixels are joined.
    ///
    /// - Returns: nil for panels without an extent.
    public static func view(of panels: FramePanels, _ experiment: Experiment, size: Size) -> PictureView? {
        let isPlaced = panels.whyStored == nil
        return PictureView(
            panels, beam: isPlaced ? experiment.beam.direction.value.normalised : nil,
            gravity: isPlaced ? experiment.gravity.value : nil, longest: size.longest, shortest: size.shortest)
    }

    /// - Parameters:
    ///   - alike: What else the limits of grey are taken from, such as the other frames of a strip.
    ///   - hasLabels: Rings and their labels are drawn.
    public init(_ content: Content, view: PictureView, alike: [FrameBins] = [], hasLabels: Bool = true) {
        self.content = content
        self.view = view
        scale = GreyScale(content.bins + alike)
        pen = max(1, (max(view.width, view.height) + 450) / 900)
        canvas = Canvas(width: view.width, height: view.height, ground: .ground)
        drawPixels()
        guard content.panels.whyStored == nil, let beam = content.experiment.beam.direction.value.normalised else {
            return
        }
        if hasLabels, let wavelength = content.experiment.beam.wavelengths?.value.first {
            draw(ResolutionRings(content.panels, beam: beam, wavelength: wavelength).rings, beam)
        }
        if isCentreSeen, let centre = beamCentre { drawCross(at: centre) }
    }

    /// Where the beam meets the detector, pixels of the picture; may lie outside.
    var beamCentre: (x: Double, y: Double)? {
        guard content.panels.whyStored == nil, let beam = content.experiment.beam.direction.value.normalised else {
            return nil
        }
        return content.panels.meeting(beam: beam).map { met in
            let pixels = met.centre.pixels
            return view.place(of: met.part.plane.position(fast: pixels.fast, slow: pixels.slow))
        }
    }

    // MARK: Pixels

    private mutating func drawPixels() {
        for (part, bins) in zip(content.panels.parts, content.bins) where !bins.greatest.isEmpty {
            drawPixels(of: part, bins)
        }
    }

    private mutating func drawPixels(of part: FramePanels.Part, _ bins: FrameBins) {
        // From pixels of the picture back to indices of the panel: the inverse of a plane map.
        let start = view.place(of: part.plane.origin)
        let alongFast = view.place(of: part.plane.origin + part.plane.fast)
        let alongSlow = view.place(of: part.plane.origin + part.plane.slow)
        let (a, c) = (alongFast.x - start.x, alongFast.y - start.y)
        let (b, d) = (alongSlow.x - start.x, alongSlow.y - start.y)
        let determinant = a * d - b * c
        guard determinant.magnitude > 1e-9, determinant.isFinite else { return }
        let corners = part.plane.corners(size: part.size, origin: part.origin).map { view.place(of: $0) }
        func range(_ values: [Double], _ count: Int) -> Range<Int> {
            let low = max(0, min(Double(count), (values.min() ?? 0).rounded(.down)))
            let high = max(low, min(Double(count), (values.max() ?? 0).rounded(.up)))
            return Int(low)..<Int(high)
        }
        let (columns, rows) = (range(corners.map(\.x), view.width), range(corners.map(\.y), view.height))
        let (first, factor) = (part.origin.outlineStart, Double(bins.factor))
        let size = FastSlow(fast: Double(part.size.fast), slow: Double(part.size.slow))
        let shades = bins.shades(scale)
        let width = view.width
        canvas.withPixels { pixels in
            for row in rows {
                for column in columns {
                    let (x, y) = (Double(column) + 0.5 - start.x, Double(row) + 0.5 - start.y)
                    let i = (d * x - b * y) / determinant - first
                    let j = (a * y - c * x) / determinant - first
                    guard i >= 0, j >= 0, i < size.fast, j < size.slow else { continue }
                    pixels[row * width + column] = shades[Int(j / factor) * bins.fast + Int(i / factor)]
                }
            }
        }
    }

    // MARK: File

    /// A PNG file of about so many bytes at most: shades are joined where the picture is noisier than that.
    ///
    /// - Returns: nil for a picture too large for memory.
    public func png(most: Int, comment: String) -> [UInt8]? {
        let whole = PNG.encode(canvas.pixels, width: canvas.width, palette: Ink.palette, comment: comment)
        guard let whole, whole.count > most else { return whole }
        return PNG.encode(
            canvas.pixels.map { Ink(index: $0).joined }, width: canvas.width, palette: Ink.palette, comment: comment)
    }

    // MARK: Lines

    private mutating func draw(_ rings: [ResolutionRings.Ring], _ beam: Vector3) {
        var labels: [(text: String, x: Int, y: Int)] = []
        for ring in rings {
            let runs = ResolutionRings.runs(twoTheta: ring.twoTheta, beam: beam, content.panels, view)
            hasRings = hasRings || !runs.isEmpty
            for run in runs {
                for (from, to) in zip(run, run.dropFirst()) { canvas.line(from, to, .ring, size: pen) }
            }
            let text = DecimalText.shortest(ring.spacing) + " Å"
            if let place = labelPlace(text, on: runs.flatMap { $0 }, beside: labels) {
                labels.append((text, place.x, place.y))
            }
        }
        let size = letterSize
        for label in labels {
            canvas.fill(
                x: label.x - size, y: label.y - size, width: Canvas.width(of: label.text, size: size) + 2 * size,
                height: 9 * size, .white)
            canvas.text(label.text, x: label.x, y: label.y, .ring, size: size)
        }
    }

    /// Dots of letters on the picture.
    private var letterSize: Int { max(1, min(3, (max(view.width, view.height) + 350) / 700)) }

    /// The point of a ring nearest to the upper right of the beam centre where a label fits.
    private func labelPlace(
        _ text: String, on points: [(x: Double, y: Double)], beside others: [(text: String, x: Int, y: Int)]
    ) -> (x: Int, y: Int)? {
        let (size, centre) = (letterSize, beamCentre ?? (0, 0))
        let (width, height) = (Canvas.width(of: text, size: size), 7 * size)
        var best: (x: Int, y: Int, score: Double)?
        for point in points {
            let (dx, dy) = (point.x - centre.x, centre.y - point.y)
            let length = (dx * dx + dy * dy).squareRoot()
            let x = Int(point.x) - width / 2
            let y = Int(point.y) - height / 2
            guard length > 0, x > 2 * size, y > 2 * size, x + width + 2 * size < view.width,
                y + height + 2 * size < view.height,
                others.allSatisfy({ abs($0.y - y) > height + 4 * size || abs($0.x - x) > width + 4 * size })
            else { continue }
            let score = (dx + dy) / length
            if score > best?.score ?? -2 { best = (x, y, score) }
        }
        return best.map { ($0.x, $0.y) }
    }

    /// The beam centre lies in the picture.
    var isCentreSeen: Bool {
        guard let centre = beamCentre else { return false }
        return centre.x >= 0 && centre.y >= 0 && centre.x < Double(view.width) && centre.y < Double(view.height)
    }

    private mutating func drawCross(at centre: (x: Double, y: Double)) {
        let (x, y) = (Int(centre.x), Int(centre.y))
        canvas.dot(x: x, y: y, .cross, size: 1)
        for reach in (4 * pen)...(18 * pen) {
            for (dx, dy) in [(reach, 0), (-reach, 0), (0, reach), (0, -reach)] {
                canvas.dot(x: x + dx, y: y + dy, .cross, size: pen)
            }
        }
    }
}

extension FrameBins {
    /// The index of a colour for each square.
    fileprivate func shades(_ scale: GreyScale) -> [UInt8] {
        greatest.indices.map { index in
            if states[index].contains(.above) { return Ink.overloaded.index }
            return greatest[index].isFinite ? scale.ink(greatest[index]).index : Ink.masked.index
        }
    }
}
