// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// Files that stay open while a verb passes over them again and again, so that each is opened once.
///
/// What is held is a file and not a name: a name is looked at as before each opening, and where another file has taken its
/// place, that file is opened. Bytes are not kept, and no more files than a process may well have open; those beyond are
/// opened in every pass.
public final class HeldInputs: Sendable {
    private struct Held {
        let most: Int
        var owners = 1
        var files: [Identity.Key: Int32] = [:]
    }

    private static let held = Mutex<Held?>(nil)

    /// Files that are held at most, by the limit of this process: a quarter of what is not needed for other things.
    public static var most: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return min(256, max(0, (Int(clamping: limit.rlim_cur) - 64) / 4))
    }

    /// Files that are opened to read from now on stay open as long as this value lives.
    public init(most: Int = HeldInputs.most) {
        Self.held.withLock { held in
            if held == nil { held = Held(most: most) } else { held?.owners += 1 }
        }
    }

    deinit {
        Self.held.withLock { held in
            held?.owners -= 1
            guard let done = held, done.owners == 0 else { return }
            for descriptor in done.files.values { close(descriptor) }
            held = nil
        }
    }

    /// A verb passes over its files again.
    public static var isActive: Bool { held.withLock { $0 != nil } }

    /// Another descriptor of a file that is held; nil for one that is not.
    static func descriptor(of key: Identity.Key) -> Descriptor? {
        held.withLock { held in
            guard let own = held?.files[key] else { return nil }
            let given = fcntl(own, F_DUPFD_CLOEXEC, 3)
            return given < 0 ? nil : Descriptor(owning: given)
        }
    }

    /// Keeps a file open that was just opened.
    static func keep(_ descriptor: Int32, _ key: Identity.Key) {
        held.withLock { held in
            guard let known = held, known.files.count < known.most, known.files[key] == nil else { return }
            let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
            if own >= 0 { held?.files[key] = own }
        }
    }
}
