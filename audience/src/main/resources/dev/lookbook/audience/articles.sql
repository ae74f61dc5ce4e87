-- The articles, numbered by their line in the file, with the probability of every class.
-- {source}: the file; {article_id}, {picture}, {model}, {probabilities}: its columns.
CREATE OR REPLACE TABLE article_rows AS
SELECT
  CAST(row_number() OVER () + 1 AS INTEGER) AS article,
  {article_id} AS article_id,
  {picture} AS picture,
  {model} AS model,
  {probabilities}
FROM {source};
