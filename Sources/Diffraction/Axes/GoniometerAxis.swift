// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Experiment {
    /// The same experiment with another direction for a rotation axis that was assumed; the header gave none.
    ///
    /// - Parameters:
    ///   - axis: Positive direction in the frame of this experiment.
    ///   - origin: Who says so: an option, or an entry of the table.
    /// - Returns: The experiment as it is, when its axes are stated by the file.
    public func withGoniometerAxis(_ axis: Vector3, _ origin: Origin) -> Experiment {
        var experiment = self
        for index in experiment.axes.indices where experiment.axes[index].equipment.value == .goniometer {
            guard case .assumed = experiment.axes[index].vector.origin else { continue }
            experiment.axes[index].vector = Sourced(axis, origin)
        }
        return experiment
    }
}
