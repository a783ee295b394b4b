// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What an axis does when its setting changes.
///
/// - Source: imgCIF `_axis.type`; NXtransformations `@transformation_type`.
public enum AxisMotion: Sendable, Hashable {
    case rotation
    case translation
    /// A direction only (gravity, source, or an axis without type).
    case general
    /// A word that is neither; kept as written.
    case unknown(String)
}

/// What an axis belongs to.
///
/// - Source: imgCIF `_axis.equipment`; in NeXus the chain in which the axis stands.
public enum Equipment: Sendable, Hashable {
    case goniometer
    case detector
    case source
    case gravity
    case general
    /// A word that is none of these; kept as written.
    case unknown(String)
}

/// Identifies an axis within an experiment: the id of imgCIF, or the absolute path of NeXus.
public struct AxisID: Sendable, Hashable, CustomStringConvertible {
    /// The id as its source has it.
    public let text: String
    public init(_ text: String) { self.text = text }
    public var description: String { text }
    /// The last part of a NeXus path, or the id itself; for people.
    public var name: String {
        // By bytes where a slash is a slash: whole characters cost many times as much.
        guard text.utf8.last != 0x2F, let slash = text.utf8.lastIndex(of: 0x2F),
            text.utf8[slash...].allSatisfy({ $0 < 0x80 })
        else { return text.split(separator: "/").last.map(String.init) ?? text }
        return String(text[text.utf8.index(after: slash)...])
    }
}

/// A mounting rotation: the axis sits on `axis`, turned by `angle` degrees more than that axis stands.
///
/// - Source: imgCIF `_axis.rotation_axis`, `_axis.rotation`; geometry.md section 4.
public struct Mount: Sendable, Hashable {
    /// The axis that carries the mounting.
    public var axis: AxisID
    /// Degrees.
    public var angle: Double

    public init(axis: AxisID, angle: Double) {
        self.axis = axis
        self.angle = angle
    }
}

/// One axis as the source describes it, in the frame of reference of its experiment, degrees and millimetres.
public struct Axis: Sendable {
    /// The id of the axis, unique in a sound file.
    public var id: AxisID
    /// Whether a change of the setting turns or shifts.
    public var motion: Sourced<AxisMotion>
    /// What the axis belongs to.
    public var equipment: Sourced<Equipment>
    /// The next axis outward; nil at the base of a chain.
    public var dependsOn: Sourced<AxisID?>
    /// As written: not normalised. Rotations are normalised when used, translations of NeXus are not.
    public var vector: Sourced<Vector3>
    /// Millimetres, relative to the axis it depends on, added after the motion of this axis.
    public var offset: Sourced<Vector3>
    /// The mounting rotation; nil when the axis stands without one.
    public var mount: Mount?
    /// The word of `_axis.system` when it is not `laboratory`.
    public var system: Sourced<String>?
    /// True for translations whose vector is used as it stands (NeXus); imgCIF normalises.
    public var usesVectorAsWritten: Bool
    /// NeXus: unit texts of setting and offset as found, nil where absent.
    public var units: Sourced<String>?
    /// NeXus: unit text of the offset as found; nil where absent.
    public var offsetUnits: Sourced<String>?
    /// What the source leaves out or gives in a form that places nothing; the value beside it is then a stand-in.
    public var faults: [AxisFault] = []
    /// Where the axis is defined.
    public var place: Place

    public init(
        id: AxisID, motion: Sourced<AxisMotion>, equipment: Sourced<Equipment>, dependsOn: Sourced<AxisID?>,
        vector: Sourced<Vector3>, offset: Sourced<Vector3>, mount: Mount? = nil, system: Sourced<String>? = nil,
        usesVectorAsWritten: Bool = false, units: Sourced<String>? = nil, offsetUnits: Sourced<String>? = nil,
        faults: [AxisFault] = [], place: Place
    ) {
        self.id = id
        self.motion = motion
        self.equipment = equipment
        self.dependsOn = dependsOn
        self.vector = vector
        self.offset = offset
        self.mount = mount
        self.system = system
        self.usesVectorAsWritten = usesVectorAsWritten
        self.units = units
        self.offsetUnits = offsetUnits
        self.faults = faults
        self.place = place
    }
}

/// A part of an axis that is absent or cannot be used, as AXIS-022 and AXIS-023 name it.
///
/// - Source: nexus.md rule 31.
public struct AxisFault: Sendable, Hashable {
    /// Which part is absent or cannot be used.
    public enum Kind: Sendable, Hashable {
        /// No vector, or a vector that is not three numbers; the axis carries (0, 0, 0).
        case vectorAbsent, vectorUnusable
        /// An offset that is not three numbers; the axis carries (0, 0, 0).
        case offsetUnusable
        /// What the axis depends on is unknown, so that nothing behind it has a place.
        case parentUnknown
        /// No units of the setting, or units that are not those of the motion; the numbers are taken as they stand.
        case unitsAbsent, unitsUnusable
        /// An offset other than 0 without units of length of its own; `found` of the first is the unit that is taken.
        case offsetUnitsAbsent, offsetUnitsUnusable
        /// The part is absent, and an attribute stands there whose name is nearly its own.
        case partMisnamed
        /// The setting is not numeric.
        case valueUnusable
        /// The setting is there and was not read, or not to its end; `found` says why. Nothing is wrong with the file.
        case valueUnread
    }

    /// Which part it is.
    public var kind: Kind
    /// What stands there, for people; empty when nothing does.
    public var found: String
    /// Where the part stands, or the axis that lacks it.
    public var place: Place

    public init(kind: Kind, found: String, place: Place) {
        self.kind = kind
        self.found = found
        self.place = place
    }
}

/// A mention of an axis somewhere in the source, so that undefined ones can be reported with their place.
public struct AxisMention: Sendable, Hashable {
    /// The axis that is named.
    public var axis: AxisID
    /// The item, field or attribute that names the axis.
    public var item: String
    /// Where it is named.
    public var place: Place
    /// What would make an undefined axis a defined one, such as a slash before its path.
    public var note: String?

    public init(axis: AxisID, item: String, place: Place, note: String? = nil) {
        self.axis = axis
        self.item = item
        self.place = place
        self.note = note
    }
}
