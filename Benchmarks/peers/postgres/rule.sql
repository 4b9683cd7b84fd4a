-- The seed rule as one function: the id of the one patient, '?' for several, NULL for none.
--
-- As in Milaan: ABHA address and number first, where a value missing on one side may pass; if nobody
-- is left, the mobile; if nobody, the typed MR number, both strictly; records of plainly one person
-- are one; several are ranked by agreeing identifiers, then by the name. Unlike Milaan: names are compared
-- whole, by an edit distance of at most 2, so a turned-round name or an initial does not agree; and no
-- care contexts are fetched, nothing is parsed, no JSON is written, which all is in PostgreSQL's favour.
CREATE FUNCTION discover(
    the_hip text, the_address text, the_number bigint, the_mobile bigint, the_mr text,
    the_gender text, the_year smallint, the_name text
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    candidate record;
    best record;
    has_best boolean := false;
BEGIN
    FOR candidate IN
        SELECT id, abha_address, abha_number, mobile, gender, birth_date, name,
               (abha_address IS NOT DISTINCT FROM the_address)::int
               + coalesce(abha_number = the_number, false)::int
               + coalesce(mobile = the_mobile, false)::int AS agreeing,
               coalesce(levenshtein_less_equal(name, the_name, 2), 2) AS distance
        FROM (SELECT * FROM registry WHERE hip = the_hip AND abha_address = the_address
              UNION ALL
              SELECT * FROM registry WHERE hip = the_hip AND abha_number = the_number
                  AND abha_address IS DISTINCT FROM the_address) AS reached
        WHERE coalesce(gender = the_gender, true)
          AND coalesce(abs(birth_year - the_year) <= 2, true)
          AND coalesce(levenshtein_less_equal(name, the_name, 2) <= 2, true)
        ORDER BY agreeing DESC, distance, id
        LIMIT 2
    LOOP
        IF NOT has_best THEN
            best := candidate;
            has_best := true;
        ELSIF (candidate.agreeing, candidate.distance) IS DISTINCT FROM (best.agreeing, best.distance)
            OR candidate.abha_number = best.abha_number OR candidate.abha_address = best.abha_address THEN
            RETURN best.id;
        ELSE
            RETURN '?';
        END IF;
    END LOOP;
    IF has_best THEN RETURN best.id; END IF;

    IF the_mobile IS NOT NULL THEN
        FOR candidate IN
            SELECT id, abha_address, abha_number, mobile, gender, birth_date, name,
                   levenshtein_less_equal(name, the_name, 2) AS distance
            FROM registry
            WHERE hip = the_hip AND mobile = the_mobile AND gender = the_gender
              AND abs(birth_year - the_year) <= 2
              AND levenshtein_less_equal(name, the_name, 2) <= 2
            ORDER BY distance, id
            LIMIT 2
        LOOP
            IF NOT has_best THEN
                best := candidate;
                has_best := true;
            ELSIF candidate.distance <> best.distance
                OR candidate.abha_number = best.abha_number OR candidate.abha_address = best.abha_address
                OR (candidate.name = best.name AND candidate.birth_date = best.birth_date) THEN
                RETURN best.id;
            ELSE
                RETURN '?';
            END IF;
        END LOOP;
        IF has_best THEN RETURN best.id; END IF;
    END IF;

    IF the_mr IS NOT NULL THEN
        SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(id) ELSE '?' END
        INTO best
        FROM registry
        WHERE hip = the_hip AND mr = the_mr AND gender = the_gender
          AND abs(birth_year - the_year) <= 2
          AND levenshtein_less_equal(name, the_name, 2) <= 2;
        RETURN best."case";
    END IF;
    RETURN NULL;
END
$$;
