-- Seasons and fashion: how many items of the class there are in a visit, day by day and week by week.
CREATE OR REPLACE TABLE days AS
SELECT v.day, CAST(sum(v.class_items) AS DOUBLE) AS class_items, CAST(count(*) AS DOUBLE) AS visits
FROM visits v CROSS JOIN settings s
WHERE v.day < s.as_of
GROUP BY v.day;

CREATE OR REPLACE TABLE overall AS
SELECT
  min(day) AS first_day,
  CAST(sum(CAST(class_items AS DECIMAL(28, 9))) AS DOUBLE) AS class_items,
  sum(visits) AS visits,
  greatest(CAST(sum(CAST(class_items AS DECIMAL(28, 9))) AS DOUBLE) / sum(visits), 1e-9) AS level
FROM days;

-- Weeks are counted back from the date. One with few visits is drawn towards the mean of all, as if it had 100 more.
CREATE OR REPLACE TABLE weeks AS
SELECT w.week, (w.class_items + 100 * o.level) / (w.visits + 100) AS level
FROM (
  SELECT
    CAST(floor((s.as_of - d.day - 1) / 7.0) AS INTEGER) AS week,
    CAST(sum(CAST(d.class_items AS DECIMAL(28, 9))) AS DOUBLE) AS class_items,
    sum(d.visits) AS visits
  FROM days d CROSS JOIN settings s
  GROUP BY 1
) w
CROSS JOIN overall o;

-- What to expect of the window that begins at each cut: the level of the window before it, times how much the level
-- rose from the one to the other a year before (52 weeks), where there was a year before.
CREATE OR REPLACE TABLE levels AS
SELECT
  cut,
  (recent_items + 100 * level) / (recent_visits + 100)
    * CASE
        WHEN first_day > cut_day - 364 - horizon THEN 1
        ELSE (next_items + 100 * level) / (next_visits + 100) * (before_visits + 100) / (before_items + 100 * level)
      END AS level,
  -- How many times as many visits there were in all, from the one window to the other, a year before.
  CASE
    WHEN first_day > cut_day - 364 - horizon THEN 1
    ELSE (next_visits + 100) / (before_visits + 100)
  END AS growth
FROM (
  SELECT
    c.cut,
    c.day AS cut_day,
    s.horizon,
    o.level,
    o.first_day,
    CAST(sum(CAST(CASE WHEN d.day >= c.day - s.horizon AND d.day < c.day
      THEN d.class_items ELSE 0 END AS DECIMAL(28, 9))) AS DOUBLE) AS recent_items,
    sum(CASE WHEN d.day >= c.day - s.horizon AND d.day < c.day THEN d.visits ELSE 0 END) AS recent_visits,
    CAST(sum(CAST(CASE WHEN d.day >= c.day - 364 AND d.day < c.day - 364 + s.horizon
      THEN d.class_items ELSE 0 END AS DECIMAL(28, 9))) AS DOUBLE) AS next_items,
    sum(CASE WHEN d.day >= c.day - 364 AND d.day < c.day - 364 + s.horizon THEN d.visits ELSE 0 END) AS next_visits,
    CAST(sum(CAST(CASE WHEN d.day >= c.day - 364 - s.horizon AND d.day < c.day - 364
      THEN d.class_items ELSE 0 END AS DECIMAL(28, 9))) AS DOUBLE) AS before_items,
    sum(CASE WHEN d.day >= c.day - 364 - s.horizon AND d.day < c.day - 364
      THEN d.visits ELSE 0 END) AS before_visits
  FROM cuts c
  CROSS JOIN settings s
  CROSS JOIN overall o
  CROSS JOIN days d
  GROUP BY c.cut, c.day, s.horizon, o.level, o.first_day
);
