// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCurl.h"
#include "address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

// What is not public: IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC 6890.
struct block4 {
    uint32_t first;
    int bits;
};

static const struct block4 closed4[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16}, {0xAC100000, 12},
    {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24},
    {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
};

static bool is_public4(uint32_t address) {
    for (size_t i = 0; i < sizeof closed4 / sizeof closed4[0]; i++)
        if ((address ^ closed4[i].first) >> (32 - closed4[i].bits) == 0) return false;
    return true;
}

static uint32_t number(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_public6(const uint8_t *a) {
    static const uint8_t translated[12] = {0x00, 0x64, 0xFF, 0x9B};
    // An address of IPv4 behind a translator is as public as that address.
    if (memcmp(a, translated, sizeof translated) == 0) return is_public4(number(a + 12));
    // Only 2000::/3 is given out; within it some blocks are not for the Internet, and some hold addresses of IPv4.
    if (a[0] >> 5 != 1) return false;
    if (a[0] == 0x20 && a[1] == 0x02) return is_public4(number(a + 2));
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02) return false;
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8) return false;
    return !(a[0] == 0x3F && a[1] == 0xFF && a[2] >> 4 == 0);
}

bool ccurl_address_is_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET)
        return is_public4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return is_public6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return false;
}

void ccurl_address_text(const struct sockaddr *address, char *text, size_t room) {
    const void *bytes = NULL;
    if (address->sa_family == AF_INET) bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
    if (address->sa_family == AF_INET6) bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    if (bytes == NULL || inet_ntop(address->sa_family, bytes, text, (socklen_t)room) == NULL)
        snprintf(text, room, "of family %d", address->sa_family);
}

bool ccurl_is_public(const char *text) {
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, text, &four) == 1) return is_public4(ntohl(four.s_addr));
    return inet_pton(AF_INET6, text, &six) == 1 && is_public6(six.s6_addr);
}

bool ccurl_resolves(const char *host) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    if (getaddrinfo(host, NULL, &hints, &found) != 0) return false;
    freeaddrinfo(found);
    return true;
}
