// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Two numbers along the fast and the slow pixel direction.
public struct FastSlow<Value: Sendable>: Sendable {
    /// Along the fast direction.
    public var fast: Value
    /// Along the slow direction.
    public var slow: Value

    public init(fast: Value, slow: Value) {
        self.fast = fast
        self.slow = slow
    }
}

extension FastSlow: Equatable where Value: Equatable {}
extension FastSlow: Hashable where Value: Hashable {}

/// What the point with pixel coordinates (0, 0) is.
///
/// - Source: geometry.md section 7, imgcif.md 9.5.
public enum PixelOrigin: String, Sendable, Hashable {
    case pixelCentre, pixelCorner, unstated
}

/// Why a pixel origin is taken.
public enum PixelOriginBasis: String, Sendable, Hashable {
    case dictionary, practice, evidence, option
}

/// How one pixel index of an imgCIF array moves along an axis.
///
/// - Source: ARRAY_STRUCTURE_LIST_AXIS, ARRAY_STRUCTURE_LIST.
public struct SurfaceAxis: Sendable {
    /// The axis that the index moves along.
    public var axis: AxisID
    /// Setting of the axis at index 0 (or at the greatest index when decreasing), millimetres.
    public var displacement: Sourced<Double>
    /// Change of the setting from one index to the next, millimetres.
    public var increment: Sourced<Double>
    /// The index rises against the axis.
    public var isDecreasing: Bool

    public init(
        axis: AxisID, displacement: Sourced<Double>, increment: Sourced<Double>, isDecreasing: Bool = false
    ) {
        self.axis = axis
        self.displacement = displacement
        self.increment = increment
        self.isDecreasing = isDecreasing
    }
}

/// How a panel hangs in the chain of axes.
public enum PanelPlacement: Sendable {
    /// imgCIF: an axis for each index; position by the chain of either, minus their common origin.
    case surface(FastSlow<SurfaceAxis>)
    /// NXmx: `fast_pixel_direction` and `slow_pixel_direction` are translations whose value is the step of one pixel;
    /// the point (0, 0) hangs at the end of `base` (`module_offset` or what stands for it, nil: the laboratory).
    case module(base: AxisID?, fast: Axis, slow: Axis, steps: FastSlow<Sourced<Double>>)
    /// No axes in the file (miniCBF, SMV): plane given outright, millimetres.
    case fixed(PanelPlane)
}

/// A plane of pixels in space: position(i, j) = origin + i * fast + j * slow, millimetres.
public struct PanelPlane: Sendable, Hashable {
    /// Position of the point (0, 0).
    public var origin: Vector3
    /// Step for one pixel along fast.
    public var fast: Vector3
    /// Step for one pixel along slow.
    public var slow: Vector3

    public init(origin: Vector3, fast: Vector3, slow: Vector3) {
        self.origin = origin
        self.fast = fast
        self.slow = slow
    }

    /// The position of a pixel index, from 0, which may be fractional.
    public func position(fast i: Double, slow j: Double) -> Vector3 { origin + i * fast + j * slow }
}

/// A flat array of pixels.
public struct Panel: Sendable {
    /// Element, array and section of imgCIF; path of the NXdetector_module of NXmx.
    public var id: String
    /// The array that holds its pixels, where a frame may have several (imgCIF); nil for others.
    public var array: String?
    /// The first element of the panel in its array, from 0, slowest first, whatever the rank (imgCIF); nil for a whole array.
    public var firstElement: [Int]?
    /// Pixels along fast and slow.
    public var size: FastSlow<Int>?
    /// How the panel hangs in space; nil when it cannot be told.
    public var placement: PanelPlacement?
    /// Why there is no placement, in words, when there is none.
    public var placementFault: String?
    /// What the point (0, 0) is.
    public var pixelOrigin: PixelOrigin
    /// Why that is taken.
    public var pixelOriginBasis: PixelOriginBasis
    /// `_array_element_size.size`, `x_pixel_size` and `y_pixel_size`: stated pixel size, millimetres.
    public var statedPixelSize: FastSlow<Sourced<Double>?>
    /// Index of the first pixel of this panel in the stored image and size stated there, slow before fast (NXmx).
    public var dataOrigin: Sourced<[Int]>?
    /// Pixels of the panel in the stored image, slow before fast (NXmx).
    public var dataSize: Sourced<[Int]>?
    /// Step from one pixel of the panel to the next in the stored image; nil: 1.
    public var dataStride: Sourced<[Int]>?
    /// Where the panel is described.
    public var place: Place

    public init(
        id: String, size: FastSlow<Int>?, placement: PanelPlacement?, placementFault: String? = nil,
        pixelOrigin: PixelOrigin, pixelOriginBasis: PixelOriginBasis,
        statedPixelSize: FastSlow<Sourced<Double>?> = FastSlow(fast: nil, slow: nil),
        dataOrigin: Sourced<[Int]>? = nil, dataSize: Sourced<[Int]>? = nil, place: Place
    ) {
        self.id = id
        self.size = size
        self.placement = placement
        self.placementFault = placementFault
        self.pixelOrigin = pixelOrigin
        self.pixelOriginBasis = pixelOriginBasis
        self.statedPixelSize = statedPixelSize
        self.dataOrigin = dataOrigin
        self.dataSize = dataSize
        self.place = place
    }
}
