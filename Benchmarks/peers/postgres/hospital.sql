-- A hospital's own tables: the columns of the files, as text in every spelling that the desks wrote.
-- They are what a load reads.
CREATE TABLE patients (
    id text, hip_id text, name text, gender text, birth_date text, yob text, mobile text,
    abha_address text, abha_number text, mr_number text, address text, district text, state text,
    pincode text
);

CREATE TABLE care_contexts (
    patient_id text, hip_id text, reference text, display text, hi_type text, date text, linked text
);
