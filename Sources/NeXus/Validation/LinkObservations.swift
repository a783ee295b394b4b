// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// Links of one entry that lead nowhere though a definition requires what they stand for.
struct LinkObservations {
    struct Broken {
        let place: Place
        let to: String
    }

    private(set) var broken: [Broken] = []

    /// Image data, masks, modules and axes are needed whatever a definition says, and the rules on links look at them.
    mutating func note(_ lost: Member.Lost, at member: Member, _ match: MemberMatch) {
        guard case .missing(let to) = lost, match.applications.contains(where: \.isRequired) else { return }
        broken.append(.init(place: .object(path: member.path, attribute: nil), to: to))
    }
}
