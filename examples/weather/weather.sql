-- Is Seattle as wet as they say? Four years of daily weather beside New York's.
CREATE STREAM Weather (
  city     STRING,
  day      TIMESTAMP,
  rain     DECIMAL(5, 1),    -- millimetres, rain and melted snow; decimals add up without rounding
  temp_max DECIMAL(4, 1),    -- degrees Celsius
  temp_min DECIMAL(4, 1),
  wind     DOUBLE,           -- metres per second
  sky      STRING,
  WATERMARK FOR day AS day
) WITH (connector = 'file', path = '${here}/weather.csv', format = 'csv');

-- One row per city and year, when the file has ended.
CREATE STREAM Years WITH (connector = 'console') AS
  SELECT city, year(day) AS year,
         count(*) FILTER (WHERE rain > 0) AS wet_days,
         sum(rain) AS rain,
         max(rain) AS wettest_day,
         count(*) FILTER (WHERE temp_max >= 30) AS hot_days,
         count(*) FILTER (WHERE temp_min < 0) AS frosts
  FROM Weather
  GROUP BY city, year(day)
  EMIT FINAL;

-- Seven days with more than 140 mm, looked at every day.
CREATE STREAM Downpours WITH (connector = 'console') AS
  SELECT city, CAST(day AS DATE) AS until, sum(rain) AS week
  FROM Weather WINDOW LENGTH (7)
  HAVING sum(rain) > 140
  PARTITION BY city;

-- A query over a query: the days that end thirty days without a drop, then the first and the last of them for each year.
CREATE STREAM Droughts WITH (connector = 'console') AS
  SELECT city, year(day) AS year,
         CAST(date_add('day', -29, min(day)) AS DATE) AS since, CAST(max(day) AS DATE) AS until, count(*) + 29 AS dry_days
  FROM (
    SELECT city, day FROM Weather WINDOW LENGTH (30)
    HAVING count(*) = 30 AND max(rain) = 0
    PARTITION BY city
  )
  GROUP BY city, year(day)
  EMIT FINAL;

-- Three days in a row at 34 degrees or more.
CREATE STREAM Heat WITH (connector = 'console') AS
  SELECT city, CAST(day AS DATE) AS day, max(temp_max) AS hottest
  FROM Weather WINDOW LENGTH (3)
  HAVING count(*) = 3 AND min(temp_max) >= 34
  PARTITION BY city;
