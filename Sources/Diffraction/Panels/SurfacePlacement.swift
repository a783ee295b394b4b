// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension AxisGraph {
    /// The chain that carries a surface, from the inner of its two axes.
    struct SurfaceChain {
        let links: [Link]
        /// True when fast and slow hang side by side on a third axis; `links` then starts with fast.
        let isSideBySide: Bool
    }

    func surfaceChain(_ axes: FastSlow<SurfaceAxis>) -> Result<SurfaceChain, ChainFault> {
        links(from: axes.fast.axis).flatMap { fast in
            if fast.contains(where: { self.axes[$0.index].id == axes.slow.axis }) {
                return .success(SurfaceChain(links: fast, isSideBySide: false))
            }
            return links(from: axes.slow.axis).map { slow in
                let holdsFast = slow.contains { self.axes[$0.index].id == axes.fast.axis }
                return SurfaceChain(links: holdsFast ? slow : fast, isSideBySide: !holdsFast)
            }
        }
    }

    /// position(i, j) = T(chain of the inner axis) · 0, with displacement + n · increment as settings.
    func plane(
        onSurface axes: FastSlow<SurfaceAxis>, size: FastSlow<Int>?, settings: FrameSettings
    ) -> Result<PanelPlane, PlacementFault> {
        for surface in [axes.fast, axes.slow] {
            guard let axis = self[surface.axis] else { continue }
            guard axis.motion.value == .translation else { return .failure(.surfaceAxisTurns(axis.id)) }
        }
        return firstSettings(of: axes, size: size).flatMap { first in
            surfaceChain(axes).mapError(PlacementFault.chain).flatMap { chain in
                let start = settings.setting(axes.fast.axis, to: first.fast).setting(axes.slow.axis, to: first.slow)
                return step(axes.fast, settings: start).flatMap { fast in
                    step(axes.slow, settings: start).flatMap { slow in
                        origin(of: chain, axes: axes, settings: start).map {
                            PanelPlane(origin: $0, fast: fast, slow: slow)
                        }
                    }
                }
            }
        }
    }

    /// How far the starts of the two pixel axes are apart, both with setting 0; millimetres.
    ///
    /// - Source: PIXEL-004; imgcif.md 9.3.
    public func distanceOfOrigins(
        of axes: FastSlow<SurfaceAxis>, settings: FrameSettings
    ) -> Result<Double, ChainFault> {
        let still = settings.setting(axes.fast.axis, to: 0).setting(axes.slow.axis, to: 0)
        return transform(from: axes.fast.axis, settings: still).flatMap { fast in
            transform(from: axes.slow.axis, settings: still).map { (fast.translation - $0.translation).length }
        }
    }

    /// The axis that both pixel axes hang on; nil when they hang on the laboratory.
    func carrier(ofSurface axes: FastSlow<SurfaceAxis>) -> Result<AxisID?, PlacementFault> {
        let surface: Set = [axes.fast.axis, axes.slow.axis]
        func outward(_ id: AxisID) -> Result<[AxisID], PlacementFault> {
            chain(from: id).map { $0.map { self.axes[$0].id } }.mapError(PlacementFault.chain)
        }
        return outward(axes.fast.axis).flatMap { fast in
            outward(axes.slow.axis).flatMap { slow in
                let (f, s) = (fast.drop { surface.contains($0) }, slow.drop { surface.contains($0) })
                guard f.elementsEqual(s), surface.isDisjoint(with: f) else {
                    return .failure(.pixelAxesApart(fast: axes.fast.axis, slow: axes.slow.axis))
                }
                return .success(f.first)
            }
        }
    }

    /// Settings at index 0; the far end for an index that runs backwards.
    private func firstSettings(
        of axes: FastSlow<SurfaceAxis>, size: FastSlow<Int>?
    ) -> Result<FastSlow<Double>, PlacementFault> {
        func first(_ axis: SurfaceAxis, _ pixels: Int?) -> Result<Double, PlacementFault> {
            guard axis.isDecreasing else { return .success(axis.displacement.value) }
            guard let pixels else { return .failure(.sizeUnknown(axis.axis)) }
            return .success(axis.displacement.value + (Double(pixels) - 1) * axis.increment.value)
        }
        return first(axes.fast, size?.fast).flatMap { fast in
            first(axes.slow, size?.slow).map { FastSlow(fast: fast, slow: $0) }
        }
    }

    /// The step of one pixel along a surface axis.
    private func step(_ surface: SurfaceAxis, settings: FrameSettings) -> Result<Vector3, PlacementFault> {
        let increment = surface.isDecreasing ? -surface.increment.value : surface.increment.value
        return links(from: surface.axis).flatMap { links in
            guard let inner = links.first else { return .success(.zero) }
            return transform(of: links.dropFirst(), settings: settings).flatMap { outer in
                direction(of: axes[inner.index]).map { increment * (outer.rotation * $0) }
            }
        }.mapError(PlacementFault.chain)
    }

    /// The position of the index (0, 0).
    private func origin(
        of chain: SurfaceChain, axes: FastSlow<SurfaceAxis>, settings: FrameSettings
    ) -> Result<Vector3, PlacementFault> {
        let inner = transform(of: chain.links[...], settings: settings).mapError(PlacementFault.chain)
        guard chain.isSideBySide else { return inner.map(\.translation) }
        return distanceOfOrigins(of: axes, settings: settings).mapError(PlacementFault.chain).flatMap { distance in
            guard distance <= Self.originTolerance else {
                return .failure(
                    .originsDisagree(fast: axes.fast.axis, slow: axes.slow.axis, distance: distance))
            }
            let still = settings.setting(axes.slow.axis, to: 0)
            return inner.flatMap { fast in
                transform(from: axes.slow.axis, settings: settings).flatMap { slow in
                    transform(from: axes.slow.axis, settings: still).map {
                        fast.translation + slow.translation - $0.translation
                    }
                }.mapError(PlacementFault.chain)
            }
        }
    }
}
