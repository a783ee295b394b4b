// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes with up to eight things changed.
public enum DamagedBytes {
    /// Numbers that programs stumble over come as often as all others.
    private static let telling: [UInt8] = [0, 1, 2, 7, 8, 0x0F, 0x1F, 0x20, 0x7F, 0x80, 0x81, 0xFE, 0xFF]

    /// The bytes with one to eight of these changes.
    public static func damaged(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &numbers) {
            guard !bytes.isEmpty else { break }
            // The front, where sizes stand, is hit as often as the rest.
            let reach = Bool.random(using: &numbers) ? min(64, bytes.count) : bytes.count
            let place = Int.random(in: 0..<reach, using: &numbers)
            let isTelling = Bool.random(using: &numbers)
            let any = UInt8.random(in: 0...255, using: &numbers)
            let byte = isTelling ? telling.randomElement(using: &numbers) ?? any : any
            switch Int.random(in: 0..<8, using: &numbers) {
            case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
            case 2, 3: bytes[place] = byte
            case 4: bytes.insert(byte, at: place)
            case 5: bytes.remove(at: place)
            case 6:
                let end = min(bytes.count, place + Int.random(in: 1...16, using: &numbers))
                bytes.insert(
                    contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0..<bytes.count, using: &numbers))
            default:
                if Int.random(in: 0..<4, using: &numbers) == 0 { bytes.removeSubrange(place...) }
            }
        }
        return bytes
    }
}
