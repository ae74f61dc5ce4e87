-- Time is cut into windows of a horizon's length, counted back from the date: window 1 ends the day before it, window 2
-- lies before window 1, and so on; all that is older than the last cut counts as one window. Window n follows cut n.
-- A visit counts half for every half-life that it is old, seen from the date. Seen from an earlier cut it would count
-- more, by the same factor for all visits, which is put right below.
CREATE OR REPLACE TABLE customer_windows AS
SELECT
  customer,
  least(number, last_cut + 1) AS number,
  min(day) AS first_day,
  max(day) AS last_day,
  count(*) AS visits,
  sum(log_not) AS log_not,
  sum(CAST(weight AS DECIMAL(18, 12))) AS weight,
  sum(CAST(weight * weight AS DECIMAL(18, 12))) AS weight_2,
  sum(CAST(weight * class_items AS DECIMAL(18, 12))) AS bought,
  sum(CAST(weight * class_items * weight * class_items AS DECIMAL(18, 12))) AS bought_2,
  sum(CAST(weight * level AS DECIMAL(18, 12))) AS usual,
  sum(CAST(weight * level * weight * level AS DECIMAL(18, 12))) AS usual_2
FROM (
  SELECT
    v.customer,
    v.day,
    CAST(v.class_items AS DOUBLE) AS class_items,
    v.log_not,
    w.level,
    CAST(ceil((s.as_of - v.day) / CAST(s.horizon AS DOUBLE)) AS INTEGER) AS number,
    (SELECT max(cut) FROM cuts) AS last_cut,
    power(0.5, (s.as_of - v.day) / s.half_life) AS weight
  FROM visits v
  CROSS JOIN settings s
  JOIN weeks w ON w.week = CAST(floor((s.as_of - v.day - 1) / 7.0) AS INTEGER)
  WHERE v.day < s.as_of
) v
GROUP BY 1, 2;

-- Expected items of the class that were bought too short a time before each cut.
CREATE OR REPLACE TABLE just_bought AS
SELECT v.customer, c.cut, CAST(sum(v.class_items) AS DOUBLE) AS items
FROM visits v
CROSS JOIN settings s
JOIN cuts c ON v.day < c.day AND v.day >= c.day - s.exclude_days
GROUP BY v.customer, c.cut;

-- Every customer as known at every cut, and what came of it in the window after. Only customers who had come before the
-- cut are known; of the earlier cuts a sample will do (settings.stride).
CREATE OR REPLACE TABLE snapshots AS
SELECT
  n.*,
  CAST(n.sum_weight AS DOUBLE) * n.older AS weight,
  CAST(n.sum_weight_2 AS DOUBLE) * n.older * n.older AS weight_2,
  CAST(n.sum_bought AS DOUBLE) * n.older AS bought,
  CAST(n.sum_bought_2 AS DOUBLE) * n.older * n.older AS bought_2,
  CAST(n.sum_usual AS DOUBLE) * n.older AS usual,
  CAST(n.sum_usual_2 AS DOUBLE) * n.older * n.older AS usual_2,
  coalesce(j.items, 0) AS just_bought
FROM (
  SELECT
    w.customer,
    c.cut,
    c.day AS cut_day,
    power(2, (s.as_of - c.day) / s.half_life) AS older,
    min(w.first_day) AS first_day,
    max(CASE WHEN w.number > c.cut THEN w.last_day END) AS last_day,
    CAST(sum(CASE WHEN w.number > c.cut THEN w.visits ELSE 0 END) AS BIGINT) AS visits,
    sum(CASE WHEN w.number > c.cut THEN w.weight ELSE 0 END) AS sum_weight,
    sum(CASE WHEN w.number > c.cut THEN w.weight_2 ELSE 0 END) AS sum_weight_2,
    sum(CASE WHEN w.number > c.cut THEN w.bought ELSE 0 END) AS sum_bought,
    sum(CASE WHEN w.number > c.cut THEN w.bought_2 ELSE 0 END) AS sum_bought_2,
    sum(CASE WHEN w.number > c.cut THEN w.usual ELSE 0 END) AS sum_usual,
    sum(CASE WHEN w.number > c.cut THEN w.usual_2 ELSE 0 END) AS sum_usual_2,
    CAST(sum(CASE WHEN w.number > c.cut THEN 0 ELSE w.visits END) AS BIGINT) AS visits_after,
    1 - exp(CAST(sum(CASE WHEN w.number > c.cut THEN 0 ELSE w.log_not END) AS DOUBLE)) AS bought_after
  FROM customer_windows w
  CROSS JOIN settings s
  JOIN customers u ON u.customer = w.customer
  JOIN cuts c ON w.number >= c.cut AND (c.cut = 0 OR u.draw % s.stride = 0)
  GROUP BY w.customer, c.cut, c.day, s.as_of, s.half_life
  HAVING max(w.number) > c.cut
) n
LEFT JOIN just_bought j ON j.customer = n.customer AND j.cut = n.cut;
