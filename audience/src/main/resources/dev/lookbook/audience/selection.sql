-- The chosen, best first, until enough are left to address; each in the hold-out or not, by a draw that stays the same from
-- one campaign to the next.
CREATE OR REPLACE TABLE selection AS
SELECT d.* EXCLUDE (addressed_before)
FROM (
  SELECT
    d.*,
    count(*) FILTER (WHERE NOT d.is_held_out)
      OVER (ORDER BY d.place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS addressed_before
  FROM (
    SELECT
      r.place,
      r.customer,
      c.customer_id,
      c.email,
      c.phone,
      n.score,
      n.leaning,
      n.expected_visits,
      n.last_day,
      n.visits,
      CAST('0x' || substr(md5('holdout:' || s.seed || ':' || c.customer_id), 1, 8) AS BIGINT) / 4294967296.0
        < s.holdout AS is_held_out
    FROM ranked r
    CROSS JOIN settings s
    JOIN scores n ON n.customer = r.customer AND n.cut = 0
    JOIN customers c ON c.customer = r.customer
    WHERE r.cut = 0 AND r.is_above
  ) d
) d
CROSS JOIN settings s
WHERE s.size = 0 OR d.addressed_before < s.size;
