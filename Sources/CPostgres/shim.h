/* Only what Swift cannot see for itself: PG_DIAG_SQLSTATE is a character macro. */
#pragma once
#include <libpq-fe.h>

static inline const char *cpostgres_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}
