// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "bitshuffle.h"
#include "processor.h"

#if IMPRIMATUR_HAS_AVX2

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

INLINE AVX2 __m256i loaded(const uint8_t *from) { return _mm256_loadu_si256((const __m256i *)from); }
INLINE AVX2 void put(uint8_t *to, __m256i value) { _mm256_storeu_si256((__m256i *)to, value); }

// Four matrices of 8 x 8 bits, each turned about its diagonal.
INLINE AVX2 __m256i turned(__m256i x)
{
    __m256i t = _mm256_and_si256(
        _mm256_xor_si256(x, _mm256_srli_epi64(x, 7)), _mm256_set1_epi64x(0x00AA00AA00AA00AAll));
    x = _mm256_xor_si256(x, _mm256_xor_si256(t, _mm256_slli_epi64(t, 7)));
    t = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 14)), _mm256_set1_epi64x(0x0000CCCC0000CCCCll));
    x = _mm256_xor_si256(x, _mm256_xor_si256(t, _mm256_slli_epi64(t, 14)));
    t = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 28)), _mm256_set1_epi64x(0x00000000F0F0F0F0ll));
    return _mm256_xor_si256(x, _mm256_xor_si256(t, _mm256_slli_epi64(t, 28)));
}

// One byte of 256 elements from its eight rows of bits. Vector j holds elements 16 j to 16 j + 15 in its lower half and
// 128 + 16 j to 128 + 16 j + 15 in its upper.
INLINE AVX2 void plane_of_rows(const uint8_t *in, size_t row, __m256i plane[8])
{
    __m256i r[8], a[8], b[8];
    __m256i any = _mm256_setzero_si256();
    for (int i = 0; i < 8; i++) {
        r[i] = loaded(in + (size_t)i * row);
        any = _mm256_or_si256(any, r[i]);
    }
    // Counts are small: their upper bytes are zero nearly everywhere.
    if (_mm256_testz_si256(any, any)) {
        for (int i = 0; i < 8; i++) plane[i] = any;
        return;
    }
    for (int i = 0; i < 4; i++) {
        a[i] = _mm256_unpacklo_epi8(r[2 * i], r[2 * i + 1]);
        a[i + 4] = _mm256_unpackhi_epi8(r[2 * i], r[2 * i + 1]);
    }
    for (int half = 0; half < 2; half++) {
        const __m256i *from = a + 4 * half;
        b[4 * half] = _mm256_unpacklo_epi16(from[0], from[1]);
        b[4 * half + 1] = _mm256_unpackhi_epi16(from[0], from[1]);
        b[4 * half + 2] = _mm256_unpacklo_epi16(from[2], from[3]);
        b[4 * half + 3] = _mm256_unpackhi_epi16(from[2], from[3]);
    }
    for (int half = 0; half < 2; half++) {
        const __m256i *from = b + 4 * half;
        plane[4 * half] = turned(_mm256_unpacklo_epi32(from[0], from[2]));
        plane[4 * half + 1] = turned(_mm256_unpackhi_epi32(from[0], from[2]));
        plane[4 * half + 2] = turned(_mm256_unpacklo_epi32(from[1], from[3]));
        plane[4 * half + 3] = turned(_mm256_unpackhi_epi32(from[1], from[3]));
    }
}

// The way back.
INLINE AVX2 void rows_of_plane(const __m256i plane[8], uint8_t *out, size_t row)
{
    __m256i a[8], b[8];
    __m256i any = _mm256_setzero_si256();
    for (int i = 0; i < 8; i++) any = _mm256_or_si256(any, plane[i]);
    if (_mm256_testz_si256(any, any)) {
        for (size_t i = 0; i < 8; i++) put(out + i * row, any);
        return;
    }
    // Two words of eight rows side by side: byte i of either next to each other.
    const __m256i pairs = _mm256_setr_epi8(
        0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
    for (int i = 0; i < 8; i++) a[i] = _mm256_shuffle_epi8(turned(plane[i]), pairs);
    for (int i = 0; i < 4; i++) {
        b[i] = _mm256_unpacklo_epi16(a[2 * i], a[2 * i + 1]);
        b[i + 4] = _mm256_unpackhi_epi16(a[2 * i], a[2 * i + 1]);
    }
    for (int half = 0; half < 2; half++) {
        const __m256i *from = b + 4 * half;
        a[4 * half] = _mm256_unpacklo_epi32(from[0], from[1]);
        a[4 * half + 1] = _mm256_unpackhi_epi32(from[0], from[1]);
        a[4 * half + 2] = _mm256_unpacklo_epi32(from[2], from[3]);
        a[4 * half + 3] = _mm256_unpackhi_epi32(from[2], from[3]);
    }
    for (int half = 0; half < 2; half++) {
        const __m256i *from = a + 4 * half;
        uint8_t *to = out + (size_t)(4 * half) * row;
        put(to, _mm256_unpacklo_epi64(from[0], from[2]));
        put(to + row, _mm256_unpackhi_epi64(from[0], from[2]));
        put(to + 2 * row, _mm256_unpacklo_epi64(from[1], from[3]));
        put(to + 3 * row, _mm256_unpackhi_epi64(from[1], from[3]));
    }
}

// Lower halves of two vectors go to one place, upper halves to another.
INLINE AVX2 void put_halves(uint8_t *low, uint8_t *high, __m256i first, __m256i second)
{
    put(low, _mm256_permute2x128_si256(first, second, 0x20));
    put(high, _mm256_permute2x128_si256(first, second, 0x31));
}

// 256 elements of their planes, one a byte of the element.
INLINE AVX2 void elements_of_planes(__m256i planes[][8], uint8_t *out, size_t width)
{
    uint8_t *upper = out + 128 * width;
    for (size_t j = 0; j < 8; j++) {
        uint8_t *low = out + 16 * j * width, *high = upper + 16 * j * width;
        if (width == 1) {
            if (j % 2 == 0) put_halves(low, high, planes[0][j], planes[0][j + 1]);
            continue;
        }
        __m256i pairs[4][2];
        for (size_t p = 0; p < width / 2; p++) {
            pairs[p][0] = _mm256_unpacklo_epi8(planes[2 * p][j], planes[2 * p + 1][j]);
            pairs[p][1] = _mm256_unpackhi_epi8(planes[2 * p][j], planes[2 * p + 1][j]);
        }
        if (width == 2) {
            put_halves(low, high, pairs[0][0], pairs[0][1]);
            continue;
        }
        for (size_t half = 0; half < 2; half++) {
            __m256i fours[2][2];
            for (size_t p = 0; p < width / 4; p++) {
                fours[p][0] = _mm256_unpacklo_epi16(pairs[2 * p][half], pairs[2 * p + 1][half]);
                fours[p][1] = _mm256_unpackhi_epi16(pairs[2 * p][half], pairs[2 * p + 1][half]);
            }
            if (width == 4) {
                put_halves(low + 32 * half, high + 32 * half, fours[0][0], fours[0][1]);
                continue;
            }
            for (size_t quarter = 0; quarter < 2; quarter++) {
                const size_t at = 64 * half + 32 * quarter;
                put_halves(
                    low + at, high + at, _mm256_unpacklo_epi32(fours[0][quarter], fours[1][quarter]),
                    _mm256_unpackhi_epi32(fours[0][quarter], fours[1][quarter]));
            }
        }
    }
}

// Sixteen bytes of either half of 256 elements.
INLINE AVX2 __m256i halves(const uint8_t *low, const uint8_t *high)
{
    return _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low)), _mm_loadu_si128((const __m128i *)high), 1);
}

INLINE AVX2 void planes_of_elements(const uint8_t *in, __m256i planes[][8], size_t width)
{
    const uint8_t *upper = in + 128 * width;
    const __m256i twos = _mm256_setr_epi8(
        0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
    const __m256i fours = _mm256_setr_epi8(
        0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    for (size_t j = 0; j < 8; j++) {
        const uint8_t *low = in + 16 * j * width, *high = upper + 16 * j * width;
        __m256i x[4], y[4];
        if (width == 1) {
            planes[0][j] = halves(low, high);
            continue;
        }
        for (size_t i = 0; i < width; i++)
            x[i] = _mm256_shuffle_epi8(halves(low + 16 * i, high + 16 * i), width == 2 ? twos : fours);
        if (width == 2) {
            planes[0][j] = _mm256_unpacklo_epi64(x[0], x[1]);
            planes[1][j] = _mm256_unpackhi_epi64(x[0], x[1]);
            continue;
        }
        for (size_t i = 0; i < 2; i++) {
            y[2 * i] = _mm256_unpacklo_epi32(x[2 * i], x[2 * i + 1]);
            y[2 * i + 1] = _mm256_unpackhi_epi32(x[2 * i], x[2 * i + 1]);
        }
        planes[0][j] = _mm256_unpacklo_epi64(y[0], y[2]);
        planes[1][j] = _mm256_unpackhi_epi64(y[0], y[2]);
        planes[2][j] = _mm256_unpacklo_epi64(y[1], y[3]);
        planes[3][j] = _mm256_unpackhi_epi64(y[1], y[3]);
    }
}

INLINE AVX2 void unshuffled(const uint8_t *in, uint8_t *out, size_t count, size_t whole, size_t width)
{
    __m256i planes[8][8];
    for (size_t e = 0; e < whole; e += 256) {
        for (size_t byte = 0; byte < width; byte++) plane_of_rows(in + byte * count + e / 8, count / 8, planes[byte]);
        elements_of_planes(planes, out + e * width, width);
    }
}

INLINE AVX2 void shuffled(const uint8_t *in, uint8_t *out, size_t count, size_t whole, size_t width)
{
    __m256i planes[4][8];
    for (size_t e = 0; e < whole; e += 256) {
        planes_of_elements(in + e * width, planes, width);
        for (size_t byte = 0; byte < width; byte++) rows_of_plane(planes[byte], out + byte * count + e / 8, count / 8);
    }
}

// Whole bytes instead of bits: the planes lie there as they are.
INLINE AVX2 void joined(const uint8_t *in, uint8_t *out, size_t count, size_t whole, size_t width)
{
    __m256i planes[8][8];
    for (size_t e = 0; e < whole; e += 256) {
        for (size_t byte = 0; byte < width; byte++) {
            const uint8_t *from = in + byte * count + e;
            for (size_t j = 0; j < 8; j++) planes[byte][j] = halves(from + 16 * j, from + 128 + 16 * j);
        }
        elements_of_planes(planes, out + e * width, width);
    }
}

AVX2 size_t unshuffle_avx2(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    const size_t whole = count / 256 * 256;
    switch (width) {
    case 2: joined(in, out, count, whole, 2); return whole;
    case 4: joined(in, out, count, whole, 4); return whole;
    case 8: joined(in, out, count, whole, 8); return whole;
    default: return 0;
    }
}

AVX2 size_t bitunshuffle_avx2(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    const size_t whole = count / 256 * 256;
    switch (width) {
    case 1: unshuffled(in, out, count, whole, 1); return whole;
    case 2: unshuffled(in, out, count, whole, 2); return whole;
    case 4: unshuffled(in, out, count, whole, 4); return whole;
    case 8: unshuffled(in, out, count, whole, 8); return whole;
    default: return 0;
    }
}

AVX2 size_t bitshuffle_avx2(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    const size_t whole = count / 256 * 256;
    switch (width) {
    case 1: shuffled(in, out, count, whole, 1); return whole;
    case 2: shuffled(in, out, count, whole, 2); return whole;
    case 4: shuffled(in, out, count, whole, 4); return whole;
    default: return 0;
    }
}

#endif
