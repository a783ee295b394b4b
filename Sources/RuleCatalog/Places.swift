// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

extension Sourced {
    /// Where the value is stated; nothing when it is not.
    var places: [Place] { origin.place.map { [$0] } ?? [] }
}

extension Optional {
    /// Where the value is stated; nothing when there is none.
    func places<Value>() -> [Place] where Wrapped == Sourced<Value> { self?.places ?? [] }
}

extension CIF.Column {
    /// The place of the value in a row, counted from 0.
    func place(_ row: Int) -> Place { .text(offset: offset(row), item: name, row: isLooped ? row + 1 : nil) }

    /// The place of the name.
    var namePlace: Place { .text(offset: nameOffset, item: name, row: nil) }
}

extension Axis {
    /// The source leaves something out here, so that the value in the model is a stand-in.
    func has(_ kinds: AxisFault.Kind...) -> Bool { faults.contains { kinds.contains($0.kind) } }

    /// Where the vector is stated, else where the axis is.
    var vectorPlaces: [Place] { vector.places.isEmpty ? [place] : vector.places }
}

extension CIF.Document {
    /// Syntax faults of some kinds, in the order of the file.
    func faults(of kinds: [CIF.Fault.Kind]) -> [CIF.Fault] { faults.filter { kinds.contains($0.kind) } }
}

extension CIF.Fault {
    /// A fact of the fault; a stand-in where the parser gave none.
    func detail(_ name: String, else other: String = "?") -> String {
        guard let text = details[name], !text.isEmpty else { return other }
        return text
    }

    /// The first places of the fault.
    var places: [Place] { ([offset] + more).map { .text(offset: $0, item: nil, row: nil) } }
}
