// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import NeXus
import RuleEngine
import Transport

/// One soft or external link of the main file, or of a group of another file that it presents, and where it leads.
struct LinkSight: Sendable {
    enum State: Sendable, Hashable {
        case met
        /// The object is not there.
        case nowhere(String)
        /// The file is not there.
        case noFile(String)
        case circle
        /// Nobody looked, by the policy or because it cannot be read; says why.
        case notFollowed(String)
    }

    let path: String
    /// The last step of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
    let target: Link.Target
    let state: State
    /// An experiment cannot be read without what the link leads to.
    let isNeeded: Bool

    /// Every soft and external link of the main file and of what it presents of others, in the order of the walk.
    static func all(_ files: FileSet) -> [LinkSight] {
        var sights: [LinkSight] = []
        for object in files.main.objects {
            add(object, in: files, &sights) { files.main.path(of: object.id) }
        }
        for group in files.linkedGroups() {
            guard let object = files.files[group.file].snapshot?[group.id] else { continue }
            add(object, in: files, &sights) { group.path }
        }
        return sights
    }

    private static func add(
        _ object: HDF5.Object, in files: FileSet, _ sights: inout [LinkSight], path: () -> String
    ) {
        for link in object.links {
            switch link.target {
            case .soft, .external: break
            case .hard, .userDefined, .unreadable, .notEntered: continue
            }
            let group = path()
            sights.append(
                LinkSight(
                    path: group == "/" ? "/" + link.name : group + "/" + link.name, target: link.target,
                    state: state(link, in: group, files), isNeeded: NeededItems.holds(link.name, in: object)))
        }
    }

    private static func state(_ link: Link, in group: String, _ files: FileSet) -> State {
        let end = files.follow(link.name, from: group)
        switch end.resolution {
        case .object: return .met
        case .circle: return .circle
        case .missing(let place):
            switch link.target {
            case .soft(let target), .external(_, let target): return .nowhere(target)
            default: return .nowhere(place)
            }
        case .external(let name, _):
            guard let number = files.number(ofFile: name, namedBy: end.file), files.files.indices.contains(number)
            else {
                return .notFollowed("'\(name)' is one of more files than are followed")
            }
            switch files.files[number].state {
            case .absent: return .noFile(name)
            case .refused(let why): return .notFollowed("'\(name)' was not opened: \(why)")
            case .failed(let failure): return .notFollowed("'\(name)' cannot be read: \(failure.innermost)")
            case .opened: return .circle
            }
        case .tooManyLinks: return .notFollowed("more links in a row than are followed")
        case .userDefined: return .notFollowed("it lies behind a link of a class of its own")
        case .unreadable(let why): return .notFollowed(why)
        }
    }

    /// Hard and soft links to a group that holds them, each by the path of the link.
    ///
    /// Iterative; each group is entered once.
    static func circles(_ snapshot: Snapshot) -> [String] {
        struct Step {
            let id: ObjectID
            let path: String
            var next = 0
        }
        var stack = [Step(id: snapshot.root, path: "")]
        var open: Set<ObjectID> = [snapshot.root]
        var entered: Set<ObjectID> = [snapshot.root]
        var found: [String] = []
        while let step = stack.last {
            let links = snapshot.objects[step.id.index].links
            guard step.next < links.count else {
                open.remove(step.id)
                stack.removeLast()
                continue
            }
            let link = links[step.next]
            stack[stack.count - 1].next += 1
            guard let target = group(link, in: step.path, snapshot) else { continue }
            let path = step.path + "/" + link.name
            if open.contains(target) {
                found.append(path)
            } else if entered.insert(target).inserted {
                open.insert(target)
                stack.append(Step(id: target, path: path))
            }
        }
        return found
    }

    private static func group(_ link: Link, in path: String, _ snapshot: Snapshot) -> ObjectID? {
        let id: ObjectID
        switch link.target {
        case .hard(let target): id = target
        case .soft(let target):
            guard case .object(let found, _) = snapshot.resolve(target, from: path.isEmpty ? "/" : path) else {
                return nil
            }
            id = found
        default: return nil
        }
        return snapshot.objects[id.index].kind == .group ? id : nil
    }
}

extension TreeView {
    /// The soft and external links of the main file of the view.
    func links(in files: FileSet) -> [LinkSight] { memo.result("links") { LinkSight.all(files) } }
}

/// What an experiment cannot be read without, by the class of the group and the name in it.
///
/// - Source: NXmx; nexus.md 8.1.
enum NeededItems {
    static func holds(_ name: String, in group: Object) -> Bool {
        if name == "depends_on" { return true }
        switch group.attribute("NX_class")?.value.firstString {
        case "NXdata": return name == group.attribute("signal")?.value.firstString || FrameNames.isFrames(name)
        case "NXdetector":
            return ["pixel_mask", "sensor_material", "sensor_thickness", "transformations"].contains(name)
                || FrameNames.isFrames(name) || name.hasPrefix("module")
        case "NXdetector_module", "NXtransformations": return true
        case "NXbeam": return name == "incident_wavelength"
        case "NXsample": return name == "transformations"
        case "NXinstrument": return name == "detector" || name == "beam"
        case "NXentry": return ["data", "instrument", "sample", "definition"].contains(name)
        default: return false
        }
    }
}
