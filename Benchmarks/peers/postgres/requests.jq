# A discover body as the columns of the table of requests, normalised, separated by tabs.
def value(types): map(select(.type as $type | types | index($type)))[0].value;
def null_or(form): if . == null or . == "" then "\\N" else form end;
.patient as $patient
| ($patient.verifiedIdentifiers // []) as $verified
| ($patient.unverifiedIdentifiers // []) as $typed
| [ "HIP1",
    (($patient.id // ($verified | value(["HEALTH_ID", "ABHA_ADDRESS"]))) | null_or(ascii_downcase)),
    ($verified | value(["NDHM_HEALTH_NUMBER", "ABHA_NUMBER"]) | null_or(gsub("[^0-9]"; ""))),
    ($verified | value(["MOBILE"]) | null_or(gsub("[^0-9]"; "") | .[-10:])),
    ($typed | value(["MR"]) | null_or(ascii_upcase)),
    ($patient.gender | null_or(.[0:1] | ascii_upcase)),
    ($patient.yearOfBirth | null_or(tostring)),
    ($patient.name | null_or(ascii_downcase)) ]
| join("\t")
