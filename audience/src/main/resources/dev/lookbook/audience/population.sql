-- How much customers differ, from all of them at the date; docs/audience-method.md derives it.
-- A product of two different visits of a customer has no noise of its own in the mean: what is left is the customer.

-- The visits after the first, and the days in which they could fall; both weighted.
CREATE OR REPLACE VIEW paces AS
SELECT
  n.*,
  n.weight - n.first_weight AS repeats,
  n.weight_2 - n.first_weight * n.first_weight AS repeats_2,
  (1 - n.first_weight) * n.half_life / ln(2) AS exposure
FROM (
  SELECT n.*, s.half_life, s.horizon, power(0.5, (n.cut_day - n.first_day) / s.half_life) AS first_weight
  FROM snapshots n CROSS JOIN settings s
) n;

CREATE OR REPLACE TABLE population AS
SELECT
  mean_pace,
  leaning,
  -- Gamma priors: pace_shape / pace_days is the mean pace; leaning_shape / leaning_shape = 1 the mean leaning.
  least(1e6, 1 / greatest(1e-6, pace_2 / (mean_pace * mean_pace) - 1)) AS pace_shape,
  least(1e6, 1 / greatest(1e-6, pace_2 / (mean_pace * mean_pace) - 1)) / mean_pace AS pace_days,
  least(1e6, 1 / greatest(1e-6, leaning_2 / (leaning * leaning) - 1)) AS leaning_shape
FROM (
  SELECT
    greatest(repeats / greatest(exposure, 1e-9), 1e-9) AS mean_pace,
    pairs / greatest(exposure_2, 1e-9) AS pace_2,
    greatest(bought / greatest(usual, 1e-9), 1e-9) AS leaning,
    class_pairs / greatest(usual_pairs, 1e-9) AS leaning_2
  FROM (
    SELECT
      CAST(sum(CAST(repeats AS DECIMAL(28, 9))) AS DOUBLE) AS repeats,
      CAST(sum(CAST(exposure AS DECIMAL(28, 9))) AS DOUBLE) AS exposure,
      CAST(sum(CAST(exposure * exposure AS DECIMAL(28, 9))) AS DOUBLE) AS exposure_2,
      CAST(sum(CAST(repeats * repeats - repeats_2 AS DECIMAL(28, 9))) AS DOUBLE) AS pairs,
      CAST(sum(CAST(bought AS DECIMAL(28, 9))) AS DOUBLE) AS bought,
      CAST(sum(CAST(usual AS DECIMAL(28, 9))) AS DOUBLE) AS usual,
      CAST(sum(CAST(bought * bought - bought_2 AS DECIMAL(28, 9))) AS DOUBLE) AS class_pairs,
      CAST(sum(CAST(usual * usual - usual_2 AS DECIMAL(28, 9))) AS DOUBLE) AS usual_pairs
    FROM paces
    WHERE cut = 0
  )
);

-- Pace and leaning of each customer, drawn to the population's; and the two steps of ln 2 / 2 that tell how long the
-- customer has been away, and how often such a customer would come within the horizon.
CREATE OR REPLACE TABLE customers_at_cuts AS
SELECT
  p.customer,
  p.cut,
  p.cut_day,
  p.first_day,
  p.last_day,
  p.visits,
  p.bought,
  p.usual,
  p.just_bought,
  p.visits_after,
  p.bought_after,
  p.pace,
  (o.leaning_shape + p.bought) / (o.leaning_shape + p.usual) AS leaning,
  CAST(floor(2 * ln(p.cut_day - p.last_day) / ln(2)) AS INTEGER) AS away,
  CAST(floor(2 * ln(p.pace * p.horizon) / ln(2)) AS INTEGER) AS busy
FROM (
  SELECT p.*, (o.pace_shape + p.repeats) / (o.pace_days + p.exposure) AS pace
  FROM paces p CROSS JOIN population o
) p
CROSS JOIN population o;

-- How often customers at the earlier cuts came within the horizon, beside what their pace said.
CREATE OR REPLACE TABLE mean_return AS
SELECT
  CASE
    WHEN count(*) = 0 THEN 1
    ELSE CAST(sum(n.visits_after) AS DOUBLE)
      / greatest(CAST(sum(CAST(n.pace * s.horizon AS DECIMAL(28, 9))) AS DOUBLE), 1e-9)
  END AS ratio
FROM customers_at_cuts n CROSS JOIN settings s
WHERE n.cut > 0;

-- The same for those who were alike: who has been away for long may be lost. A group is drawn towards the mean, as if 50
-- more visits had been expected of it.
CREATE OR REPLACE TABLE returns AS
SELECT g.away, g.busy, (g.came + 50 * m.ratio) / (g.expected + 50) AS ratio
FROM (
  SELECT
    n.away,
    n.busy,
    CAST(sum(n.visits_after) AS DOUBLE) AS came,
    CAST(sum(CAST(n.pace * s.horizon AS DECIMAL(28, 9))) AS DOUBLE) AS expected
  FROM customers_at_cuts n CROSS JOIN settings s
  WHERE n.cut > 0
  GROUP BY n.away, n.busy
) g
CROSS JOIN mean_return m;
