// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Facts of an image without axes that the user gives where its header does not.
public struct GivenFacts: Sendable, Hashable {
    /// Millimetres, along the beam at zero swing.
    public var distance: Double?
    /// Along fast and slow, pixels from the outer corner of the first; at zero swing.
    public var beamCentre: FastSlow<Double>?
    /// `beamCentre` is in millimetres.
    public var isCentreInMillimetres = false
    /// Seconds.
    public var exposure: Double?

    public init() {}

    /// Nothing is given.
    public var isEmpty: Bool { distance == nil && beamCentre == nil && exposure == nil }

    /// The experiment with what is given in the place of what its header lacks; what a header states stays.
    public func completing(_ experiment: Experiment) -> Experiment {
        var completed = experiment
        if let exposure {
            for index in completed.scans.indices where completed.scans[index].exposure == nil {
                completed.scans[index].exposure = Sourced([exposure], .option("--exposure"))
            }
        }
        guard completed.detectors.count == 1, completed.detectors[0].panels.count == 1,
            completed.detectors[0].panels[0].placement == nil
        else { return completed }
        let detector = completed.detectors[0]
        guard let pixelFast = detector.panels[0].statedPixelSize.fast?.value,
            let pixelSlow = detector.panels[0].statedPixelSize.slow?.value
        else { return completed }
        let stated = detector.statedBeamCentres.first { $0.unit == "px" }?.value
        let given = beamCentre.map { centre in
            isCentreInMillimetres ? FastSlow(fast: centre.fast / pixelFast, slow: centre.slow / pixelSlow) : centre
        }
        // With all of it stated something else keeps the panel from its place.
        guard stated == nil || detector.statedDistances.isEmpty else { return completed }
        guard let distance = detector.statedDistances.first?.value.value ?? distance, let centre = stated ?? given
        else {
            return completed
        }
        completed.detectors[0].panels[0].placementFault = nil
        completed.detectors[0].panels[0].placement = .fixed(
            PanelPlane(
                origin: Vector3(-centre.fast * pixelFast, centre.slow * pixelSlow, -distance),
                fast: Vector3(pixelFast, 0, 0), slow: Vector3(0, -pixelSlow, 0)))
        return completed
    }
}
