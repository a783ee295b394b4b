// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension AxisGraph {
    /// The parts of `PanelPlacement.module`.
    struct Module {
        let base: AxisID?
        let fast: Axis
        let slow: Axis
        let steps: FastSlow<Sourced<Double>>
    }

    /// position(i, j) = T(base) · (offsets + i · p_f · f̂ + j · p_s · ŝ).
    ///
    /// Read as well: slow that depends on fast or the reverse, the step of the other being left out; offsets on
    /// either; a direction that hangs on another axis than the base. The length of a direction does not count: the
    /// value is the pixel size, as readers take it.
    func plane(ofModule module: Module, settings: FrameSettings) -> Result<PanelPlane, PlacementFault> {
        let (fast, slow) = (module.fast, module.slow)
        return outer(of: fast, beside: slow, base: module.base, settings: settings).flatMap { fastOuter in
            outer(of: slow, beside: fast, base: module.base, settings: settings).flatMap { slowOuter in
                let distance = (fastOuter.translation - slowOuter.translation).length
                guard distance <= Self.originTolerance else {
                    return .failure(.originsDisagree(fast: fast.id, slow: slow.id, distance: distance))
                }
                guard let f = fast.vector.value.normalised else { return .failure(.chain(.noDirection(fast.id))) }
                guard let s = slow.vector.value.normalised else { return .failure(.chain(.noDirection(slow.id))) }
                let offset = fastOuter * fast.offset.value + slowOuter.rotation * slow.offset.value
                return .success(
                    PanelPlane(
                        origin: offset, fast: module.steps.fast.value * (fastOuter.rotation * f),
                        slow: module.steps.slow.value * (slowOuter.rotation * s)))
            }
        }
    }

    /// The transform of what a pixel direction hangs on, the other pixel direction standing still.
    private func outer(
        of axis: Axis, beside other: Axis, base: AxisID?, settings: FrameSettings
    ) -> Result<Transform, PlacementFault> {
        var hangsOn = axis.dependsOn.value
        if hangsOn == other.id { hangsOn = other.dependsOn.value }
        if hangsOn == nil || hangsOn == axis.id { hangsOn = base }
        let mention = hangsOn.map {
            AxisMention(axis: $0, item: "'\(axis.id)'", place: axis.dependsOn.origin.place ?? axis.place)
        }
        return transform(from: hangsOn, settings: settings, mention: mention).mapError(PlacementFault.chain)
    }
}
