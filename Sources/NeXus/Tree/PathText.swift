// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The path of the group above.
package func parentPath(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
}

/// The last name of a path.
package func lastName(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
    let name = path[path.utf8.index(after: slash)...]
    return name.isEmpty ? "/" : String(name)
}

/// The path of a member of a group.
func joinedPath(_ group: String, _ name: String) -> String {
    group.utf8.last == 0x2F ? group + name : group + "/" + name
}
