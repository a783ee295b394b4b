// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Frames
import Transport

/// Files of this machine first; what they do not stand for is asked of the network, where the run may use it.
struct Locations: LocationOpener {
    let here: any LocationOpener
    /// nil: the network is not used.
    let remote: (any RemoteLocations)?

    /// - Parameter source: The description that names the files.
    init(of source: Source, _ settings: ReadingSettings) {
        remote = settings.remote
        if let opener = settings.opener as? RemoteOpener, let opening = source.opening {
            here = AskedLocations(opener, file: opening.number)
        } else {
            here = LocalLocations(of: source.name, settings.substitutes, isFollowing: settings.following != .none)
        }
    }

    func open(_ name: ExternalName) -> Located {
        let found = here.open(name)
        guard case .passedOver = found, let remote, Reference(name.location).isRemote else { return found }
        switch remote.open(name.location) {
        case .file(let source) where name.member != nil: return .archive(source)
        case let other: return other
        }
    }

    func look(at names: [ExternalName]) -> [LocatedSight] {
        let sights = here.look(at: names)
        guard remote != nil else { return sights }
        return zip(names, sights).map { name, sight in
            guard case .passedOver = sight, Reference(name.location).isRemote else { return sight }
            return name.member == nil ? .file(size: nil) : .archive
        }
    }

    func files(of location: String) -> [String]? { here.files(of: location) }
}
