/* Only what Swift cannot see for itself: SQLITE_TRANSIENT is a cast of -1 to a function pointer. */
#pragma once
#include <sqlite3.h>

/* Binds a copy of the bytes; no bytes bind an empty text, not NULL. */
static inline int csqlite_bind_text_copy(sqlite3_stmt *statement, int index, const void *bytes,
                                         sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, count == 0 ? "" : (const char *)bytes, count,
                               SQLITE_TRANSIENT, SQLITE_UTF8);
}
