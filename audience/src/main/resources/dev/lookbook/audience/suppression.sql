-- Who is never to be addressed. Blanks around an id must not keep it from being found.
-- {source}: the file; {customer_id}: its column, as text.
CREATE OR REPLACE TABLE suppression_rows AS
SELECT row_number() OVER () + 1 AS line, trim({customer_id}) AS customer_id
FROM {source};

CREATE OR REPLACE TABLE suppressed AS
SELECT DISTINCT customer_id FROM suppression_rows WHERE customer_id IS NOT NULL;
