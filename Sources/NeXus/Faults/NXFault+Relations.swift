// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Links, defaults, signals, axes: what one item says of another.

extension NXFault {
    /// An attribute target that does not name its original.
    public enum OddTarget: Sendable {
        /// A link is asked; the data stand there themselves, or the link does not say.
        case absent(isCopy: Bool)
        case relative(String)
        /// Of a type that is no text, in words.
        case noText(String)
        case nothing(String)
        case otherObject(String)
    }

    /// The signal of a data group is not there or no field.
    public enum AbsentSignal: Sendable {
        case absent(String, fields: [String])
        case noField(String)
    }

    /// Signals, axes and errors of a data group that contradict each other.
    public enum ContradictingData: Sendable {
        /// What is wrong with the axes.
        public enum AxesFault: Sendable, Hashable {
            /// One string lists them.
            case inOneString
            case count(names: Int, dimensions: Int)
            case absent(String)
            case noField(String)
            case rank(String, Int)
            case indices(String, [Int])
            case position(String, stands: Int, stated: Int)
            case length(String, Int, of: Int)
        }

        case errors(name: String, shape: [Int], of: String, itsShape: [Int])
        case absentAuxiliary(String)
        case auxiliary(String, shape: [Int], signal: String, itsShape: [Int])
        case axes([String], signal: String, shape: [Int], AxesFault)
        /// The attribute axes of a signal: names that are not there; none where it holds no names.
        case axesOfSignal([String], absent: String?)
        case strideAlone(String, other: String)
        case strideType(String, stored: String)
        case strideCount(String, Int, rank: Int)
    }

    /// An attribute default that leads to nothing that can be plotted.
    public struct OddDefault: Sendable {
        /// Where it leads.
        public enum End: Sendable {
            case nothing, field, unplottable, circle
            case group(className: String?)
        }

        public let name: String
        public let end: End
    }

    /// A link to what does not exist.
    public struct BrokenLink: Sendable {
        public let target: String
    }

    /// An axis that is named and not there.
    public enum UndefinedAxis: Sendable {
        /// `of`: the axis with the attribute depends_on; nil for a field. `isRooted`: it would be with a slash before it.
        case absent(String, of: String?, isRooted: Bool)
        /// Names with steps up.
        case steps(Gathered)
    }

    /// A chain of axes that comes back to where it began.
    public struct AxisCircle: Sendable {
        /// From the first to the first.
        public let names: [String]
    }

    /// An axis whose vector has no direction.
    public struct ZeroVector: Sendable {
        public let axis: String
        public let vector: [Double]
    }
}

extension NXFault.ContradictingData.AxesFault {
    /// What tells two faults of one attribute apart.
    var concept: String {
        switch self {
        case .inOneString: "string"
        case .count: "count"
        case .absent(let name): "absent " + name
        case .noField(let name): "no field " + name
        case .rank(let name, _): "rank " + name
        case .indices(let name, _): "indices " + name
        case .position(let name, _, _): "position " + name
        case .length(let name, _, _): "length " + name
        }
    }
}
