// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import XML

extension SchemaFacts {
    /// The facts as an XML schema, for libxml2.
    ///
    /// - Source: XML Schema 1.0, part 1.
    public var xsd: [UInt8] {
        var xml = XMLWriter()
        xml.element(
            "xs:schema",
            [
                ("xmlns:xs", "http://www.w3.org/2001/XMLSchema"), ("xmlns", KernelFour.namespace),
                ("targetNamespace", KernelFour.namespace), ("elementFormDefault", "qualified"),
            ]
        ) { xml in
            xml.element("xs:import", [("namespace", XMLNamespace.address), ("schemaLocation", SchemaImport.xml)]) { _ in
            }
            for list in lists.keys.sorted() {
                Self.restriction(list, "xs:string", values(list).map { ("xs:enumeration", $0) }, &xml)
            }
            Self.restriction("filled", "xs:string", [("xs:minLength", "1")], &xml)
            Self.restriction("year", "xs:token", [("xs:pattern", "[\\d]{4}")], &xml)
            Self.restriction(
                "longitude", "xs:float", [("xs:minInclusive", "-180"), ("xs:maxInclusive", "180")], &xml)
            Self.restriction("latitude", "xs:float", [("xs:minInclusive", "-90"), ("xs:maxInclusive", "90")], &xml)
            declare(root, isRoot: true, &xml)
        }
        return xml.finish()
    }

    private static func restriction(
        _ name: String, _ base: String, _ facets: [(String, String)], _ xml: inout XMLWriter
    ) {
        xml.element("xs:simpleType", [("name", name)]) { xml in
            xml.element("xs:restriction", [("base", base)]) { xml in
                for (facet, value) in facets { xml.element(facet, [("value", value)]) { _ in } }
            }
        }
    }

    private func declare(_ element: Element, isRoot: Bool = false, _ xml: inout XMLWriter) {
        var attributes: [XMLWriter.Attribute] = [("name", element.name)]
        if !isRoot {
            if element.least != 1 { attributes.append(("minOccurs", String(element.least))) }
            if element.most != 1 { attributes.append(("maxOccurs", element.most.map { String($0) } ?? "unbounded")) }
        }
        let base = Self.base(element.content)
        if element.attributes.isEmpty, let base { attributes.append(("type", base)) }
        guard element.content != "any", element.attributes.isEmpty == false || base == nil else {
            return xml.element("xs:element", attributes) { _ in }
        }
        xml.element("xs:element", attributes) { xml in
            xml.element("xs:complexType", [("mixed", element.content == "mixed" ? "true" : nil)]) { xml in
                if let base {
                    xml.element("xs:simpleContent") { xml in
                        xml.element("xs:extension", [("base", base)]) { declare(element.attributes, &$0) }
                    }
                } else {
                    group(element, &xml)
                    declare(element.attributes, &xml)
                }
            }
        }
    }

    private func group(_ element: Element, _ xml: inout XMLWriter) {
        guard !element.elements.isEmpty else { return }
        let name = ["all": "xs:all", "choices": "xs:choice", "mixed": "xs:choice"][element.content] ?? "xs:sequence"
        xml.element(name, [("maxOccurs", element.content == "choices" ? "unbounded" : nil)]) { xml in
            for inner in element.elements { declare(inner, &xml) }
        }
    }

    private func declare(_ attributes: [Attribute], _ xml: inout XMLWriter) {
        for attribute in attributes where isKnown(attribute.since) {
            guard !attribute.name.hasPrefix("xml:") else {
                xml.element("xs:attribute", [("ref", attribute.name)]) { _ in }
                continue
            }
            let type = attribute.type.map { lists[$0] == nil ? "xs:\($0)" : $0 }
            xml.element(
                "xs:attribute",
                [("name", attribute.name), ("type", type), ("use", attribute.isRequired ? "required" : nil)]
            ) { _ in }
        }
    }

    /// The simple type of an element; nil for one that holds elements or anything.
    private static func base(_ content: String) -> String? {
        switch content {
        case "text": "xs:string"
        case "text+": "filled"
        case "language": "xs:language"
        case "year", "longitude", "latitude": content
        default: nil
        }
    }
}

/// The namespace of `xml:lang`.
enum XMLNamespace {
    static let address = "http://www.w3.org/XML/1998/namespace"

    /// Its attributes as a schema.
    ///
    /// - Source: Extensible Markup Language 1.0, 2.10 and 2.12; XML Base.
    static let schema = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="\(address)">
          <xs:attribute name="lang">
            <xs:simpleType>
              <xs:union memberTypes="xs:language">
                <xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType>
              </xs:union>
            </xs:simpleType>
          </xs:attribute>
          <xs:attribute name="base" type="xs:anyURI"/>
          <xs:attribute name="id" type="xs:ID"/>
        </xs:schema>
        """
}
