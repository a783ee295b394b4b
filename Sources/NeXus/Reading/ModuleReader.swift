// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads an NXdetector_module as a panel.
///
/// - Source: NXdetector_module of the NeXus definitions; nexus.md section 8.1; geometry.md section 6.
struct ModuleReader {
    let tree: NeXusTree
    let axes: AxisTable
    /// What `depends_on` of the detector names.
    let detectorBase: AxisID?
    let isOnlyModule: Bool
    /// Pixels of a stored frame, when known.
    let image: FastSlow<Int>?
    /// Stated by the detector, millimetres.
    let pixelSize: FastSlow<Sourced<Double>?>

    func panel(at module: Node, fields: inout FieldReader) -> Panel {
        let dataSize = fields.list("data_size", in: module)
        let placed = placement(of: module)
        var panel = Panel(
            id: module.path, size: size(stated: dataSize, at: module, &fields), placement: placed.placement,
            placementFault: placed.fault, pixelOrigin: .pixelCorner, pixelOriginBasis: .practice,
            statedPixelSize: pixelSize, dataOrigin: fields.list("data_origin", in: module), dataSize: dataSize,
            place: .object(path: module.path, attribute: nil))
        panel.dataStride = fields.list("data_stride", in: module)
        return panel
    }

    /// Pixels of the panel. A pair written fast first is turned when only that fits the image.
    private func size(stated: Sourced<[Int]>?, at module: Node, _ fields: inout FieldReader) -> FastSlow<Int>? {
        guard let numbers = stated?.value, numbers.count >= 2 else {
            if stated != nil { fields.note("'data_size' is not two or three numbers", at: module.path + "/data_size") }
            return isOnlyModule ? image : nil
        }
        let size = FastSlow(fast: numbers[numbers.count - 1], slow: numbers[numbers.count - 2])
        guard size.fast > 0, size.slow > 0 else {
            fields.note("'data_size' is not positive", at: module.path + "/data_size")
            return nil
        }
        guard let image else { return size }
        let turned = FastSlow(fast: size.slow, slow: size.fast)
        if isOnlyModule { return size != image && turned == image ? turned : size }
        let fits = size.fast <= image.fast && size.slow <= image.slow
        return !fits && turned.fast <= image.fast && turned.slow <= image.slow ? turned : size
    }

    private func placement(of module: Node) -> (placement: PanelPlacement?, fault: String?) {
        var directions: [FoundAxis] = []
        for name in ["fast_pixel_direction", "slow_pixel_direction"] {
            guard let direction = axes[tree.child(name, of: module)] else { return (nil, "'\(name)' is absent") }
            if direction.axis.faults.contains(where: { [.vectorAbsent, .vectorUnusable].contains($0.kind) }) {
                return (nil, "'\(name)' has no vector of three numbers")
            }
            guard direction.values.first != nil else { return (nil, "'\(name)' has no value") }
            directions.append(direction)
        }
        guard let fast = directions.first, let slow = directions.last, let fastStep = fast.values.first,
            let slowStep = slow.values.first
        else { return (nil, "the pixel directions are absent") }
        let steps = FastSlow(
            fast: Sourced(fastStep, .stated(fast.axis.place)), slow: Sourced(slowStep, .stated(slow.axis.place)))
        return (.module(base: base(of: module, fast, slow), fast: fast.axis, slow: slow.axis, steps: steps), nil)
    }

    /// What the point (0, 0) hangs on: the dependency of the directions, else `module_offset`, else what the module
    /// and then the detector depend on.
    private func base(of module: Node, _ fast: FoundAxis, _ slow: FoundAxis) -> AxisID? {
        for (one, other) in [(fast, slow), (slow, fast)] {
            guard let named = one.axis.dependsOn.value, named != other.axis.id, named != one.axis.id else { continue }
            return named
        }
        if let offset = axes[tree.child("module_offset", of: module)] { return offset.axis.id }
        return axes.dependency(of: module)?.value ?? detectorBase
    }
}
