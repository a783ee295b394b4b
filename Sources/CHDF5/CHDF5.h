// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <hdf5/serial/hdf5.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Source.h"

// What Swift cannot import from <hdf5.h>, each with its reason.

// Macros with a cast.
static inline hid_t chdf5_default_list(void) { return H5P_DEFAULT; }
static inline haddr_t chdf5_no_address(void) { return HADDR_UNDEF; }
static inline hid_t chdf5_all(void) { return H5S_ALL; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline size_t chdf5_variable(void) { return H5T_VARIABLE; }
static inline hsize_t chdf5_unlimited(void) { return H5S_UNLIMITED; }
static inline unsigned chdf5_object_basics(void) { return H5O_INFO_BASIC; }
static inline ssize_t chdf5_open_objects(void) { return H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL); }

// Macros that open the library before they name a global.
static inline hid_t chdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_native_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_int8(void) { return H5T_STD_I8LE; }
static inline hid_t chdf5_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_bitfield(void) { return H5T_STD_B8LE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline hid_t chdf5_object_reference(void) { return H5T_STD_REF_OBJ; }
static inline hid_t chdf5_region_reference(void) { return H5T_STD_REF_DSETREG; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_group_create(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_link_create(void) { return H5P_LINK_CREATE; }

// A member of an anonymous union inside a callback's structure.
static inline haddr_t chdf5_link_address(const H5L_info_t *info) { return info->u.address; }
static inline size_t chdf5_link_size(const H5L_info_t *info) { return info->u.val_size; }

// Error printing is a setting of the thread in a thread-safe build; Swift has no thread-local variable.
static inline void chdf5_silence_thread(void) {
    static _Thread_local bool silent = false;
    if (!silent) {
        H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
        silent = true;
    }
}

// The error stack: a walk with a callback, and H5E_DEFAULT is a macro with a cast.
typedef struct {
    char outermost[256];
    char innermost[256];
    // The number of the system, where the file could not be read or written; else 0. The words are only for people, and
    // the innermost ones, of a file driver, hold it.
    int system;
} chdf5_errors;

static inline herr_t chdf5_collect_error(unsigned depth, const H5E_error2_t *error, void *context) {
    chdf5_errors *errors = (chdf5_errors *)context;
    const char *text = error->desc ? error->desc : "";
    if (depth == 0) snprintf(errors->outermost, sizeof errors->outermost, "%s", text);
    const char *number = strstr(text, "errno = ");
    if (number) errors->system = atoi(number + 8);
    if (text[0] != 0) snprintf(errors->innermost, sizeof errors->innermost, "%s", text);
    return 0;
}

static inline void chdf5_take_errors(chdf5_errors *errors) {
    memset(errors, 0, sizeof *errors);
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, chdf5_collect_error, errors);
    H5Eclear2(H5E_DEFAULT);
}

// Variable-length strings as they lie in the file (length, heap address, index): a soft conversion that changes
// nothing, so that libhdf5 neither allocates a stated length nor copies a heap object into it.
static inline herr_t chdf5_keep_bytes(hid_t from, hid_t to, H5T_cdata_t *conversion, size_t count, size_t stride,
                                      size_t background_stride, void *bytes, void *background, hid_t transfer) {
    (void)count, (void)stride, (void)background_stride, (void)bytes, (void)background, (void)transfer;
    if (conversion->command == H5T_CONV_INIT) {
        conversion->need_bkg = H5T_BKG_NO;
        if (H5Tis_variable_str(from) <= 0) return -1;
        (void)to;
    }
    return 0;
}
static inline herr_t chdf5_register_raw_strings(void) {
    hid_t string = H5Tcopy(H5T_C_S1);
    H5Tset_size(string, H5T_VARIABLE);
    hid_t raw = H5Tcreate(H5T_OPAQUE, 16);
    herr_t status = H5Tregister(H5T_PERS_SOFT, "raw strings", string, raw, chdf5_keep_bytes);
    H5Tclose(raw);
    H5Tclose(string);
    return status;
}
