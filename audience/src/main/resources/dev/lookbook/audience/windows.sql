-- What became of those whom the same rules would have chosen at each cut. As large a share of the eligible is taken as
-- at the date, so that a growing shop is compared with itself. Before the oldest cut there was no window to learn from.
SELECT
  r.cut,
  max(r.eligible) AS eligible,
  sum(CASE WHEN r.is_chosen THEN 1 ELSE 0 END) AS chosen,
  CAST(sum(CAST(CASE WHEN r.is_chosen THEN r.score ELSE 0 END AS DECIMAL(28, 9))) AS DOUBLE) AS chosen_score,
  CAST(sum(CAST(CASE WHEN r.is_chosen THEN r.bought_after ELSE 0 END AS DECIMAL(28, 9))) AS DOUBLE) AS chosen_bought,
  CAST(sum(CAST(r.score AS DECIMAL(28, 9))) AS DOUBLE) AS all_score,
  CAST(sum(CAST(r.bought_after AS DECIMAL(28, 9))) AS DOUBLE) AS all_bought
FROM (
  SELECT
    r.*,
    r.is_above AND (s.size = 0 OR r.place <= greatest(1, round(h.most * r.eligible / n.eligible)))
      AS is_chosen
  FROM ranked r
  CROSS JOIN settings s
  CROSS JOIN (
    -- Where others than the size have ended the list, the size would still have allowed as many as usual.
    SELECT
      CASE WHEN count(*) FILTER (WHERE NOT h.is_held_out) < any_value(s.size)
        THEN any_value(s.size) / (1 - any_value(s.holdout)) ELSE CAST(count(*) AS DOUBLE) END AS most
    FROM selection h
    CROSS JOIN settings s
  ) h
  CROSS JOIN (SELECT max(eligible) AS eligible FROM ranked WHERE cut = 0) n
  WHERE r.cut = 0 OR r.cut < (SELECT max(cut) FROM cuts)
) r
GROUP BY r.cut
ORDER BY r.cut;
