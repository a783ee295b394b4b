// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension Folder {
    /// Whether a file belongs to the person who runs the program, or to root, and nobody else may write to it.
    ///
    /// - Returns: false also for a file that cannot be looked at.
    /// - SeeAlso: stat(2).
    public static func isOwn(_ name: Name) -> Bool {
        var facts = stat()
        guard name.withCString({ stat($0, &facts) }) == 0 else { return false }
        return (facts.st_uid == geteuid() || facts.st_uid == 0) && facts.st_mode & S_IWOTH == 0
    }
}
