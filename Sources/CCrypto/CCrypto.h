// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// The block functions of libcrypto, not its EVP layer: EVP loads providers and configuration on first use, which
// costs more than reading a small file (docs/decisions/0102-digests-without-evp.md). OpenSSL 3 marks them deprecated in
// favour of EVP; they stay in every release of version 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/md5.h>
#include <openssl/sha.h>
// Signatures have no other layer; they are asked for by name alone, where the cost of EVP is no matter.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
