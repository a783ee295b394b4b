// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The header of libxxhash holds the whole algorithm; nothing is linked.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "CDigest.h"

void *imprimatur_digest_xxh3_new(void)
{
    XXH3_state_t *state = XXH3_createState();
    if (state) XXH3_64bits_reset(state);
    return state;
}

void imprimatur_digest_xxh3_update(void *state, const uint8_t *in, size_t size)
{
    XXH3_64bits_update(state, in, size);
}

uint64_t imprimatur_digest_xxh3_value(const void *state) { return XXH3_64bits_digest(state); }

void imprimatur_digest_xxh3_free(void *state) { XXH3_freeState(state); }
