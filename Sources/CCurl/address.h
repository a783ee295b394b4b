// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

// True for an address in the public part of the Internet.
bool ccurl_address_is_public(const struct sockaddr *address);

// The address as text.
void ccurl_address_text(const struct sockaddr *address, char *text, size_t room);
