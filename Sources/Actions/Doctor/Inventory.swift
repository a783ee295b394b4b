// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Digest
import HDF5
import ImageCodecs
import Listening
import Remote
import Transport
import Workers
import XML

/// What this build and this machine have, and what goes without.
public enum Inventory {
    /// Libraries with their versions, in the order they are printed; what lacks when one is not there.
    public static var libraries: [(name: String, words: String)] {
        [
            ("libcrypto", "\(Digest.libraryVersion), linked"),
            (
                "libhdf5",
                "\(HDF5.libraryVersion), linked; in a worker, for values behind forms of its filters that are not undone here"
            ),
            ("libdeflate", "\(ImageCodecs.deflateVersion), linked"), ("liblz4", "\(ImageCodecs.lz4Version), linked"),
            ("libzstd", "\(ImageCodecs.zstdVersion), linked"),
            ("zlib", "\(Archive.zlibVersion), linked"),
            (
                "libxml2",
                XML.libraryVersion.map { "\(version($0)), loaded when a folder of NXDL is read" }
                    ?? "not on this machine: --definitions DIR and 'definitions import' are refused"
            ),
            (
                "libarchive",
                Archive.libraryVersion.map { "\(version(String($0))), loaded when a bzip2 or xz file is read" }
                    ?? "not on this machine: files inside bzip2 and xz are not read, and end with 3"
            ),
            (
                "libcurl",
                Remote.libraryVersion.map { "\($0), loaded when --online asks a server" }
                    ?? "not on this machine: --online asks nobody, and ends with 3"
            ),
            (
                "libmicrohttpd",
                HTTPListener.libraryVersion.map { "\($0), loaded by serve --http" }
                    ?? "not on this machine: serve --http is refused"
            ),
            ("units", "tables of ours, no library"),
        ]
    }

    /// The encodings of pixels that are read here, by HDF5 filter and by name in CBF.
    public static var filters: String {
        let numbers = [
            FilterNumber.deflate, FilterNumber.shuffle, FilterNumber.fletcher32, FilterNumber.lzf, FilterNumber.lz4,
            FilterNumber.bitshuffle, FilterNumber.zstd,
        ]
        let known = Codec.all.flatMap(\.names).filter { $0.hasPrefix("X-CBF_") }.map { $0.dropFirst(6).lowercased() }
        return "HDF5 " + numbers.map(FilterNames.name).joined(separator: ", ") + "; CBF "
            + known.joined(separator: ", ")
            + "; plug-ins of the machine are never loaded"
    }

    /// What the system offers.
    public static var system: [(name: String, words: String)] {
        [
            (
                "links",
                Folder.isResolvedByKernel
                    ? "kept inside the folder by openat2" : "kept inside the folder by their true paths: no openat2"
            ),
            (
                "/proc",
                Executable.hasProcessFolder ? "there" : "not there; workers are started by the path of this program"
            ),
        ]
    }

    /// Bounds on one file; beyond them it is said that something was not read.
    public static var limits: [(name: String, words: String)] {
        let worker = WorkerLimits()
        let hdf5 = HDF5.Limits()
        let wrapper = Wrapper.Limits()
        return [
            (
                "limit of time",
                "\(worker.processorSeconds) s of a processor, \(worker.seconds) s on the clock for one file"
            ),
            ("limit of memory", bytes(worker.memoryBytes)),
            (
                "limits of HDF5",
                "\(hdf5.objects) objects, \(hdf5.depth) groups one below the other, \(hdf5.files) linked files, "
                    + "\(hdf5.linksInARow) links in a row, \(bytes(hdf5.smallValueBytes)) of a value and "
                    + "\(bytes(hdf5.wholeValueBytes)) of one that is needed whole, \(bytes(hdf5.attributeBytes)) of an attribute"
            ),
            (
                "limits of compression",
                "\(bytes(wrapper.size)), and \(wrapper.ratio) : 1 after \(bytes(wrapper.free))"
            ),
            ("limit of digests", bytes(FileCheck.digestLimit)),
        ]
    }

    /// "64 KiB".
    private static func bytes(_ count: Int) -> String {
        for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where count >= 1 << shift {
            return "\(count >> shift) \(unit)"
        }
        return "\(count) bytes"
    }

    /// "2.9.14" of "20914", "3.6.2" of "3006002".
    private static func version(_ number: String) -> String {
        guard let number = Int(number.prefix { $0.isNumber }) else { return number }
        let step = number < 1_000_000 ? 100 : 1000
        return "\(number / step / step).\(number / step % step).\(number % step)"
    }
}
