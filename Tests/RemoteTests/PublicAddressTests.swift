// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CCurl
import Testing

/// Oracle: the special-purpose address registries of IANA (RFC 6890), by one address inside each block and one outside.
@Suite struct PublicAddressTests {
    @Test(
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.19.255.255",
            "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:8.8.8.8",
            "::ffff:127.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "2001::1",
            "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1",
            "3fff::1", "localhost", "",
        ])
    func `addresses that are not of the Internet are refused`(_ text: String) {
        #expect(!ccurl_is_public(text))
    }

    @Test(
        arguments: [
            "8.8.8.8", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1", "169.253.0.1",
            "172.15.255.255", "172.32.0.1", "188.184.98.114", "192.0.1.1", "192.167.0.1", "198.17.0.1", "198.20.0.1",
            "223.255.255.255", "2001:4860:4860::8888", "2600::1", "2002:808:808::1", "64:ff9b::808:808", "2a00::1",
        ])
    func `addresses of the Internet are asked`(_ text: String) {
        #expect(ccurl_is_public(text))
    }
}
