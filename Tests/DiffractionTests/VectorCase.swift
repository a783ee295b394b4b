// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import TestSupport
import Testing

/// One case of Vectors/geometry.json: axes, settings and a panel with every number they are to give.
struct VectorCase: Decodable, Sendable, CustomTestStringConvertible {
    struct AxisRow: Decodable {
        let id: String
        let type: String
        let equipment: String
        let dependsOn: String?
        let vector: [Double]
        let offset: [Double]
        let rotation: Double?
        let rotationAxis: String?
    }
    struct Index: Decodable {
        let axis: String
        let displacement: Double
        let displacementIncrement: Double
        let dimension: Int
        let direction: String
    }
    struct PanelRow: Decodable {
        let section: String
        let fast: Index
        let slow: Index
    }
    struct Pixel: Decodable {
        let indexFastSlow: [Double]
        let imgcifMm: [Double]
        let mcstasMm: [Double]
    }
    struct Resolution: Decodable {
        let twoThetaCorner: Double
        let dCorner: Double
        let beamOnFace: Bool
        let twoThetaEdge: Double?
        let dEdge: Double?
    }
    struct Expected: Decodable {
        let rotationImgcifToMcstas: [[Double]]
        let pixels: [Pixel]
        let fastStepMcstasMm: [Double]
        let slowStepMcstasMm: [Double]
        let normalMcstas: [Double]
        let beamCentreIndexFastSlow: [Double]
        let beamPathMm: Double
        let perpendicularDistanceMm: Double
        let resolution: [String: Resolution]
        let goniometerStartImgcif: [[Double]]?
        let goniometerStartMcstas: [[Double]]?
        let goniometerEndMcstas: [[Double]]?
        let incidentPolarizationStokes: [Double]?
    }
    struct Direction: Decodable {
        let valueMm: Double
        let vector: [Double]
    }
    struct Transformation: Decodable {
        let id: String
        let type: String
        let value: Double
        let vector: [Double]
        let offsetMm: [Double]
        let dependsOn: String?
    }
    struct Module: Decodable {
        let moduleOffsetDependsOn: String
        let moduleOffsetOffsetMm: [Double]
        let fastPixelDirection: Direction
        let slowPixelDirection: Direction
        let moduleOffsetOffsetMmPixelOriginCentre: [Double]
        let transformations: [Transformation]
    }

    let name: String
    let axes: [AxisRow]
    let settings: [String: Double]
    let increments: [String: Double]
    let panel: PanelRow
    let wavelengthAngstrom: Double
    let expected: Expected
    let polariznSourceRatio: Double?
    let polariznSourceNorm: Double?
    let nxmx: Module

    var testDescription: String { name }

    static let all: [VectorCase] = {
        struct Document: Decodable { let cases: [VectorCase] }
        let url = Folder.checkout.appendingPathComponent("Tests/DiffractionTests/Vectors/geometry.json")
        guard let data = try? Data(contentsOf: url) else { return [] }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return (try? decoder.decode(Document.self, from: data))?.cases ?? []
    }()
}

extension Vector3 {
    init(_ list: [Double]) { self.init(list[0], list[1], list[2]) }

    /// The greatest absolute difference of a component.
    func difference(from list: [Double]) -> Double {
        max((x - list[0]).magnitude, (y - list[1]).magnitude, (z - list[2]).magnitude)
    }
}

extension VectorCase {
    /// The model that a reader would make of the case.
    var experiment: Experiment {
        let here = Origin.stated(.file)
        let axes = self.axes.map { row in
            Axis(
                id: AxisID(row.id), motion: Sourced(Self.motion(row.type), here),
                equipment: Sourced(Self.equipment(row.equipment), here),
                dependsOn: Sourced(row.dependsOn.map { AxisID($0) }, here), vector: Sourced(Vector3(row.vector), here),
                offset: Sourced(Vector3(row.offset), here),
                mount: row.rotationAxis.map { Mount(axis: AxisID($0), angle: row.rotation ?? 0) }, place: .file)
        }
        func direction(_ equipment: Equipment) -> Vector3? {
            axes.first { $0.equipment.value == equipment }?.vector.value.normalised
        }
        let beam = Beam(direction: Sourced(direction(.source).map { -$0 } ?? Vector3(0, 0, -1), here))
        let goniometer = axes.filter { $0.equipment.value == .goniometer }.map(\.id)
        let scan = Scan(
            id: "SCAN1", frameCount: Sourced(1, here),
            axes: settings.sorted { $0.key < $1.key }.map { id, value in
                ScanAxis(
                    axis: AxisID(id), settings: .uniform(start: value, step: 0, increment: increments[id] ?? 0),
                    place: .file)
            }, place: .file)
        var detector = Detector(
            id: "DETECTOR", axes: axes.filter { $0.equipment.value == .detector }.map(\.id), place: .file)
        detector.panels = [modelPanel]
        var experiment = Experiment(
            id: name, frame: .imgCIF, beam: beam,
            gravity: Sourced(direction(.gravity) ?? Vector3(0, -1, 0), here), axes: axes,
            goniometer: goniometer.isEmpty ? nil : Goniometer(sampleAxis: nil, axes: goniometer, place: .file),
            detectors: [detector], scans: [scan], place: .file)
        experiment.beam.wavelengths = Sourced([wavelengthAngstrom], here)
        return experiment
    }

    var size: FastSlow<Int> { FastSlow(fast: panel.fast.dimension, slow: panel.slow.dimension) }

    private var modelPanel: Panel {
        func surface(_ index: Index) -> SurfaceAxis {
            SurfaceAxis(
                axis: AxisID(index.axis), displacement: Sourced(index.displacement, .stated(.file)),
                increment: Sourced(index.displacementIncrement, .stated(.file)),
                isDecreasing: index.direction == "decreasing")
        }
        return Panel(
            id: panel.section, size: size,
            placement: .surface(FastSlow(fast: surface(panel.fast), slow: surface(panel.slow))),
            pixelOrigin: .pixelCentre, pixelOriginBasis: .dictionary, place: .file)
    }

    private static func motion(_ word: String) -> AxisMotion {
        switch word {
        case "rotation": .rotation
        case "translation": .translation
        default: .general
        }
    }

    private static func equipment(_ word: String) -> Equipment {
        switch word {
        case "goniometer": .goniometer
        case "detector": .detector
        case "source": .source
        case "gravity": .gravity
        default: .general
        }
    }
}
