// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport
import Workers

@testable import Actions

/// The talk between a check and a page that holds its files. Oracle: bytes by their places.
@Suite struct PageDialogueTests {
    private static let size = 400_000
    private static let name = "a.nxs"

    private static func bytes(_ range: Range<Int>) -> [UInt8] {
        range.map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    }

    /// A page that brings what `bring` makes of each range, until nothing more is wanted.
    private static func page(
        _ dialogue: PageDialogue, _ bring: @escaping @Sendable (PageDialogue.Wanted) -> PageDialogue.Brought?
    ) -> Thread {
        let thread = Thread {
            var brought = PageDialogue.Brought.nothing
            while true {
                switch dialogue.come(with: brought, waiting: 0.2, named: { _ in Name(Self.name) }) {
                case .done: return
                case .wait: brought = .nothing
                case .read(let wanted):
                    guard let given = bring(wanted) else { return }
                    brought = given
                }
            }
        }
        thread.start()
        return thread
    }

    private static func source(_ dialogue: PageDialogue) throws -> Source {
        try #require(HeldFiles([(Self.name, Self.size)], by: dialogue).sources[Self.name])
    }

    @Test("a read brings the bytes of its place, and what was brought is not asked for again")
    func reads() throws {
        let dialogue = PageDialogue(PageDialogue.Limits())
        let page = Self.page(dialogue) { .bytes(Self.bytes($0.range), number: $0.number) }
        defer { dialogue.finish() }
        let source = try Self.source(dialogue)
        #expect(source.size == Self.size && source.isFar)
        for place in [0, 12, 16_380, 399_990, 250_000] {
            let wanted = place..<min(place + 20, Self.size)
            #expect(try source.bytes(at: place, count: 20) == Self.bytes(wanted))
        }
        let moved = dialogue.bytesMoved
        #expect(moved < 100_000)
        #expect(try source.bytes(at: 5, count: 10) == Self.bytes(5..<15))
        #expect(dialogue.bytesMoved == moved)
        #expect(try source.bytes(at: 0, count: Self.size) == Self.bytes(0..<Self.size))
        #expect(dialogue.bytesMoved <= Self.size)
        _ = page
    }

    @Test("bytes of another number, or of a range that nobody asked for, are no answer")
    func wrongBytes() throws {
        let dialogue = PageDialogue(PageDialogue.Limits())
        let page = Self.page(dialogue) { .bytes(Self.bytes($0.range) + [0], number: $0.number) }
        #expect { _ = try Self.source(dialogue).bytes(at: 0, count: 8) } throws: { ($0 as? Failure)?.code == .changed }
        dialogue.finish()
        _ = page
        let stray = PageDialogue(PageDialogue.Limits())
        #expect(
            stray.come(with: .bytes([1, 2, 3], number: 9), waiting: 0, named: { _ in Name(Self.name) }) == .wait)
        #expect(stray.bytesMoved == 0)
    }

    @Test("a page that vanishes ends the reading, and so do the limits of bytes and of time")
    func ends() throws {
        var limits = PageDialogue.Limits()
        limits.silence = 0.3
        let silent = PageDialogue(limits)
        #expect { _ = try Self.source(silent).bytes(at: 0, count: 8) } throws: {
            ($0 as? Failure)?.code == .ended("page")
        }
        #expect(silent.come(with: .nothing, waiting: 0, named: { _ in Name(Self.name) }) == .done)
        limits = PageDialogue.Limits()
        limits.bytes = 20_000
        let small = PageDialogue(limits)
        let page = Self.page(small) { .bytes(Self.bytes($0.range), number: $0.number) }
        let source = try Self.source(small)
        #expect(try source.bytes(at: 0, count: 8).count == 8)
        #expect { _ = try source.bytes(at: 100_000, count: 8) } throws: { ($0 as? Failure)?.code == .limit("bytes") }
        small.finish()
        limits = PageDialogue.Limits()
        limits.seconds = 0.2
        let slow = PageDialogue(limits)
        let waiting = Self.page(slow) { _ in
            usleep(600_000)
            return .nothing
        }
        #expect { _ = try Self.source(slow).bytes(at: 0, count: 8) } throws: {
            ($0 as? Failure)?.code == .limit("time")
        }
        slow.finish()
        _ = (page, waiting)
    }

    @Test("a file that the browser cannot read any more is told")
    func gone() throws {
        let dialogue = PageDialogue(PageDialogue.Limits())
        let page = Self.page(dialogue) { .gone(number: $0.number) }
        #expect { _ = try Self.source(dialogue).bytes(at: 0, count: 8) } throws: { ($0 as? Failure)?.code == .changed }
        dialogue.finish()
        _ = page
    }

    @Test("a library gets a small file whole, and no descriptor of one that is large")
    func whole() throws {
        let bytes = Self.bytes(0..<100_000)
        let small = PageKeeper(HeldFiles(bytes, name: Self.name))
        #expect(small.answer(Question(body: Asked.web(.whole(0)).bytes, descriptors: [])) == nil)
        _ = small.answer(Question(body: Asked.input([Self.name]).bytes, descriptors: []))
        let given = try #require(small.answer(Question(body: Asked.web(.whole(0)).bytes, descriptors: [])))
        let descriptor = Descriptor(owning: try #require(given.descriptors.first))
        var read = [UInt8](repeating: 0, count: bytes.count + 1)
        #expect(pread(descriptor.number, &read, read.count, 0) == bytes.count)
        #expect(read.dropLast() == bytes[...])
        let dialogue = PageDialogue(PageDialogue.Limits())
        let large = PageKeeper(HeldFiles([(Self.name, 1 << 40)], by: dialogue))
        _ = large.answer(Question(body: Asked.input([Self.name]).bytes, descriptors: []))
        let refused = try #require(large.answer(Question(body: Asked.web(.whole(0)).bytes, descriptors: [])))
        #expect(refused.descriptors.isEmpty && dialogue.bytesMoved == 0)
    }
}
