-- Which trades paid for the recession of 2008? A wide table, made long, with the high and the low of each sector.
CREATE STREAM Employment (
  month  TIMESTAMP,
  total  INT,          -- thousands of jobs, as are all that follow
  change INT,
  mining_and_logging INT, construction INT, manufacturing INT, information INT, financial_activities INT,
  professional_and_business_services INT, education_and_health_services INT, leisure_and_hospitality INT,
  other_services INT, government INT,
  WATERMARK FOR month AS month
) WITH (connector = 'file', path = '${here}/employment.csv', format = 'csv');

CREATE STREAM Sectors AS
  SELECT month, s.sector AS sector, s.jobs AS jobs
  FROM (
    SELECT month, EXPLODE(ARRAY[
      STRUCT('construction' AS sector, construction AS jobs),
      STRUCT('manufacturing' AS sector, manufacturing AS jobs),
      STRUCT('information' AS sector, information AS jobs),
      STRUCT('finance' AS sector, financial_activities AS jobs),
      STRUCT('business services' AS sector, professional_and_business_services AS jobs),
      STRUCT('education and health' AS sector, education_and_health_services AS jobs),
      STRUCT('leisure' AS sector, leisure_and_hospitality AS jobs),
      STRUCT('other services' AS sector, other_services AS jobs),
      STRUCT('mining and logging' AS sector, mining_and_logging AS jobs),
      STRUCT('government' AS sector, government AS jobs)
    ]) AS s
    FROM Employment
  );

-- The high before 2009 beside the low from then on.
CREATE STREAM Recession WITH (connector = 'console') AS
  SELECT *, round(1e2 * (low - high) / high, 1) AS percent
  FROM (
    SELECT sector, max(jobs) FILTER (WHERE month < '2009-01-01') AS high, min(jobs) FILTER (WHERE month >= '2009-01-01') AS low
    FROM Sectors
    GROUP BY sector
    EMIT FINAL
  );

-- A warning for every month that ends a year in which no month gained a job.
CREATE STREAM BlackYears WITH (connector = 'console') AS
  SELECT CAST(month AS DATE) AS month, sum(change) AS lost_in_a_year, min(change) AS worst_month
  FROM Employment WINDOW LENGTH (12)
  HAVING count(*) = 12 AND max(change) < 0;
