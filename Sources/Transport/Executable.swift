// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc

/// The running program, as the kernel started it; nothing here needs /proc.
public enum Executable {
    /// Its path with symbolic links resolved; nil if that cannot be told.
    public static func path() -> String? {
        if let name = Folder.working.target(of: Name("/proc/self/exe")) { return name.text }
        guard let word = cfiles_executable() else { return nil }
        return Folder.truePath(Name(bytes: Array(String(cString: word).utf8)))?.text
    }

    /// What to start it by once more: the file that runs, even if another one has its name by now; without /proc its path.
    public static var startable: String { hasProcessFolder ? own : path() ?? own }

    /// The system tells of its processes in /proc.
    public static var hasProcessFolder: Bool { access(own, X_OK) == 0 }

    private static let own = "/proc/self/exe"

    /// The words of the command line with the name of the program; bytes that are no text are carried.
    public static var words: [String] {
        (0..<cfiles_argument_count()).compactMap { index in
            guard let word = cfiles_argument(index) else { return nil }
            var bytes: [UInt8] = []
            var at = 0
            while word[at] != 0 {
                bytes.append(UInt8(bitPattern: word[at]))
                at += 1
            }
            return Name(bytes: bytes).text
        }
    }
}
