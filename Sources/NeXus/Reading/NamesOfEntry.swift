// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import HDF5

/// Persons, numbers of proposals and persistent identifiers that an entry names, for a publication.
///
/// - Source: NXentry `experiment_identifier`, `collection_identifier`, `entry_identifier_uuid`; NXuser; `identifier*` with
///   the attribute `type`.
public struct NamesOfEntry: Sendable {
    /// One NXuser.
    public struct User: Sendable {
        public var name: Sourced<String>
        public var affiliation: Sourced<String>?
        /// As written, an address or bare.
        public var orcid: Sourced<String>?
    }

    /// One persistent identifier.
    public struct Identifier: Sendable {
        public var value: Sourced<String>
        /// As written, such as "DOI".
        public var type: String
        /// Class of the group that it stands in.
        public var holder: String
    }

    public private(set) var users: [User] = []
    /// Names of the fields with their values.
    public private(set) var numbers: [(field: String, value: Sourced<String>)] = []
    public private(set) var identifiers: [Identifier] = []

    /// - Parameter entry: The path of the entry, as the model has it.
    public init(_ tree: NeXusTree, entry: String) {
        guard let node = tree.entries.first(where: { $0.path == entry }) else { return }
        var fields = FieldReader(tree)
        for user in tree.groups("NXuser", in: node) {
            guard let name = fields.text("name", in: user) else { continue }
            users.append(
                User(
                    name: name, affiliation: fields.text("affiliation", in: user),
                    orcid: fields.text("ORCID", in: user) ?? fields.text("orcid", in: user)))
        }
        for field in ["experiment_identifier", "collection_identifier", "entry_identifier_uuid"] {
            if let value = fields.text(field, in: node) { numbers.append((field, value)) }
        }
        var holders: [(className: String, node: Node)] = []
        for className in ["NXinstrument", "NXsource", "NXsample", "NXdetector"] {
            holders += tree.groups(className, in: node).map { (className, $0) }
        }
        for instrument in tree.groups("NXinstrument", in: node) {
            for className in ["NXdetector", "NXsource"] {
                holders += tree.groups(className, in: instrument).map { (className, $0) }
            }
        }
        for holder in holders {
            for member in tree.members(of: holder.node) where member.name.hasPrefix("identifier") {
                guard let field = member.node, let value = fields.text(member.name, in: holder.node),
                    let type = tree.text("type", of: field)
                else { continue }
                identifiers.append(Identifier(value: value, type: type, holder: holder.className))
            }
        }
    }
}
