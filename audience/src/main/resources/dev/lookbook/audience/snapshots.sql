-- Every customer as known at every cut, and what came of it in the window after: cut 0 is the date itself, the others
-- are a horizon apart and lie before it. A visit counts half for every half-life that it is old.
-- Only customers who had come before the cut are known; of the earlier cuts a sample will do (settings.stride).
CREATE OR REPLACE TABLE snapshots AS
SELECT
  v.customer,
  v.cut,
  v.cut_day,
  min(v.day) AS first_day,
  max(CASE WHEN v.is_past THEN v.day END) AS last_day,
  sum(CASE WHEN v.is_past THEN 1 ELSE 0 END) AS visits,
  CAST(sum(CASE WHEN v.is_past THEN CAST(v.weight AS DECIMAL(18, 9)) END) AS DOUBLE) AS weight,
  CAST(sum(CASE WHEN v.is_past THEN CAST(v.weight * v.weight AS DECIMAL(18, 9)) END) AS DOUBLE) AS weight_2,
  CAST(sum(CASE WHEN v.is_past THEN CAST(v.weight * v.class_items AS DECIMAL(18, 9)) END) AS DOUBLE) AS bought,
  CAST(sum(CASE WHEN v.is_past THEN CAST(power(v.weight * v.class_items, 2) AS DECIMAL(18, 9)) END) AS DOUBLE)
    AS bought_2,
  CAST(sum(CASE WHEN v.is_past THEN CAST(v.weight * v.level AS DECIMAL(18, 9)) END) AS DOUBLE) AS usual,
  CAST(sum(CASE WHEN v.is_past THEN CAST(power(v.weight * v.level, 2) AS DECIMAL(18, 9)) END) AS DOUBLE) AS usual_2,
  CAST(sum(CASE WHEN v.is_past AND v.day >= v.cut_day - v.exclude_days THEN CAST(v.class_items AS DECIMAL(18, 9))
    ELSE 0 END) AS DOUBLE) AS just_bought,
  sum(CASE WHEN v.is_past THEN 0 ELSE 1 END) AS visits_after,
  1 - exp(CAST(sum(CASE WHEN v.is_past THEN 0 ELSE v.log_not END) AS DOUBLE)) AS bought_after
FROM (
  SELECT
    v.customer,
    v.day,
    CAST(v.class_items AS DOUBLE) AS class_items,
    v.log_not,
    w.level,
    c.cut,
    c.day AS cut_day,
    s.exclude_days,
    v.day < c.day AS is_past,
    power(0.5, (c.day - v.day) / s.half_life) AS weight
  FROM visits v
  CROSS JOIN settings s
  JOIN cuts c ON v.day < c.day + s.horizon AND v.day < s.as_of
  JOIN weeks w ON w.week = CAST(floor((s.as_of - v.day - 1) / 7.0) AS INTEGER)
  JOIN customers u ON u.customer = v.customer
  WHERE c.cut = 0 OR u.draw % s.stride = 0
) v
GROUP BY v.customer, v.cut, v.cut_day
HAVING min(v.day) < v.cut_day;
