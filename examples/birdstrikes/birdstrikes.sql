-- When animals hit aircraft: what makes a strike dangerous, and what does it cost?
CREATE STREAM Strikes (
  day      TIMESTAMP,
  airport  STRING,
  aircraft STRING,
  operator STRING,
  phase    STRING,
  size     STRING,
  species  STRING,
  light    STRING,
  damage   STRING,
  cost     BIGINT,     -- US dollars
  speed    INT,        -- knots, often unknown
  TIMESTAMP BY day
) WITH (connector = 'file', path = '${here}/strikes.csv.gz', format = 'csv');

CREATE STREAM Judged AS
  SELECT *, damage <> 'None' AS damaged FROM Strikes;

-- Three questions of one shape, united: by the animal's size, by the phase of flight, by the light.
CREATE STREAM Risks WITH (connector = 'console') AS
  SELECT dimension, kind, count(*) AS strikes,
         round(1e2 * count(*) FILTER (WHERE damaged) / count(*), 1) AS damaged_percent,
         sum(cost) AS cost, max(cost) AS worst
  FROM (SELECT 'size' AS dimension, size AS kind, damaged, cost FROM Judged)
    UNION ALL (SELECT 'phase' AS dimension, phase AS kind, damaged, cost FROM Judged)
    UNION ALL (SELECT 'light' AS dimension, light AS kind, damaged, cost FROM Judged)
  GROUP BY dimension, kind
  HAVING count(*) >= 100
  EMIT FINAL;

-- Known species with a bill of more than a million dollars.
CREATE STREAM Species WITH (connector = 'console') AS
  SELECT species, count(*) AS strikes, sum(cost) AS cost, round(avg(speed) FILTER (WHERE damaged)) AS speed_when_damaged
  FROM Judged
  WHERE NOT starts_with(species, 'Unknown')
  GROUP BY species
  HAVING sum(cost) > 1000000
  EMIT FINAL;

-- Each new record, once: every row updates the maximum, DISTINCT passes on the ones that changed it.
CREATE STREAM Records WITH (connector = 'console') AS
  SELECT DISTINCT record FROM (SELECT max(cost) AS record FROM Judged WHERE cost > 0 EMIT CHANGES);
