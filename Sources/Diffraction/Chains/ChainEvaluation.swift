// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension AxisGraph {
    /// The transform of a chain at given settings: T_base … T_2 T_1.
    ///
    /// - Parameters:
    ///   - id: The innermost axis; nil stands for the laboratory, whose transform is the identity.
    ///   - settings: Degrees and millimetres; axes that are not mentioned stand at 0.
    /// - Returns: Acts on coordinates at the end of the chain and gives millimetres in the frame of the experiment.
    /// - Source: geometry.md section 4.
    public func transform(
        from id: AxisID?, settings: FrameSettings, mention: AxisMention? = nil
    ) -> Result<Transform, ChainFault> {
        guard let id else { return .success(.identity) }
        return links(from: id, mention: mention).flatMap { transform(of: $0[...], settings: settings) }
    }

    /// The product of the transforms of links, innermost first.
    func transform(of links: ArraySlice<Link>, settings: FrameSettings) -> Result<Transform, ChainFault> {
        var product = Transform.identity
        for link in links {
            let axis = axes[link.index]
            switch transform(of: axis, setting: settings[axis.id] + link.extraAngle) {
            case .success(let step): product = step * product
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(product)
    }

    /// The transform of one axis at a setting: its own motion, then its offset.
    public func transform(of axis: Axis, setting: Double) -> Result<Transform, ChainFault> {
        let offset = inModel(axis.offset.value, of: axis)
        guard setting.isFinite, offset.isFinite else { return .failure(.notFinite(axis.id)) }
        switch axis.motion.value {
        case .general: return .success(Transform(translation: offset))
        case _ where setting == 0: return .success(Transform(translation: offset))
        case .unknown(let word): return .failure(.unknownMotion(axis: axis.id, word: word))
        case .rotation:
            return direction(of: axis).flatMap { vector in
                guard let turn = Matrix3.rotation(about: vector, degrees: setting) else {
                    return .failure(.noDirection(axis.id))
                }
                return .success(Transform(rotation: turn, translation: offset))
            }
        case .translation:
            return direction(of: axis).map { Transform(translation: setting * $0 + offset) }
        }
    }

    /// The vector of an axis as it is used, in the frame of the experiment.
    ///
    /// Rotations and translations of imgCIF are normalised; translations of NeXus are used as they are written.
    public func direction(of axis: Axis) -> Result<Vector3, ChainFault> {
        let vector = inModel(axis.vector.value, of: axis)
        guard vector.isFinite else { return .failure(.notFinite(axis.id)) }
        guard let unit = vector.normalised else { return .failure(.noDirection(axis.id)) }
        return .success(axis.motion.value == .translation && axis.usesVectorAsWritten ? vector : unit)
    }

    /// A vector of an axis brought to the frame of the model, when the axis is given in the system McStas.
    private func inModel(_ vector: Vector3, of axis: Axis) -> Vector3 {
        guard let word = axis.system?.value, word.lowercased() == "mcstas", let toMcStas else { return vector }
        return toMcStas.transposed * vector
    }
}

extension AxisGraph {
    /// The rotation nearest the base in the chain of an axis: the swing of a detector, the principal axis of a sample.
    ///
    /// - Returns: nil when no axis of the chain rotates.
    public func outermostRotation(from id: AxisID) -> Result<AxisID?, ChainFault> {
        chain(from: id).map { chain in
            chain.last { axes[$0].motion.value == .rotation }.map { axes[$0].id }
        }
    }
}
