// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

// AXIS-001 where no model of the axes is made: what the check of a definition met.

extension NXFault.UndefinedAxis {
    var told: Told {
        switch self {
        case .absent(let axis, let holder, let isRooted):
            let name = holder.map { "'\($0)@depends_on'" } ?? "'depends_on'"
            let hint = isRooted ? "; it would be with a '/' before it" : ""
            return Told("axis \(quoted(axis)), named by \(name), is not defined\(hint)")
        case .steps(let paths):
            let more = paths.count == 1 ? "" : " (\(paths.count) paths alike)"
            return Told(
                "\(quoted(paths.names.first ?? "")), named by 'depends_on', leads nowhere; HDF5 does not follow '..'; "
                    + "that path leads to an axis if written \(quoted(paths.subject))\(more)", items: paths.names)
        }
    }
}
