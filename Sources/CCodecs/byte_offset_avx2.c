// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "byte_offset.h"
#include "processor.h"

#if IMPRIMATUR_HAS_AVX2

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

// Running sums of 16 differences; 16 times 127 fits 16 bits.
INLINE AVX2 __m256i sums(__m256i step)
{
    step = _mm256_add_epi16(step, _mm256_slli_si256(step, 2));
    step = _mm256_add_epi16(step, _mm256_slli_si256(step, 4));
    step = _mm256_add_epi16(step, _mm256_slli_si256(step, 8));
    // The sum of the lower eight goes to each of the upper eight.
    const __m256i last = _mm256_set1_epi16(0x0F0E);
    const __m256i low = _mm256_permute2x128_si256(step, step, 0x08);
    return _mm256_add_epi16(step, _mm256_shuffle_epi8(low, last));
}

// The last of 16 sums in all places.
INLINE AVX2 __m256i last_of(__m256i sums)
{
    const __m256i high = _mm256_permute4x64_epi64(sums, 0xFF);
    return _mm256_shuffle_epi8(high, _mm256_set1_epi16(0x0706));
}

// Thirty-two elements from as many running sums; `base` is the element before in all places, afterwards the last one.
INLINE AVX2 void stored(__m256i low, __m256i high, uint8_t *to, __m256i *base, int width)
{
    if (width == 2) {
        _mm256_storeu_si256((__m256i *)to, _mm256_add_epi16(low, *base));
        high = _mm256_add_epi16(high, *base);
        _mm256_storeu_si256((__m256i *)(to + 32), high);
        *base = last_of(high);
        return;
    }
    const __m256i parts[4] = {
        _mm256_cvtepi16_epi32(_mm256_castsi256_si128(low)), _mm256_cvtepi16_epi32(_mm256_extracti128_si256(low, 1)),
        _mm256_cvtepi16_epi32(_mm256_castsi256_si128(high)), _mm256_cvtepi16_epi32(_mm256_extracti128_si256(high, 1))};
    __m256i sum = *base;
    for (int i = 0; i < 4; i++) {
        sum = _mm256_add_epi32(parts[i], *base);
        _mm256_storeu_si256((__m256i *)(to + 32 * i), sum);
    }
    *base = _mm256_permutevar8x32_epi32(sum, _mm256_set1_epi32(7));
}

INLINE int64_t element(const uint8_t *from, int width, int is_signed)
{
    uint16_t half;
    uint32_t whole;
    if (width == 2) {
        memcpy(&half, from, 2);
        return half;
    }
    memcpy(&whole, from, 4);
    return is_signed ? (int64_t)(int32_t)whole : (int64_t)whole;
}

INLINE void put(uint8_t *to, int64_t value, int width)
{
    const uint16_t half = (uint16_t)value;
    const uint32_t whole = (uint32_t)value;
    memcpy(to, width == 2 ? (const void *)&half : &whole, (size_t)width);
}

INLINE AVX2 void decoded(
    struct byte_offset_place *place, const uint8_t *end, uint8_t *out, size_t count, int width, int is_signed)
{
    const uint8_t *next = place->next;
    size_t done = place->done;
    const __m256i escape = _mm256_set1_epi8((char)0x80);
    const int64_t before = place->value;
    __m256i base = width == 2 ? _mm256_set1_epi16((short)before) : _mm256_set1_epi32((int)before);
    while (count - done >= 32 && end - next >= 32) {
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)next);
        const uint32_t escapes = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, escape));
        // An escape at once needs no sums: where counts are high, several follow each other.
        if ((escapes & 1) == 0) {
            const __m256i low = sums(_mm256_cvtepi8_epi16(_mm256_castsi256_si128(bytes)));
            __m256i high = sums(_mm256_cvtepi8_epi16(_mm256_extracti128_si256(bytes, 1)));
            high = _mm256_add_epi16(high, last_of(low));
            stored(low, high, out + done * (size_t)width, &base, width);
            const size_t plain = escapes ? (size_t)__builtin_ctz(escapes) : 32;
            done += plain;
            next += plain;
            if (escapes == 0) continue;
        }
        const int64_t value = done > 0 ? element(out + (done - 1) * (size_t)width, width, is_signed) : before;
        int64_t step, sum;
        const uint8_t *behind = next;
        if (!byte_offset_step(&behind, end, &step) || !byte_offset_sum(value, step, width, is_signed, &sum)) break;
        put(out + done * (size_t)width, sum, width);
        base = width == 2 ? _mm256_set1_epi16((short)sum) : _mm256_set1_epi32((int)sum);
        next = behind;
        done++;
    }
    place->next = next;
    place->done = done;
    place->value = done > 0 ? element(out + (done - 1) * (size_t)width, width, is_signed) : before;
}

AVX2 void byte_offset_avx2(
    struct byte_offset_place *place, const uint8_t *end, uint8_t *out, size_t count, int width, int is_signed)
{
    if (width == 2)
        decoded(place, end, out, count, 2, 0);
    else if (is_signed)
        decoded(place, end, out, count, 4, 1);
    else
        decoded(place, end, out, count, 4, 0);
}

#endif
