/* Only what Swift cannot see for itself: the PG_DIAG_ names are character macros. */
#pragma once
#include <libpq-fe.h>

static inline const char *cpostgres_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *cpostgres_message_primary(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

/* The severity in English, whatever language the server speaks. */
static inline const char *cpostgres_severity(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
}

/* The name of the function in the server's source that raised the error. */
static inline const char *cpostgres_source_function(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
}
