// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageCodecs
import TestSupport
import Testing

@testable import Pictures

/// Pictures of frames. Oracles: the specification of PNG for the bytes; the geometry that the test itself states for
/// what stands where.
@Suite struct PictureTests {
    /// A detector across the beam at 100 mm, pixels of 0.1 mm, turned about the beam, in the frame of imgCIF.
    private func experiment(
        turned degrees: Double = 0, centre: FastSlow<Double>, panels: [Panel]? = nil,
        gravity: Vector3 = Vector3(0, -1, 0)
    ) throws -> Experiment {
        let origin = Origin.derived("test")
        var beam = Beam(direction: Sourced(Vector3(0, 0, -1), origin))
        beam.wavelengths = Sourced([1], origin)
        var experiment = Experiment(
            id: "test", frame: .imgCIF, beam: beam, gravity: Sourced(gravity, origin), place: .file)
        let turn = try #require(Matrix3.rotation(about: .unitZ, degrees: degrees))
        let plane = PanelPlane(
            origin: turn * Vector3(-0.1 * centre.fast, 0.1 * centre.slow, -100), fast: turn * Vector3(0.1, 0, 0),
            slow: turn * Vector3(0, -0.1, 0))
        let panel = Panel(
            id: "p", size: FastSlow(fast: 700, slow: 640), placement: .fixed(plane), pixelOrigin: .pixelCorner,
            pixelOriginBasis: .dictionary, place: .file)
        experiment.detectors = [Detector(id: "d", panels: panels ?? [panel], place: .file)]
        return experiment
    }

    private func image(fast: Int, slow: Int, _ value: (Int, Int) -> UInt16) throws -> Frames.FrameImage {
        let bytes = (0..<slow).flatMap { j in
            (0..<fast).flatMap { i in [UInt8(value(i, j) & 0xFF), UInt8(value(i, j) >> 8)] }
        }
        return try #require(FrameImage(of: .uint16, slow: slow, fast: fast, elements: bytes))
    }

    private func picture(
        _ experiment: Experiment, _ image: Frames.FrameImage, size: FramePicture.Size = .usual
    ) throws -> (picture: FramePicture, panels: FramePanels) {
        let panels = FramePanels(
            of: experiment, experiment.axisGraph, settings: FrameSettings(), planes: 1, slow: image.slow,
            fast: image.fast)
        let view = try #require(FramePicture.view(of: panels, experiment, size: size))
        let bins = panels.parts.map { part in
            var bins = FrameBins(part.area, factor: view.factor)
            bins.add(image, mask: nil, limits: ValueLimits(most: 60_000))
            return bins
        }
        return (FramePicture(.init(experiment: experiment, panels: panels, bins: bins), view: view), panels)
    }

    @Test("a picture is read back from its file")
    func fileOfPicture() throws {
        let pixels = (0..<(7 * 5)).map { UInt8($0 % 3) }
        let colours = [PNG.Colour(0, 0, 0), PNG.Colour(255, 0, 0), PNG.Colour(255, 255, 255)]
        let file = try #require(PNG.encode(pixels, width: 7, palette: colours, comment: "seven Å"))
        #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        var chunks: [String: [UInt8]] = [:]
        var at = 8
        while at + 12 <= file.count {
            let length = file[at..<(at + 4)].reduce(Int(0)) { $0 << 8 | Int($1) }
            let body = Array(file[(at + 4)..<(at + 8 + length)])
            let sum = file[(at + 8 + length)..<(at + 12 + length)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            #expect(crc(body) == sum)
            chunks[String(decoding: Array(body.prefix(4)), as: UTF8.self)] = Array(body.dropFirst(4))
            at += 12 + length
        }
        #expect(at == file.count)
        #expect(chunks["IHDR"] == [0, 0, 0, 7, 0, 0, 0, 5, 8, 3, 0, 0, 0])
        #expect(chunks["PLTE"] == [0, 0, 0, 255, 0, 0, 255, 255, 255])
        #expect(chunks["tEXt"] == Array("Description".utf8) + [0] + Array("seven ".utf8) + [0xC5])
        let inflate = try #require(Codec.filter(1))
        let rows = try inflate.decoded(
            try #require(chunks["IDAT"]), bytes: 8 * 5, Codec.Parameters(elementBytes: 1))
        for row in 0..<5 {
            #expect(rows[row * 8] == 0)
            #expect(Array(rows[(row * 8 + 1)..<(row * 8 + 8)]) == Array(pixels[(row * 7)..<(row * 7 + 7)]))
        }
    }

    /// The sum by its polynomial, bit by bit.
    private func crc(_ bytes: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    @Test(
        "the cross stands on the pixel that the beam meets, however the detector is turned",
        arguments: [0, 90, 180, 270])
    func crossOnBeam(turn: Int) throws {
        let centre = FastSlow(fast: 401.5, slow: 250.5)
        let experiment = try experiment(turned: Double(turn), centre: centre)
        let (picture, _) = try picture(experiment, image(fast: 700, slow: 640) { _, _ in 3 })
        // Turned by +90 degrees about +Z, seen along -Z: counter-clockwise.
        let (x, y) =
            switch turn {
            case 0: (401, 250)
            case 90: (250, 700 - 402)
            case 180: (700 - 402, 640 - 251)
            default: (640 - 251, 401)
            }
        #expect((picture.canvas.width, picture.canvas.height) == (turn % 180 == 0 ? (700, 640) : (640, 700)))
        #expect(picture.canvas.ink(x: x, y: y) == .cross)
        #expect(picture.canvas.ink(x: x + 8, y: y) == .cross)
        #expect(picture.canvas.ink(x: x, y: y - 8) == .cross)
        #expect(picture.canvas.ink(x: x + 2, y: y) != .cross)
    }

    @Test("rings have the radius of their resolution and the beam centre as theirs")
    func radiusOfRings() throws {
        let experiment = try experiment(centre: FastSlow(fast: 350.5, slow: 320.5))
        let (picture, panels) = try picture(experiment, image(fast: 700, slow: 640) { _, _ in 3 })
        let rings = ResolutionRings(panels, beam: Vector3(0, 0, -1), wavelength: 1).rings
        #expect(rings.count >= 4)
        var seen = 0
        for ring in rings {
            let radius = 1000 * tan(ofHalf: ring.spacing)
            for (dx, dy) in [(1.0, 0.0), (-1, 0), (0, 1), (-0.6, 0.8), (-0.6, -0.8)] {
                let (x, y) = (350.5 + dx * radius, 320.5 + dy * radius)
                guard x > 2, y > 2, x < 697, y < 637 else { continue }
                var isNear = false
                for a in -1...1 {
                    for b in -1...1 where picture.canvas.ink(x: Int(x) + a, y: Int(y) + b) == .ring { isNear = true }
                }
                #expect(isNear, "ring of \(ring.spacing) at \(x), \(y)")
                let inside = picture.canvas.ink(x: Int(x - 6 * dx), y: Int(y - 6 * dy))
                #expect(inside != .ring)
                seen += 1
            }
        }
        #expect(seen >= 12)
    }

    /// tan(2θ) for λ = 1 Å, from the spacing without an angle: sin θ = 1 / 2d.
    private func tan(ofHalf spacing: Double) -> Double {
        let sine = 1 / (2 * spacing)
        let tangent = sine / (1 - sine * sine).squareRoot()
        return 2 * tangent / (1 - tangent * tangent)
    }

    @Test("panels stand where the geometry places them, and what has no count is tinted")
    func panelsByGeometry() throws {
        // The left half of the image stands below the right half, turned half round.
        func panel(_ id: String, _ plane: PanelPlane, from first: Int) -> Panel {
            Panel(
                id: id, size: FastSlow(fast: 100, slow: 80), placement: .fixed(plane), pixelOrigin: .pixelCorner,
                pixelOriginBasis: .dictionary, dataOrigin: Sourced([0, first], .derived("test")),
                dataSize: Sourced([80, 100], .derived("test")), place: .file)
        }
        let lower = PanelPlane(
            origin: Vector3(10, -10, -100), fast: Vector3(-0.1, 0, 0), slow: Vector3(0, 0.1, 0))
        let upper = PanelPlane(origin: Vector3(0, 9, -100), fast: Vector3(0.1, 0, 0), slow: Vector3(0, -0.1, 0))
        let experiment = try experiment(
            centre: FastSlow(fast: 0, slow: 0), panels: [panel("a", lower, from: 0), panel("b", upper, from: 100)])
        let image = try image(fast: 200, slow: 80) { i, j in
            if (i, j) == (150, 10) { return .max }
            if (i, j) == (20, 30) { return 60_001 }
            return i < 100 ? 0 : 900
        }
        let size = FramePicture.Size(longest: 2000, shortest: 1)
        let (picture, _) = try picture(experiment, image, size: size)
        // Upper panel: y from 9 down to 1 mm; gap; lower panel from -2 to -10 mm.
        #expect((picture.canvas.width, picture.canvas.height) == (100, 190))
        #expect(picture.canvas.ink(x: 50, y: 10) == .masked)
        #expect(picture.canvas.ink(x: 99 - 20, y: 189 - 30) == .overloaded)
        #expect(picture.canvas.ink(x: 60, y: 85) == .ground)
        #expect(picture.canvas.ink(x: 40, y: 150) == .white)
        let dark = try #require(picture.canvas.ink(x: 30, y: 40))
        #expect(dark != .white && dark != .ground)
    }

    @Test("a square of pixels shows the greatest of its counts, and flags only where it has no count")
    func joinedPixels() throws {
        let image = try image(fast: 7, slow: 4) { i, j in
            switch (i, j) {
            case (1, 1): 9
            case (6, 0...2), (6, 3): .max
            case (4, 2): .max
            default: UInt16(i)
            }
        }
        var bins = FrameBins(Area(slow: 0..<4, fast: 0..<7), factor: 3)
        bins.add(image, mask: nil, limits: ValueLimits())
        #expect((bins.fast, bins.slow) == (3, 2))
        #expect(bins.greatest == [9, 5, -.infinity, 2, 5, -.infinity])
        #expect(bins.states[0] == .count && bins.states[1] == [.count, .flagged] && bins.states[2] == .flagged)
        var mask = [UInt8](repeating: 0, count: 28)
        mask[8] = 1
        var masked = FrameBins(Area(slow: 0..<4, fast: 0..<7), factor: 3)
        masked.add(image, mask: mask, limits: ValueLimits(most: 4))
        #expect(masked.greatest[0] == 2 && masked.states[0] == [.count, .masked])
        #expect(masked.greatest[1] == 4 && masked.states[1].contains(.above))
        masked.add(bins)
        #expect(masked.greatest == bins.greatest)
        // A part that the image does not hold changes nothing.
        var outside = FrameBins(Area(slow: 0..<5, fast: 0..<7), factor: 3)
        outside.add(image, mask: nil, limits: ValueLimits())
        #expect(outside.states == [FrameBins.State](repeating: [], count: outside.states.count))
    }

    /// Oracle: the sections as imgCIF counts them, planes and all, from 1.
    @Test("sections of stacked arrays are drawn where they stand, each from its own pixels")
    func sections() throws {
        let whole = try experiment(centre: FastSlow(fast: 0, slow: 0))
        guard case .fixed(let plane) = whole.detectors[0].panels[0].placement else { return #expect(Bool(false)) }
        // Two arrays of two planes; of each plane the left and the right half.
        let panels = (0..<8).map { number in
            let (array, level, half) = (number / 4, number / 2 % 2, number % 2)
            let place = plane.origin + Vector3(Double(10 * half), Double(-10 * (2 * array + level)), 0)
            var panel = Panel(
                id: "\(number)", size: FastSlow(fast: 30, slow: 40),
                placement: .fixed(PanelPlane(origin: place, fast: plane.fast, slow: plane.slow)),
                pixelOrigin: .pixelCorner, pixelOriginBasis: .dictionary, place: .file)
            panel.firstElement = [level, 0, 30 * half]
            return panel
        }
        let detector = Detector(id: "d", panels: panels, place: .file)
        var experiment = whole
        experiment.detectors = [detector]
        let parts = FramePanels(
            of: experiment, experiment.axisGraph, settings: FrameSettings(), planes: 4, slow: 40, fast: 60)
        #expect(parts.whyStored == nil)
        let areas = parts.parts.map { [$0.area.planes.lowerBound, $0.area.slow.count, $0.area.fast.lowerBound] }
        #expect(areas == (0..<8).map { [$0 / 2, 40, 30 * ($0 % 2)] })
        let other = FramePanels(
            of: experiment, experiment.axisGraph, settings: FrameSettings(), planes: 1, slow: 40, fast: 60)
        #expect(other.whyStored?.contains("are not those of the image") == true)
    }

    /// Oracle: the sentence that says what a square holds, written down pixel by pixel.
    @Test("pixels of every type are joined as one by one", arguments: ElementType.allCases)
    func joinedAsOneByOne(_ element: ElementType) throws {
        var random = SeededNumbers(seed: 17)
        let (slow, fast) = (13, 4_111)
        let bytes = (0..<(slow * fast)).flatMap { _ -> [UInt8] in
            // Flags, numbers below 0, small counts, anything.
            switch random.next() % 8 {
            case 0: [UInt8](repeating: 0xFF, count: element.bytes)
            case 1: [0xFE] + [UInt8](repeating: 0xFF, count: element.bytes - 1)
            case 2: (0..<element.bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            case 3: [UInt8](repeating: 0xFF, count: element.bytes - 1) + [0x7F]
            default: [UInt8(truncatingIfNeeded: random.next() % 90)] + [UInt8](repeating: 0, count: element.bytes - 1)
            }
        }
        let image = try #require(FrameImage(of: element, slow: slow, fast: fast, elements: bytes))
        let mask = (0..<(slow * fast)).map { _ in UInt8(random.next() % 16 == 0 ? 1 : 0) }
        let bounds = [
            ValueLimits(), ValueLimits(least: 2.5, most: 70.5), ValueLimits(least: -3, most: 1e30),
            ValueLimits(least: 1e30), ValueLimits(most: -1e30),
        ]
        for limits in bounds {
            for factor in [1, 3, 8, 3_000] {
                for mask in [nil, mask] {
                    var bins = FrameBins(Area(slow: 2..<slow, fast: 5..<fast), factor: factor)
                    bins.add(image, mask: mask, limits: limits)
                    var plain = PlainBins(bins)
                    plain.add(image, bytes, mask, limits)
                    #expect(bins.greatest == plain.greatest && bins.states == plain.states, "\(limits) \(factor)")
                }
            }
        }
    }

    @Test("without a geometry the image is shown as it is stored, and says so")
    func asStored() throws {
        var experiment = try experiment(centre: FastSlow(fast: 0, slow: 0))
        experiment.detectors = []
        let image = try image(fast: 30, slow: 20) { i, j in (i, j) == (29, 0) ? 500 : 0 }
        let (picture, panels) = try picture(experiment, image, size: FramePicture.Size(longest: 2000, shortest: 60))
        #expect(panels.whyStored == "nothing places the detector")
        #expect((picture.canvas.width, picture.canvas.height) == (60, 40))
        #expect(picture.canvas.ink(x: 59, y: 0) == .black && picture.canvas.ink(x: 0, y: 39) == .white)
        let words = picture.captions(isStrip: false).joined(separator: "\n")
        #expect(words.contains("as stored") && !words.contains("red cross") && !words.contains("green rings"))
    }
}

/// Squares of pixels, one pixel after the other.
private struct PlainBins {
    let area: Area
    let factor, fast: Int
    var greatest: [Float]
    var states: [FrameBins.State]

    init(_ bins: FrameBins) {
        (area, factor, fast) = (bins.area, bins.factor, bins.fast)
        greatest = bins.greatest.map { _ in -.infinity }
        states = bins.states.map { _ in [] }
    }

    mutating func add(_ image: Frames.FrameImage, _ bytes: [UInt8], _ mask: [UInt8]?, _ limits: ValueLimits) {
        let width = image.element.bytes
        for j in area.slow {
            for i in area.fast {
                let pixel = j * image.fast + i
                let bin = (j - area.slow.lowerBound) / factor * fast + (i - area.fast.lowerBound) / factor
                var bits: UInt64 = 0
                for byte in 0..<width { bits |= UInt64(bytes[pixel * width + byte]) << (8 * byte) }
                let (value, isFlag) = Self.value(bits, image.element)
                if let mask, mask[pixel] != 0 {
                    states[bin].insert(.masked)
                } else if isFlag || !value.isFinite || value < limits.least ?? (image.element.isFloat ? -.infinity : 0)
                {
                    states[bin].insert(.flagged)
                } else if value > limits.most ?? .infinity {
                    states[bin].insert(.above)
                } else {
                    states[bin].insert(.count)
                    greatest[bin] = max(greatest[bin], Float(value))
                }
            }
        }
    }

    /// The number, and whether it is a flag by custom: the greatest of a type of two bytes or more, or the one below it where
    /// there is no sign.
    private static func value(_ bits: UInt64, _ element: ElementType) -> (Double, Bool) {
        switch element {
        case .int8: (Double(Int8(truncatingIfNeeded: bits)), false)
        case .uint8: (Double(bits), false)
        case .int16: (Double(Int16(truncatingIfNeeded: bits)), bits == 0x7FFF)
        case .uint16: (Double(bits), bits >= 0xFFFE)
        case .int32: (Double(Int32(truncatingIfNeeded: bits)), bits == 0x7FFF_FFFF)
        case .uint32: (Double(bits), bits >= 0xFFFF_FFFE)
        case .int64: (Double(Int64(bitPattern: bits)), bits == 0x7FFF_FFFF_FFFF_FFFF)
        case .uint64: (Double(bits), bits >= 0xFFFF_FFFF_FFFF_FFFE)
        case .float32: (Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))), false)
        case .float64: (Double(bitPattern: bits), false)
        }
    }
}
