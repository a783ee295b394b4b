// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Counting of integers of 8 to 32 bits, block by block while a block is near. Included by pixels.c alone.

#include "types.h"

#include <string.h>

/// Eight words of 64 bits, which any compiler makes vectors of.
typedef uint64_t words __attribute__((vector_size(64), aligned(8), may_alias));

/// The running state of `cpixels_digest`: sums, and the key of the next 64 bytes.
struct digest {
    words lane, key;
};

/// The two halves of a product of 128 bits, folded.
INLINE uint64_t folded(uint64_t a, uint64_t b) {
    const unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// Numbers without a pattern: the fractional parts of the square roots of the first primes.
static const words digest_key = {0x6A09E667F3BCC909, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
                                 0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179};
/// Odd in both halves: what the key grows by, so that no two places of an image weigh alike.
enum { digest_step = 0x9E3779B1, digest_stretch = 4096 };

INLINE struct digest digest_start(size_t count) {
    struct digest digest = {digest_key, digest_key};
    digest.lane[0] ^= count;
    return digest;
}

/// Takes bytes in; all calls but the last bring a multiple of `digest_stretch`, the last one a multiple of 64.
///
/// Of each word the halves are multiplied under a key, as in XXH3; the word itself goes to the lane beside it, so that a half
/// that the key makes 0 loses nothing.
INLINE void digest_add(struct digest *digest, const uint8_t *bytes, size_t count) {
    words lane = digest->lane, key = digest->key;
    const words step = digest_key << 33 | ((words){} + (1ull << 32 | digest_step));
    for (size_t done = 0; count - done >= 64;) {
        const size_t end = count - done < digest_stretch ? done + (count - done) / 64 * 64 : done + digest_stretch;
        for (; done < end; done += 64) {
            words word;
            memcpy(&word, bytes + done, 64);
            const words mixed = word ^ key;
            lane += (mixed & 0xFFFFFFFF) * (mixed >> 32);
            lane += __builtin_shufflevector(word, word, 1, 0, 3, 2, 5, 4, 7, 6);
            key += step;
        }
        lane = ((lane ^ lane >> 47) ^ digest_key) * (uint64_t)digest_step;
    }
    digest->lane = lane;
    digest->key = key;
}

/// - `rest`: The last bytes, fewer than 64.
INLINE uint64_t digest_end(struct digest *digest, const uint8_t *rest, size_t count) {
    uint8_t last[64] = {0};
    memcpy(last, rest, count);
    digest_add(digest, last, 64);
    uint64_t result = 0;
    for (int i = 0; i < 8; i += 2)
        result += folded(digest->lane[i] ^ digest_key[i + 1], digest->lane[i + 1] ^ digest_key[i]);
    result ^= result >> 37;
    result *= 0x165667919E3779F9;
    return result ^ result >> 32;
}

/// Pixels of a block: few enough for counters of 16 bits, and for the first cache.
enum { block_pixels = 4096, groups_at_most = 4096 };

// The limits `low` and `high` are those of counts, `high` below the flag values of the type and no less than `low`;
// pixels above `high` are flags or overloaded. Elements are widened to LANE, of 32 bits as the counters are: with lanes of one
// width the compiler makes vectors of all of it.
#define COUNT_INTEGERS(NAME, TYPE, LANE, IS_SIGNED, HAS_FLAGS, GREATEST)                                               \
    INLINE uint32_t negatives_##NAME(const uint8_t *at, size_t length, const uint8_t *shade) {                         \
        uint32_t negative = 0;                                                                                         \
        for (size_t i = 0; i < length; i++) {                                                                          \
            TYPE element;                                                                                              \
            memcpy(&element, at + i * sizeof(TYPE), sizeof(TYPE));                                                     \
            negative += (uint32_t)((LANE)element < 0) & (shade ? shade[i] == 0 : 1);                                   \
        }                                                                                                              \
        return negative;                                                                                               \
    }                                                                                                                  \
    INLINE void tops_##NAME(const uint8_t *at, size_t length, const uint8_t *shade, int has_mask, LANE greatest,       \
                            LANE near, struct cpixels_counts *out) {                                                   \
        uint32_t top = 0, below_top = 0;                                                                               \
        for (size_t i = 0; i < length; i++) {                                                                          \
            TYPE element;                                                                                              \
            memcpy(&element, at + i * sizeof(TYPE), sizeof(TYPE));                                                     \
            const LANE value = (LANE)element;                                                                          \
            const uint32_t open = has_mask ? shade[i] == 0 : 1;                                                        \
            top += (uint32_t)(value == greatest) & open;                                                               \
            below_top += (uint32_t)(value < greatest) & (uint32_t)(value >= near) & open;                              \
        }                                                                                                              \
        out->at_top += top;                                                                                            \
        out->near_top += below_top;                                                                                    \
    }                                                                                                                  \
    INLINE LANE near_##NAME(LANE greatest, LANE low) {                                                                 \
        const int64_t ten = (int64_t)greatest - 10;                                                                    \
        return ten < (int64_t)low ? low : (LANE)ten;                                                                   \
    }                                                                                                                  \
    INLINE void body_##NAME(const uint8_t *bytes, size_t count, const uint8_t *mask, int has_mask, LANE low,           \
                            LANE high, struct digest *digest, struct cpixels_counts *out) {                            \
        const LANE flag = (LANE)(GREATEST), second = (LANE)((GREATEST)-1);                                             \
        const size_t blocks = (count + block_pixels - 1) / block_pixels;                                               \
        const size_t step = ((blocks + groups_at_most - 1) / groups_at_most + !blocks) * block_pixels;                 \
        LANE group_top[groups_at_most];                                                                                \
        const LANE least = IS_SIGNED ? (LANE)(-(int64_t)(GREATEST)-1) : 0, most = (LANE)(GREATEST);                    \
        LANE lowest = most, greatest = least, lowest_of_all = most, greatest_above = least;                            \
        int64_t sum = 0;                                                                                               \
        uint64_t over_all = 0;                                                                                         \
        LANE near = near_##NAME(greatest, low);                                                                        \
        size_t settled = 0;                                                                                            \
        for (size_t start = 0, group = 0; start < count; start += step, group++) {                                     \
            LANE top_of_group = least;                                                                                 \
            const size_t end = count - start < step ? count : start + step;                                            \
            for (size_t from = start; from < end; from += block_pixels) {                                              \
                const size_t length = end - from < block_pixels ? end - from : block_pixels;                           \
                const uint8_t *at = bytes + from * sizeof(TYPE), *shade = has_mask ? mask + from : 0;                  \
                if (digest) digest_add(digest, at, length * sizeof(TYPE));                                             \
                uint32_t masked = 0, zero = 0, lower = 0;                                                              \
                int32_t upper = 0;                                                                                     \
                LANE lowest_here = most, greatest_here = least;                                                        \
                for (size_t i = 0; i < length; i++) {                                                                  \
                    TYPE element;                                                                                      \
                    memcpy(&element, at + i * sizeof(TYPE), sizeof(TYPE));                                             \
                    const LANE value = (LANE)element;                                                                  \
                    const uint32_t open = has_mask ? shade[i] == 0 : 1;                                                \
                    const LANE for_lowest = open ? value : most, for_greatest = open ? value : least;                  \
                    const LANE counted = open ? value : 0;                                                             \
                    masked += !open;                                                                                   \
                    zero += (uint32_t)(value == 0) & open;                                                             \
                    lowest_here = for_lowest < lowest_here ? for_lowest : lowest_here;                                 \
                    greatest_here = for_greatest > greatest_here ? for_greatest : greatest_here;                       \
                    lower += (uint32_t)counted & 0xFFFF;                                                               \
                    if (sizeof(TYPE) == 4 || (IS_SIGNED))                                                              \
                        upper += (int32_t)(IS_SIGNED ? (int32_t)counted >> 16 : (int32_t)((uint32_t)counted >> 16));   \
                }                                                                                                      \
                out->masked += masked;                                                                                 \
                out->zero += zero;                                                                                     \
                if (masked == length) continue;                                                                        \
                if (lowest_here < lowest_of_all) lowest_of_all = lowest_here;                                          \
                /* Mostly all of a block are counts. */                                                                \
                if (lowest_here >= low && greatest_here <= high) {                                                     \
                    sum += (int64_t)upper * 65536 + lower;                                                             \
                    if (IS_SIGNED && lowest_here < 0) out->negative += negatives_##NAME(at, length, shade);            \
                    if (lowest_here < lowest) lowest = lowest_here;                                                    \
                    goto counted;                                                                                      \
                }                                                                                                      \
                uint32_t over = 0, at_flag = 0, at_second = 0, below = 0, negative = 0;                                \
                LANE above_here = least;                                                                               \
                lowest_here = most, greatest_here = least, lower = 0, upper = 0;                                       \
                for (size_t i = 0; i < length; i++) {                                                                  \
                    TYPE element;                                                                                      \
                    memcpy(&element, at + i * sizeof(TYPE), sizeof(TYPE));                                             \
                    const LANE value = (LANE)element;                                                                  \
                    const uint32_t open = has_mask ? shade[i] == 0 : 1;                                                \
                    over += (uint32_t)(value > high) & open;                                                           \
                    below += (uint32_t)(value < low) & open;                                                           \
                    if (IS_SIGNED) negative += (uint32_t)(value < 0) & open;                                           \
                    if (HAS_FLAGS) at_flag += (uint32_t)(value == flag) & open;                                        \
                    if (HAS_FLAGS && !(IS_SIGNED)) at_second += (uint32_t)(value == second) & open;                    \
                    const LANE for_lowest = open && value >= low ? value : most;                                       \
                    const LANE for_greatest = open && value <= high ? value : least;                                   \
                    lowest_here = for_lowest < lowest_here ? for_lowest : lowest_here;                                 \
                    greatest_here = for_greatest > greatest_here ? for_greatest : greatest_here;                       \
                }                                                                                                      \
                out->below += below;                                                                                   \
                out->negative += negative;                                                                             \
                out->at_greatest += at_flag;                                                                           \
                out->at_second += at_second;                                                                           \
                over_all += over;                                                                                      \
                if (lowest_here < lowest) lowest = lowest_here;                                                        \
                for (size_t i = 0; i < length; i++) {                                                                  \
                    TYPE element;                                                                                      \
                    memcpy(&element, at + i * sizeof(TYPE), sizeof(TYPE));                                             \
                    const LANE value = (LANE)element;                                                                  \
                    const int open = has_mask ? shade[i] == 0 : 1;                                                     \
                    const LANE counted = open && value >= low && value <= high ? value : 0;                            \
                    lower += (uint32_t)counted & 0xFFFF;                                                               \
                    if (sizeof(TYPE) == 4 || (IS_SIGNED))                                                              \
                        upper += (int32_t)(IS_SIGNED ? (int32_t)counted >> 16 : (int32_t)((uint32_t)counted >> 16));   \
                }                                                                                                      \
                sum += (int64_t)upper * 65536 + lower;                                                                 \
                if ((uint64_t)over == (uint64_t)at_flag + at_second) goto counted;                                     \
                for (size_t i = 0; i < length; i++) {                                                                  \
                    TYPE element;                                                                                      \
                    memcpy(&element, at + i * sizeof(TYPE), sizeof(TYPE));                                             \
                    const LANE value = (LANE)element;                                                                  \
                    const int is_flag = HAS_FLAGS && (value == flag || (!(IS_SIGNED) && value == second));             \
                    if (value > high && !is_flag && !(has_mask && shade[i]) && value > above_here) above_here = value; \
                }                                                                                                      \
                if (above_here > greatest_above) greatest_above = above_here;                                          \
            counted:                                                                                                   \
                if (greatest_here > top_of_group) top_of_group = greatest_here;                                        \
                /* A new top: what was counted near the old one is counted again at the end. */                        \
                if (greatest_here > greatest) {                                                                        \
                    greatest = greatest_here;                                                                          \
                    near = near_##NAME(greatest, low);                                                                 \
                    settled = from;                                                                                    \
                    out->at_top = out->near_top = 0;                                                                   \
                }                                                                                                      \
                if (greatest_here >= near) tops_##NAME(at, length, shade, has_mask, greatest, near, out);              \
            }                                                                                                          \
            group_top[group] = top_of_group;                                                                           \
        }                                                                                                              \
        out->above = over_all - out->at_greatest - out->at_second;                                                     \
        out->valid = count - out->masked - over_all - out->below;                                                      \
        if (low > 0) out->zero = 0;                                                                                    \
        if (IS_SIGNED && high < 0) out->zero = 0;                                                                      \
        out->sum = (double)sum;                                                                                        \
        if (out->masked < count) out->lowest_of_all = (double)lowest_of_all;                                           \
        if (out->above) out->greatest_above = (double)greatest_above;                                                  \
        if (!out->valid) return;                                                                                       \
        out->lowest = (double)lowest;                                                                                  \
        out->greatest = (double)greatest;                                                                              \
        for (size_t start = 0, group = 0; start < settled; start += step, group++) {                                   \
            if (group_top[group] < near) continue;                                                                     \
            const size_t end = settled - start < step ? settled : start + step;                                        \
            for (size_t from = start; from < end; from += block_pixels)                                                \
                tops_##NAME(bytes + from * sizeof(TYPE), block_pixels, has_mask ? mask + from : 0, has_mask, greatest, \
                            near, out);                                                                                \
        }                                                                                                              \
    }
