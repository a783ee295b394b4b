// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// Links of one entry that lead nowhere or back, with what depends on them.
struct LinkObservations {
    /// A link that leads nowhere.
    struct Broken {
        let place: Place
        let to: String
        let isNeeded: Bool
        /// The name of the file that is not there; nil when the file is there and the object is not.
        let absentFile: String?
    }

    var broken: [Broken] = []
    /// Links to a group that is open above them.
    var circles: [Place] = []

    mutating func note(_ how: Member.Broken, at member: Member, _ match: MemberMatch, in work: GroupWork) {
        let place = Place.object(path: member.path, attribute: nil)
        switch how {
        case .circle:
            circles.append(place)
        case .missing(let to):
            broken.append(.init(place: place, to: to, isNeeded: isNeeded(member, match, work), absentFile: nil))
        case .absentFile(let file):
            broken.append(.init(place: place, to: file, isNeeded: isNeeded(member, match, work), absentFile: file))
        }
    }

    /// Image data, masks, modules, axes of a chain, and what the application requires.
    private func isNeeded(_ member: Member, _ match: MemberMatch, _ work: GroupWork) -> Bool {
        if match.applications.contains(where: \.isRequired) || work.className == "NXtransformations" { return true }
        let digits = member.name.hasPrefix("data_") ? member.name.dropFirst(5) : ""
        switch work.className {
        case "NXdata": return member.name == "data" || (!digits.isEmpty && digits.allSatisfy(\.isNumber))
        case "NXdetector": return member.name == "pixel_mask" || member.name == "data"
        case "NXdetector_module": return true
        default: return false
        }
    }
}
