// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Why a chain of axes cannot be followed or evaluated; a fault of the data.
///
/// - Source: geometry.md section 4.
public enum ChainFault: Error, Sendable, Hashable {
    /// An axis is named and not defined.
    case undefined(AxisMention)
    /// The chain comes back to itself; the members of the circle in the order of the chain.
    case circle([AxisID])
    /// An axis stands in a coordinate system that has no place in the laboratory; the word of the file.
    case otherSystem(axis: AxisID, system: String)
    /// A mounting rotation and its axis depend on different axes.
    case mountDisagrees(axis: AxisID, mount: AxisID)
    /// An axis that is moved has a vector of no length.
    case noDirection(AxisID)
    /// An axis that is moved is of an unknown type; the word of the file.
    case unknownMotion(axis: AxisID, word: String)
    /// A vector, an offset or a setting is not a finite number.
    case notFinite(AxisID)
    /// Several axes of a set are depended on by no other: nothing says which is innermost.
    case branches([AxisID])

    /// One sentence in the words of the file.
    public var sentence: String {
        switch self {
        case .undefined(let mention): "axis '\(mention.axis)', named by \(mention.item), is not defined"
        case .circle(let members): "axis chain runs in a circle: " + members.map(\.text).joined(separator: " -> ")
        case .otherSystem(let axis, let system): "axis '\(axis)' is given in the system '\(system)'"
        case .mountDisagrees(let axis, let mount):
            "axis '\(axis)' and its mounting rotation '\(mount)' depend on different axes"
        case .noDirection(let axis): "axis '\(axis)' has a vector of no length"
        case .unknownMotion(let axis, let word): "axis '\(axis)' has type '\(word)'"
        case .notFinite(let axis): "axis '\(axis)' has a number that is not finite"
        case .branches(let axes):
            "nothing says which axis is innermost: " + axes.map { "'\($0)'" }.joined(separator: ", ")
        }
    }
}
