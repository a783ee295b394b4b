// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What makes a group of a class one that readers of frames can use; others of the class stand beside it.
///
/// - Source: dials/nxmx:src/nxmx/__init__.py; NXmx.
struct MarkOfGroup {
    private let isGroup: Bool
    /// The class of the group, or the name of the field.
    private let what: String
    /// How the name of such a group begins, whatever its class says.
    private let name: String

    /// - Returns: nil for a class of which readers of frames look for nothing in particular.
    static func of(_ className: String) -> MarkOfGroup? {
        switch className {
        case "NXinstrument": MarkOfGroup(isGroup: true, what: "NXdetector", name: "detector")
        case "NXdetector": MarkOfGroup(isGroup: true, what: "NXdetector_module", name: "module")
        case "NXsample": MarkOfGroup(isGroup: false, what: "depends_on", name: "depends_on")
        case "NXbeam": MarkOfGroup(isGroup: false, what: "incident_wavelength", name: "incident_wavelength")
        default: nil
        }
    }

    /// The mark of a group that a definition requires it of; nil for other groups.
    static func asked(by concept: Concept) -> MarkOfGroup? {
        guard let type = concept.item.type, let mark = of(type) else { return nil }
        let isAsked = concept.children.contains { child in
            child.isRequired && (mark.isGroup ? child.item.type == mark.what : child.name == mark.what)
        }
        return isAsked ? mark : nil
    }

    /// Whether it is there, or something that may be meant for it.
    func isMet(in group: Node, _ tree: NeXusTree) -> Bool {
        tree.members(of: group).contains { member in
            member.name.hasPrefix(name) || (isGroup && member.className == what)
        }
    }
}
