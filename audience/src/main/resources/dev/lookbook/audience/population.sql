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

-- How often all customers known at a cut came in the window after, beside what their pace said: below 1, because some
-- are lost; and more before Christmas.
CREATE OR REPLACE TABLE traffic AS
SELECT
  n.cut,
  CAST(sum(n.visits_after) AS DOUBLE)
    / greatest(CAST(sum(CAST(n.pace * s.horizon AS DECIMAL(28, 9))) AS DOUBLE), 1e-9) AS ratio
FROM customers_at_cuts n CROSS JOIN settings s
WHERE n.cut > 0
GROUP BY n.cut;

-- What to expect of the window after a cut: the ratio of the window before it, times how much visits rose a year before.
CREATE OR REPLACE TABLE expected_traffic AS
SELECT c.cut, coalesce(t.ratio, 1) * l.growth AS ratio
FROM cuts c
JOIN levels l ON l.cut = c.cut
LEFT JOIN traffic t ON t.cut = c.cut + 1;

-- The same for those who were alike, beside all: who has been away for long may be lost. A group is drawn towards all, as
-- if 50 more visits had been expected of it and had come.
CREATE OR REPLACE TABLE returns AS
SELECT
  n.away,
  n.busy,
  (CAST(sum(n.visits_after) AS DOUBLE) + 50)
    / (CAST(sum(CAST(n.pace * s.horizon * t.ratio AS DECIMAL(28, 9))) AS DOUBLE) + 50) AS ratio
FROM customers_at_cuts n
CROSS JOIN settings s
JOIN traffic t ON t.cut = n.cut
GROUP BY n.away, n.busy;
