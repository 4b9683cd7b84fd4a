-- The same patients as PostgreSQL likes them best: every value normalised once, while they are
-- stored, so that a question finds by plain equality; indexes on what it asks for.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS pg_prewarm;

CREATE TABLE registry AS
SELECT id,
       hip_id AS hip,
       lower(name) AS name,
       upper(left(gender, 1)) AS gender,
       coalesce(substring(birth_date FROM '(?:19|20)[0-9]{2}'), yob)::smallint AS birth_year,
       -- A full date tells two records of one person from a father and a son.
       CASE WHEN birth_date ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN birth_date::date
            WHEN birth_date ~ '^[0-9]{2}-[0-9]{2}-[0-9]{4}$' THEN to_date(birth_date, 'DD-MM-YYYY')
       END AS birth_date,
       right(regexp_replace(mobile, '[^0-9]', '', 'g'), 10)::bigint AS mobile,
       lower(abha_address) AS abha_address,
       replace(abha_number, '-', '')::bigint AS abha_number,
       upper(mr_number) AS mr
FROM patients;

-- The requests likewise: taken apart and normalised before any time runs.
CREATE UNLOGGED TABLE requests (
    n integer PRIMARY KEY, hip text, address text, number bigint, mobile bigint, mr text, gender text,
    birth_year smallint, name text
);

CREATE INDEX ON registry (hip, mobile);
CREATE INDEX ON registry (hip, abha_address);
CREATE INDEX ON registry (hip, abha_number);
CREATE INDEX ON registry (hip, mr);
