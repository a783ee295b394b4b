// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A pixel direction as NXmx writes it: value and unit vector, offset (0, 0, 0).
public struct PixelDirection: Sendable, Hashable {
    /// Length of a step, millimetres.
    public var value: Double
    /// McStas components; points to rising index.
    public var vector: Vector3
}

/// What NXdetector_module is to hold; lengths in millimetres, McStas components.
///
/// - Source: geometry.md section 6.
public struct ModuleToWrite: Sendable, Hashable {
    /// `module_offset@offset`; its value is 0.
    public var offset: Vector3
    /// What `module_offset` depends on; nil for ".".
    public var dependsOn: AxisID?
    /// `fast_pixel_direction`.
    public var fast: PixelDirection
    /// `slow_pixel_direction`.
    public var slow: PixelDirection
}

/// What index (0, 0) is to mean in the file that is written; option `--pixel-origin`.
public enum PixelOriginChoice: String, Sendable, Hashable, CaseIterable {
    /// The numbers of the source stay.
    case keep
    /// The dictionary is applied: index (0, 0) of the source is the centre of the first pixel, of NXmx its corner.
    case centre
}

extension AxisGraph {
    /// The module of NXmx that puts every pixel where the panel has it.
    ///
    /// - Parameters:
    ///   - choice: `centre` moves the origin by -½ (fast + slow).
    ///   - rotation: From the frame of the experiment to McStas.
    /// - Returns: Independent of the settings of a scan; or why the panel cannot be written so.
    public func moduleToWrite(
        _ panel: Panel, origin choice: PixelOriginChoice = .keep, rotation: FrameRotation
    ) -> Result<ModuleToWrite, PlacementFault> {
        localPlane(of: panel).flatMap { local in
            guard local.plane.isFinite else { return .failure(.notFinite) }
            let plane = choice == .keep ? local.plane : local.plane.moved(byPixels: -0.5)
            let steps = plane.steps
            guard let f = plane.fast.normalised, let s = plane.slow.normalised else { return .failure(.notFinite) }
            return .success(
                ModuleToWrite(
                    offset: rotation.toMcStas(plane.origin), dependsOn: local.carrier,
                    fast: PixelDirection(value: steps.fast, vector: rotation.toMcStas(f)),
                    slow: PixelDirection(value: steps.slow, vector: rotation.toMcStas(s))))
        }
    }

    /// The plane of a panel in the coordinates of the axis that carries it.
    private func localPlane(of panel: Panel) -> Result<(plane: PanelPlane, carrier: AxisID?), PlacementFault> {
        carrier(of: panel).flatMap { carrier in
            plane(of: panel, settings: FrameSettings()).flatMap { plane in
                transform(from: carrier, settings: FrameSettings()).mapError(PlacementFault.chain).map {
                    (plane.moved(by: $0.inverse), carrier)
                }
            }
        }
    }
}
