// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "CDigest.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

// MD5 is one chain of steps that wait for one another; what else is to be computed runs in its gaps. The steps are
// those of RFC 1321, section 3.4, the rounds of SHA-256 those of FIPS 180-4, section 6.2.2.

#define KERNEL __attribute__((target("sha,sse4.1,ssse3")))

int imprimatur_digest_has_kernels(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b >> 29 & 1)) return 0;
    return __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
}

static const uint32_t sha_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// MARK: SHA-256 in groups of four rounds

struct sha_state {
    // Words A B E F and C D G H, as the instructions want them.
    __m128i abef, cdgh;
};

KERNEL static inline struct sha_state sha_loaded(const uint32_t *words)
{
    const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)words), 0xB1);
    const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(words + 4)), 0x1B);
    return (struct sha_state){_mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xF0)};
}

KERNEL static inline void sha_stored(struct sha_state state, uint32_t *words)
{
    const __m128i low = _mm_shuffle_epi32(state.abef, 0x1B);
    const __m128i high = _mm_shuffle_epi32(state.cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)words, _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i *)(words + 4), _mm_alignr_epi8(high, low, 8));
}

#define SHA_SWAP _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3)

// Rounds 4 g to 4 g + 3 of one block; w holds the last sixteen words of the schedule.
#define SHA_GROUP(g, s, w, in) \
    do { \
        if ((g) < 4) w[(g)] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(in) + (g)), SHA_SWAP); \
        __m128i sum = _mm_add_epi32(w[(g) & 3], _mm_load_si128((const __m128i *)sha_constants + (g))); \
        s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, sum); \
        if ((g) >= 3 && (g) < 15) { \
            w[((g) + 1) & 3] = _mm_add_epi32(w[((g) + 1) & 3], _mm_alignr_epi8(w[(g) & 3], w[((g) + 3) & 3], 4)); \
            w[((g) + 1) & 3] = _mm_sha256msg2_epu32(w[((g) + 1) & 3], w[(g) & 3]); \
        } \
        s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(sum, 0x0E)); \
        if ((g) >= 1 && (g) < 13) w[((g) + 3) & 3] = _mm_sha256msg1_epu32(w[((g) + 3) & 3], w[(g) & 3]); \
    } while (0)

// MARK: MD5, one step of each kind

static inline uint32_t turned(uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

static inline uint32_t word(const uint8_t *in, int index)
{
    uint32_t value;
    memcpy(&value, in + 4 * index, sizeof value);
    return value;
}

// What does not wait for the step before is added first. Compilers sort sums and exclusive ors anew and put what waits
// inside: HOLD keeps a value from it, by an empty instruction that seems to change it. In the second kind the two
// halves share no bit, so that they are added one after the other.
#define HOLD(value) __asm__("" : "+r"(value))
#define MD5_1(a, b, c, d, x, k, r) \
    do { a += (x) + k; HOLD(a); a += d ^ (b & (c ^ d)); a = turned(a, r) + b; } while (0)
#define MD5_2(a, b, c, d, x, k, r) \
    do { a += (x) + k; a += c & ~d; HOLD(a); a += b & d; a = turned(a, r) + b; } while (0)
#define MD5_3(a, b, c, d, x, k, r) \
    do { uint32_t other = c ^ d; HOLD(other); a += (x) + k; HOLD(a); a += b ^ other; a = turned(a, r) + b; } while (0)
#define MD5_4(a, b, c, d, x, k, r) \
    do { a += (x) + k; HOLD(a); a += c ^ (b | ~d); a = turned(a, r) + b; } while (0)

// Four steps, which bring the words back to their places; i to l are the words of the block.
#define MD5_FOUR(kind, i, j, k, l, ki, kj, kk, kl, r1, r2, r3, r4) \
    do { \
        MD5_##kind(a, b, c, d, X(i), ki, r1); \
        MD5_##kind(d, a, b, c, X(j), kj, r2); \
        MD5_##kind(c, d, a, b, X(k), kk, r3); \
        MD5_##kind(b, c, d, a, X(l), kl, r4); \
    } while (0)

// The sixteen groups of four steps; BETWEEN(g) stands behind each.
#define MD5_BLOCK(BETWEEN) \
    MD5_FOUR(1, 0, 1, 2, 3, K(0xd76aa478), K(0xe8c7b756), K(0x242070db), K(0xc1bdceee), 7, 12, 17, 22); BETWEEN(0); \
    MD5_FOUR(1, 4, 5, 6, 7, K(0xf57c0faf), K(0x4787c62a), K(0xa8304613), K(0xfd469501), 7, 12, 17, 22); BETWEEN(1); \
    MD5_FOUR(1, 8, 9, 10, 11, K(0x698098d8), K(0x8b44f7af), K(0xffff5bb1), K(0x895cd7be), 7, 12, 17, 22); BETWEEN(2); \
    MD5_FOUR(1, 12, 13, 14, 15, K(0x6b901122), K(0xfd987193), K(0xa679438e), K(0x49b40821), 7, 12, 17, 22); \
    BETWEEN(3); \
    MD5_FOUR(2, 1, 6, 11, 0, K(0xf61e2562), K(0xc040b340), K(0x265e5a51), K(0xe9b6c7aa), 5, 9, 14, 20); BETWEEN(4); \
    MD5_FOUR(2, 5, 10, 15, 4, K(0xd62f105d), K(0x02441453), K(0xd8a1e681), K(0xe7d3fbc8), 5, 9, 14, 20); BETWEEN(5); \
    MD5_FOUR(2, 9, 14, 3, 8, K(0x21e1cde6), K(0xc33707d6), K(0xf4d50d87), K(0x455a14ed), 5, 9, 14, 20); BETWEEN(6); \
    MD5_FOUR(2, 13, 2, 7, 12, K(0xa9e3e905), K(0xfcefa3f8), K(0x676f02d9), K(0x8d2a4c8a), 5, 9, 14, 20); BETWEEN(7); \
    MD5_FOUR(3, 5, 8, 11, 14, K(0xfffa3942), K(0x8771f681), K(0x6d9d6122), K(0xfde5380c), 4, 11, 16, 23); BETWEEN(8); \
    MD5_FOUR(3, 1, 4, 7, 10, K(0xa4beea44), K(0x4bdecfa9), K(0xf6bb4b60), K(0xbebfbc70), 4, 11, 16, 23); BETWEEN(9); \
    MD5_FOUR(3, 13, 0, 3, 6, K(0x289b7ec6), K(0xeaa127fa), K(0xd4ef3085), K(0x04881d05), 4, 11, 16, 23); BETWEEN(10); \
    MD5_FOUR(3, 9, 12, 15, 2, K(0xd9d4d039), K(0xe6db99e5), K(0x1fa27cf8), K(0xc4ac5665), 4, 11, 16, 23); BETWEEN(11); \
    MD5_FOUR(4, 0, 7, 14, 5, K(0xf4292244), K(0x432aff97), K(0xab9423a7), K(0xfc93a039), 6, 10, 15, 21); BETWEEN(12); \
    MD5_FOUR(4, 12, 3, 10, 1, K(0x655b59c3), K(0x8f0ccc92), K(0xffeff47d), K(0x85845dd1), 6, 10, 15, 21); BETWEEN(13); \
    MD5_FOUR(4, 8, 15, 6, 13, K(0x6fa87e4f), K(0xfe2ce6e0), K(0xa3014314), K(0x4e0811a1), 6, 10, 15, 21); BETWEEN(14); \
    MD5_FOUR(4, 4, 11, 2, 9, K(0xf7537e82), K(0xbd3af235), K(0x2ad7d2bb), K(0xeb86d391), 6, 10, 15, 21); BETWEEN(15)

#define X(i) word(in, i)
#define K(k) k##u

KERNEL void imprimatur_digest_pair(uint32_t *md5, uint32_t *sha256, const uint8_t *in, size_t blocks)
{
    uint32_t a = md5[0], b = md5[1], c = md5[2], d = md5[3];
    struct sha_state state = sha_loaded(sha256);
    for (; blocks > 0; blocks--, in += 64) {
        const uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
        const struct sha_state before = state;
        __m128i schedule[4];
#define BETWEEN(g) SHA_GROUP(g, state, schedule, in); __asm__("" : "+r"(a), "+x"(state.abef), "+x"(state.cdgh))
        MD5_BLOCK(BETWEEN);
#undef BETWEEN
        a += a0;
        b += b0;
        c += c0;
        d += d0;
        state.abef = _mm_add_epi32(state.abef, before.abef);
        state.cdgh = _mm_add_epi32(state.cdgh, before.cdgh);
    }
    md5[0] = a;
    md5[1] = b;
    md5[2] = c;
    md5[3] = d;
    sha_stored(state, sha256);
}

// The gaps hold a second chain of SHA-256 at no cost of its own.
KERNEL void imprimatur_digest_triple(
    uint32_t *md5, uint32_t *sha256, uint32_t *other, const uint8_t *in, const uint8_t *in_other, size_t blocks)
{
    uint32_t a = md5[0], b = md5[1], c = md5[2], d = md5[3];
    struct sha_state s = sha_loaded(sha256), t = sha_loaded(other);
    for (; blocks > 0; blocks--, in += 64, in_other += 64) {
        const uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
        const struct sha_state s0 = s, t0 = t;
        __m128i w[4], v[4];
#define BETWEEN(g) \
    SHA_GROUP(g, s, w, in); \
    SHA_GROUP(g, t, v, in_other); \
    __asm__("" : "+r"(a), "+x"(s.abef), "+x"(s.cdgh), "+x"(t.abef), "+x"(t.cdgh))
        MD5_BLOCK(BETWEEN);
#undef BETWEEN
        a += a0;
        b += b0;
        c += c0;
        d += d0;
        s.abef = _mm_add_epi32(s.abef, s0.abef);
        s.cdgh = _mm_add_epi32(s.cdgh, s0.cdgh);
        t.abef = _mm_add_epi32(t.abef, t0.abef);
        t.cdgh = _mm_add_epi32(t.cdgh, t0.cdgh);
    }
    md5[0] = a;
    md5[1] = b;
    md5[2] = c;
    md5[3] = d;
    sha_stored(s, sha256);
    sha_stored(t, other);
}

#undef X
#undef K
#undef MD5_1
#undef MD5_2
#undef MD5_3
#undef MD5_4
#undef HOLD

// MARK: Four files

// Two files side by side: the rounds of one run while those of the other wait.
KERNEL static void sha_two(uint32_t *one, uint32_t *other, const uint8_t *in, const uint8_t *in_other, size_t blocks)
{
    struct sha_state s = sha_loaded(one), t = sha_loaded(other);
    for (; blocks > 0; blocks--, in += 64, in_other += 64) {
        const struct sha_state s0 = s, t0 = t;
        __m128i w[4], v[4];
#define BOTH(g) SHA_GROUP(g, s, w, in); SHA_GROUP(g, t, v, in_other)
        BOTH(0); BOTH(1); BOTH(2); BOTH(3); BOTH(4); BOTH(5); BOTH(6); BOTH(7);
        BOTH(8); BOTH(9); BOTH(10); BOTH(11); BOTH(12); BOTH(13); BOTH(14); BOTH(15);
#undef BOTH
        s.abef = _mm_add_epi32(s.abef, s0.abef);
        s.cdgh = _mm_add_epi32(s.cdgh, s0.cdgh);
        t.abef = _mm_add_epi32(t.abef, t0.abef);
        t.cdgh = _mm_add_epi32(t.cdgh, t0.cdgh);
    }
    sha_stored(s, one);
    sha_stored(t, other);
}

#define X(i) x[i]
#define K(k) _mm_set1_epi32((int)k##u)
#define ADD(a, b) _mm_add_epi32(a, b)
#define LAST(a, b, r) a = ADD(TURN(a, r), b)

// BETWEEN(g) stands behind each group of four steps, BEFORE and AFTER around the steps of a block.
#define MD5_BODY(BEFORE, BETWEEN, AFTER) \
    __m128i a = _mm_setr_epi32((int)md5[0][0], (int)md5[1][0], (int)md5[2][0], (int)md5[3][0]); \
    __m128i b = _mm_setr_epi32((int)md5[0][1], (int)md5[1][1], (int)md5[2][1], (int)md5[3][1]); \
    __m128i c = _mm_setr_epi32((int)md5[0][2], (int)md5[1][2], (int)md5[2][2], (int)md5[3][2]); \
    __m128i d = _mm_setr_epi32((int)md5[0][3], (int)md5[1][3], (int)md5[2][3], (int)md5[3][3]); \
    for (size_t at = 0; at < 64 * blocks; at += 64) { \
        __m128i x[16]; \
        for (int q = 0; q < 4; q++) { \
            const __m128i r0 = _mm_loadu_si128((const __m128i *)(in[0] + at) + q); \
            const __m128i r1 = _mm_loadu_si128((const __m128i *)(in[1] + at) + q); \
            const __m128i r2 = _mm_loadu_si128((const __m128i *)(in[2] + at) + q); \
            const __m128i r3 = _mm_loadu_si128((const __m128i *)(in[3] + at) + q); \
            const __m128i l01 = _mm_unpacklo_epi32(r0, r1), h01 = _mm_unpackhi_epi32(r0, r1); \
            const __m128i l23 = _mm_unpacklo_epi32(r2, r3), h23 = _mm_unpackhi_epi32(r2, r3); \
            x[4 * q] = _mm_unpacklo_epi64(l01, l23); \
            x[4 * q + 1] = _mm_unpackhi_epi64(l01, l23); \
            x[4 * q + 2] = _mm_unpacklo_epi64(h01, h23); \
            x[4 * q + 3] = _mm_unpackhi_epi64(h01, h23); \
        } \
        const __m128i a0 = a, b0 = b, c0 = c, d0 = d; \
        BEFORE; \
        MD5_BLOCK(BETWEEN); \
        a = ADD(a, a0); \
        b = ADD(b, b0); \
        c = ADD(c, c0); \
        d = ADD(d, d0); \
        AFTER; \
    } \
    uint32_t words[4][4]; \
    _mm_storeu_si128((__m128i *)words[0], a); \
    _mm_storeu_si128((__m128i *)words[1], b); \
    _mm_storeu_si128((__m128i *)words[2], c); \
    _mm_storeu_si128((__m128i *)words[3], d); \
    for (int lane = 0; lane < 4; lane++) \
        for (int i = 0; i < 4; i++) md5[lane][i] = words[i][lane];

#define NOTHING(g) (void)0

// Every x86-64.
#define HOLD(value) __asm__("" : "+x"(value))
#define TURN(a, r) _mm_or_si128(_mm_slli_epi32(a, r), _mm_srli_epi32(a, 32 - r))
#define MD5_1(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); a = ADD(a, _mm_xor_si128(d, _mm_and_si128(b, _mm_xor_si128(c, d)))); LAST(a, b, r)
#define MD5_2(a, b, c, d, x, k, r) \
    a = ADD(ADD(a, ADD(x, k)), _mm_andnot_si128(d, c)); HOLD(a); a = ADD(a, _mm_and_si128(b, d)); LAST(a, b, r)
#define MD5_3(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); a = ADD(a, _mm_xor_si128(b, _mm_xor_si128(c, d))); LAST(a, b, r)
#define MD5_4(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); \
    a = ADD(a, _mm_xor_si128(c, _mm_or_si128(b, _mm_xor_si128(d, _mm_set1_epi32(-1))))); LAST(a, b, r)

KERNEL static void md5_four(uint32_t *const md5[4], const uint8_t *const in[4], size_t blocks)
{
    MD5_BODY((void)0, NOTHING, (void)0)
}

// With rotation and any function of three words as one instruction each.
#undef HOLD
#undef TURN
#undef MD5_1
#undef MD5_2
#undef MD5_3
#undef MD5_4
#define HOLD(value) __asm__("" : "+v"(value))
#define TURN(a, r) _mm_rol_epi32(a, r)
#define MD5_1(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); a = ADD(a, _mm_ternarylogic_epi32(b, c, d, 0xCA)); LAST(a, b, r)
#define MD5_2(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); a = ADD(a, _mm_ternarylogic_epi32(b, c, d, 0xE4)); LAST(a, b, r)
#define MD5_3(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); a = ADD(a, _mm_ternarylogic_epi32(b, c, d, 0x96)); LAST(a, b, r)
#define MD5_4(a, b, c, d, x, k, r) \
    a = ADD(a, ADD(x, k)); HOLD(a); a = ADD(a, _mm_ternarylogic_epi32(b, c, d, 0x39)); LAST(a, b, r)

__attribute__((target("avx512f,avx512vl"))) static void md5_four_ternary(
    uint32_t *const md5[4], const uint8_t *const in[4], size_t blocks)
{
    MD5_BODY((void)0, NOTHING, (void)0)
}

// The steps of MD5 wait for one another here too: SHA-256 of the first two files runs in their gaps.
__attribute__((target("avx512f,avx512vl,sha,sse4.1,ssse3"))) static void md5_four_sha_two(
    uint32_t *const md5[4], uint32_t *const sha256[2], const uint8_t *const in[4], size_t blocks)
{
    struct sha_state s = sha_loaded(sha256[0]), t = sha_loaded(sha256[1]);
#define BEFORE const struct sha_state s0 = s, t0 = t; __m128i w[4], v[4]
#define BETWEEN(g) \
    SHA_GROUP(g, s, w, in[0] + at); \
    SHA_GROUP(g, t, v, in[1] + at); \
    __asm__("" : "+x"(a), "+x"(s.abef), "+x"(s.cdgh), "+x"(t.abef), "+x"(t.cdgh))
#define AFTER \
    s.abef = _mm_add_epi32(s.abef, s0.abef); \
    s.cdgh = _mm_add_epi32(s.cdgh, s0.cdgh); \
    t.abef = _mm_add_epi32(t.abef, t0.abef); \
    t.cdgh = _mm_add_epi32(t.cdgh, t0.cdgh)
    MD5_BODY(BEFORE, BETWEEN, AFTER)
#undef BEFORE
#undef BETWEEN
#undef AFTER
    sha_stored(s, sha256[0]);
    sha_stored(t, sha256[1]);
}

void imprimatur_digest_lanes(
    uint32_t *const md5[4], uint32_t *const sha256[4], const uint8_t *const in[4], size_t blocks)
{
    // In pieces that stay in the nearest cache between the two digests.
    const int is_ternary = __builtin_cpu_supports("avx512vl");
    if (is_ternary && sha256[0] && !sha256[2]) {
        md5_four_sha_two(md5, sha256, in, blocks);
        return;
    }
    const uint8_t *at[4] = {in[0], in[1], in[2], in[3]};
    while (blocks > 0) {
        const size_t some = blocks < 64 ? blocks : 64;
        if (is_ternary) md5_four_ternary(md5, at, some); else md5_four(md5, at, some);
        if (sha256[0]) sha_two(sha256[0], sha256[1], at[0], at[1], some);
        if (sha256[2]) sha_two(sha256[2], sha256[3], at[2], at[3], some);
        for (int lane = 0; lane < 4; lane++) at[lane] += 64 * some;
        blocks -= some;
    }
}

#else

int imprimatur_digest_has_kernels(void) { return 0; }

void imprimatur_digest_pair(uint32_t *md5, uint32_t *sha256, const uint8_t *in, size_t blocks)
{
    (void)md5, (void)sha256, (void)in, (void)blocks;
}

void imprimatur_digest_triple(
    uint32_t *md5, uint32_t *sha256, uint32_t *other, const uint8_t *in, const uint8_t *in_other, size_t blocks)
{
    (void)md5, (void)sha256, (void)other, (void)in, (void)in_other, (void)blocks;
}

void imprimatur_digest_lanes(
    uint32_t *const md5[4], uint32_t *const sha256[4], const uint8_t *const in[4], size_t blocks)
{
    (void)md5, (void)sha256, (void)in, (void)blocks;
}

#endif
