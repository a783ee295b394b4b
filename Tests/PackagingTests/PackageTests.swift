// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Digest
import Foundation
import Packaging
import RuleEngine
import TestSupport
import Testing
import Transport

/// Oracles: sha256sum, md5sum, unzip, Python's zipfile and bsdtar of this machine; and laws.
@Suite struct PackageTests {
    @Test("two builds, same bytes") func sameBytes() throws {
        let yard = try PackageYard()
        try yard.build("one")
        try yard.build("two")
        let result = try yard.shell("diff -r one/deposit two/deposit && cmp one/plan.json two/plan.json")
        #expect(result.code == 0, "\(result.output)")
    }

    @Test("volumes below 4 GiB carry no ZIP64, end record in the last 100 bytes") func endRecord() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        let volumes = package.plan.files.filter(\.isVolume)
        #expect(volumes.count == 6)
        for file in volumes {
            let bytes = try yard.bytes("one/deposit/" + file.name.text)
            #expect(!file.isZIP64)
            #expect(bytes.suffix(100).count >= 22)
            #expect(Array(bytes.suffix(22).prefix(4)) == [0x50, 0x4B, 5, 6])
        }
    }

    @Test("unzip -t, zipfile and libarchive agree") func othersAgree() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        for file in package.plan.files where file.isVolume {
            let path = "'one/deposit/\(file.name.text)'"
            if PackageYard.has("unzip") {
                let result = try yard.shell("unzip -tq \(path)")
                #expect(result.code == 0, "\(result.output)")
            }
            if PackageYard.has("bsdtar") {
                let result = try yard.shell(
                    "rm -rf out && mkdir out && bsdtar -xf \(path) -C out && cd data && find ../out -type f -printf '%P\\0' | while IFS= read -r -d '' f; do cmp \"$f\" \"../out/$f\" || exit 1; done"
                )
                #expect(result.code == 0, "\(result.output)")
            }
            if PackageYard.has("python3") {
                let script =
                    "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
                    + "assert all(i.compress_type==0 and i.date_time==(1980,1,1,0,0,0) and i.extra==b'' for i in z.infolist()); "
                    + "assert all(z.read(i)==open('data/'+i.filename,'rb').read() for i in z.infolist()); print(len(z.infolist()))"
                let result = try yard.shell("python3 -c \"\(script)\" \(path)")
                #expect(result.code == 0, "\(result.output)")
                #expect(result.output == "\(file.members.count)\n")
            }
        }
    }

    @Test("offsets in the manifest point at the bytes") func offsets() throws {
        let yard = try PackageYard()
        let package = try yard.build("one", wantsMemberMD5: true)
        #expect(package.table.rows.count == PackageYard.names.count)
        for row in package.table.rows {
            let place = try #require(row.place)
            let volume = try yard.bytes("one/deposit/" + place.volume.text)
            let data = try yard.bytes("data/" + row.path.text)
            #expect(Array(volume[place.offset..<(place.offset + row.size)]) == data)
            #expect(row.md5 != nil)
        }
        #expect(try VolumeVerification(package).faults.isEmpty)
    }

    @Test("sha256sum -c on names with newline and backslash") func sums() throws {
        let yard = try PackageYard()
        try yard.build("one")
        let deposit = try yard.shell("cd one/deposit && sha256sum -c --strict SHA256SUMS && md5sum -c --strict MD5SUMS")
        #expect(deposit.code == 0, "\(deposit.output)")
        let members = try yard.shell("cd data && sha256sum -c --strict ../one/deposit/members.sha256")
        #expect(members.code == 0, "\(members.output)")
        #expect(members.output.split(separator: "\n").count == PackageYard.names.count)
    }

    @Test("virtual and written volumes have the same digests") func virtual() throws {
        let yard = try PackageYard()
        let written = try yard.build("one")
        let virtual = try yard.build("two", isVirtual: true)
        #expect(written.files.map(\.name) == virtual.files.map(\.name))
        #expect(written.files.map(\.sha256) == virtual.files.map(\.sha256))
        #expect(written.files.map(\.md5) == virtual.files.map(\.md5))
        for (file, same) in zip(virtual.files, written.files) where file.isVirtual {
            let stream = try file.open()
            let plain = try yard.bytes("one/deposit/" + same.name.text)
            #expect(try stream.bytes(at: 0, count: stream.size) == plain)
            // Ranges of any place are the same bytes.
            for start in stride(from: 0, to: plain.count, by: 977) {
                let piece = try stream.bytes(at: start, count: 100)
                #expect(piece == Array(plain[start..<min(plain.count, start + 100)]))
            }
        }
    }

    @Test("a source that changed after the build is noticed") func changed() throws {
        let yard = try PackageYard()
        let package = try yard.build("one", isVirtual: true)
        let handle = try FileHandle(forWritingTo: yard.folder.appendingPathComponent("data/b/x_01.cbf"))
        try handle.write(contentsOf: Data("other".utf8))
        try handle.close()
        let file = try #require(package.files.first { $0.isVirtual && $0.name.text.contains("scan") })
        let all = package.files.filter(\.isVirtual)
        let failures = all.filter { file in
            guard let source = try? file.open() else { return true }
            return (try? source.bytes(at: 0, count: source.size)) == nil
        }
        #expect(failures.count == 1, "\(file.name)")
    }

    @Test("a package that could not be ended leaves nothing") func atomic() throws {
        let yard = try PackageYard()
        var request = PackageBuild.Request(try yard.plan().files, date: "2026-11-30", program: "imprimatur 0")
        request.isVirtual = false
        #expect(throws: Failure.self) {
            try PackageBuild(request)(into: Name(yard.path("one"))) { (_) throws(Failure) in
                throw Failure(usage: "given up")
            }
        }
        let left = try yard.shell("ls -A")
        #expect(left.output.split(separator: "\n").sorted() == ["data", "shell.out"])
        try yard.build("one")
        #expect(throws: Failure.self) { try yard.build("one") }
    }

    @Test("a signature is that of openssl, and is not left to a list that changed") func signature() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        let made = try yard.shell(
            "for n in a b; do openssl genpkey -algorithm ed25519 -out $n.pem && openssl pkey -in $n.pem -pubout -out $n.pub; done"
        )
        try #require(made.code == 0, "\(made.output)")
        func key(_ name: String) throws -> SignatureKey { try SignatureKey(pem: try yard.bytes(name), path: name) }
        #expect(try package.signature(of: try key("a.pub")) == .absent)
        #expect(throws: Failure.self) { try PackageSigner(yard.path("a.pub")) }
        let signer = try PackageSigner(yard.path("a.pem"))
        let signed = try signer(package)
        #expect(signed.isSigned && signed.files.count == package.files.count + 1)
        #expect(try signed.signature(of: try key("a.pub")) == .good)
        #expect(try signed.signature(of: try key("b.pub")) == .wrong)
        let other = try yard.shell(
            "openssl pkeyutl -verify -pubin -inkey a.pub -rawin -in one/deposit/SHA256SUMS -sigfile one/deposit/manifest.sig"
        )
        #expect(other.code == 0, "\(other.output)")
        #expect(!PackageVerification(Name(yard.path("one")), profile: Profile(name: "default"))().isFailing)
        let before = try yard.bytes("one/deposit/README.md")
        let documents = [PackageDocument("README.md", "# Other\n")]
        #expect(throws: Failure.self) { try signed.replace(documents) }
        #expect(try yard.bytes("one/deposit/README.md") == before)
        // The same documents leave the list, and its signature, as they are.
        _ = try signed.replace([PackageDocument("README.md", before)])
        let again = try signed.replace(documents, signer: signer)
        #expect(try again.signature(of: try key("a.pub")) == .good)
        try Data("x".utf8).write(to: URL(fileURLWithPath: yard.path("one/deposit/SHA256SUMS")), options: [])
        #expect((try? again.signature(of: try key("a.pub"))) == .wrong)
    }

    @Test("external links survive: names of HDF5 sets stay, folders are kept in a volume") func links() throws {
        func file(_ path: String) -> DataFile {
            DataFile(path: Name(path), source: Name("/x/" + path), size: 10, seconds: 0, nanoseconds: 0)
        }
        let flat = VolumePlan(["x_master.h5", "x_data_000001.h5", "x_data_000002.h5"].map(file)).files
        #expect(flat.map(\.name.text) == ["x_data_000001.h5", "x_data_000002.h5", "x_master.h5"])
        #expect(flat.allSatisfy { !$0.isVolume })
        let deep = VolumePlan(["x_master.h5", "data/x_000001.h5"].map(file)).files
        #expect(deep.count == 1 && deep[0].isVolume)
        #expect(deep[0].members.map(\.path.text).sorted() == ["data/x_000001.h5", "x_master.h5"])
    }

    @Test("documents are replaced with their lists") func replacing() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        let again = try package.replace([PackageDocument("README.md", "# Other\n"), PackageDocument("new.txt", "x\n")])
        #expect(again.files.count == package.files.count + 1)
        let sums = try yard.shell("cd one/deposit && sha256sum -c --strict SHA256SUMS && md5sum -c --strict MD5SUMS")
        #expect(sums.code == 0, "\(sums.output)")
    }

    @Test("a 5 GB sparse member works") func large() throws {
        // The bytes of the member are zeros that nobody holds: the layout is what differs.
        let size = 5_000_000_000
        let layout = ZIPLayout([.init(Name("a"), size: size), .init(Name("b"), size: 3)])
        #expect(layout.isZIP64)
        let archive = try MemberArchive(
            Source(ranges: Zeros(layout), name: Name("large.zip")), .zip, wanted: ["a", "b"])
        let listing = archive.listing()
        #expect(listing.members.map(\.size) == [size, 3])
        #expect(listing.faults.isEmpty)
        #expect(layout.size - layout.directoryOffset > 98)
        guard case .open(let member) = archive.member("b", isWhole: false) else {
            Issue.record("the member behind 4 GiB is found")
            return
        }
        #expect(member.size == 3)
    }

    /// An archive of zeros.
    private struct Zeros: RangeReader {
        let layout: ZIPLayout
        let size: Int

        init(_ layout: ZIPLayout) {
            self.layout = layout
            size = layout.size
        }

        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
            let count = min(buffer.count, max(0, size - offset))
            let heads = layout.members.indices.map { (layout.offsets[$0], layout.header(of: $0, sum: 0)) }
            let all = heads + [(layout.directoryOffset, layout.directory(sums: [0, 0]))]
            for place in 0..<count {
                let at = offset + place
                let piece = all.first { $0.0 <= at && at < $0.0 + $0.1.count }
                buffer[place] = piece.map { $0.1[at - $0.0] } ?? 0
            }
            return count
        }
    }
}
