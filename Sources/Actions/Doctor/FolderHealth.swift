// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What the storage of a folder lets HDF5 do: locks, and writing while others read.
public enum FolderHealth {
    /// A term and words each.
    ///
    /// - Throws: When the folder cannot be looked at.
    public static func lines(_ folder: Name) throws(Failure) -> [(name: String, words: String)] {
        let place = try StoragePlace(folder)
        let isFar = Folder.isOnNetwork(folder)
        let (whole, ranges) = StoragePlace.locking(in: folder)
        var lines: [(name: String, words: String)] = [
            ("folder", folder.shown),
            (
                "file system",
                (place.type.isEmpty ? "unknown" : place.type)
                    + (place.mount.isEmpty ? "" : ", mounted at \(place.mount)")
                    + (isFar ? ", on another machine" : "") + (place.options.contains("ro") ? ", read only" : "")
            ),
            ("room", "\(place.free / 1_000_000) MB free; likes to be read by \(place.block) bytes"),
            ("locks of files", words(on: whole) + "; HDF5 takes these"),
            ("locks of ranges", words(on: ranges)),
        ]
        let swmr: String =
            switch place.type {
            case _ where place.options.contains("ro"):
                "no writer here: the file system is read only"
            case "nfs", "nfs4":
                "not here: HDF5 needs a file system where writes are seen in their order (POSIX), which NFS does not promise"
            case "cifs", "smb3", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "fuse.s3fs":
                "not here: HDF5 needs a file system where writes are seen in their order (POSIX), which \(place.type) does not "
                    + "promise"
            case "gpfs", "lustre", "beegfs":
                "can work: \(place.type) keeps the order of writes; all readers have to mount it as such"
            case _ where isFar: "not known of \(place.type); HDF5 needs writes that are seen in their order (POSIX)"
            case "": "not known: the file system cannot be told"
            default: "can work between processes of this machine"
            }
        lines.append(("SWMR", swmr))
        switch whole {
        case .refused, .isNoLock:
            lines.append(
                (
                    "note",
                    "HDF5 cannot lock here: it refuses to open, or with HDF5_USE_FILE_LOCKING=BEST_EFFORT nobody keeps two "
                        + "writers apart"
                ))
        case .works, .untried: break
        }
        lines.append(
            (
                "watch",
                isFar
                    ? "the system tells nothing of what other machines write: 'watch' looks every few seconds"
                    : "the system tells of changes"
            ))
        return lines
    }

    private static func words(on locking: StoragePlace.Locking) -> String {
        switch locking {
        case .works: "work"
        case .refused(let words): "are refused (\(words))"
        case .isNoLock: "are given to two at once, and keep nobody out"
        case .untried(let words): "were not tried: no file can be made here (\(words))"
        }
    }
}
