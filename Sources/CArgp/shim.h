/* argp's error functions are variadic and its settings are variables: neither is safe from Swift. */
#pragma once
#include <argp.h>

static inline void cargp_configure(const char *version, int exit_status) {
    argp_program_version = version;
    argp_err_exit_status = exit_status;
}

/* Prints "program: message" and where to find help, then ends the process with the error status. */
static inline void cargp_error(const struct argp_state *state, const char *message) {
    argp_error(state, "%s", message);
}

/* Ends argp's parsing here: what is left belongs to a subcommand. */
static inline void cargp_leave_rest(struct argp_state *state) { state->next = state->argc; }

/* What a parser answers for a key that is not its own. */
static const int cargp_unknown = ARGP_ERR_UNKNOWN;

static const unsigned cargp_in_order = ARGP_IN_ORDER;
static const int cargp_key_arg = ARGP_KEY_ARG;
