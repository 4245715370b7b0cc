-- Is Seattle as wet as they say? Four years of daily weather beside New York's.
CREATE STREAM Weather (
  city     STRING,
  day      TIMESTAMP,
  rain     DECIMAL(5, 1),    -- millimetres, rain and melted snow; decimals add up without rounding
  temp_max DECIMAL(4, 1),    -- degrees Celsius
  temp_min DECIMAL(4, 1),
  wind     DOUBLE,           -- metres per second
  WATERMARK FOR day AS day
) WITH (connector = 'file', path = '${here}/weather.csv', format = 'csv');

-- Wet weeks, heat waves and droughts go to one stream.
CREATE STREAM Extremes (day DATE, city STRING, what STRING, value DECIMAL(38, 1)) WITH (connector = 'console');

-- Seven days with more than 140 mm of rain, looked at every day.
INSERT INTO Extremes
  SELECT CAST(day AS DATE), city, 'wet week (mm)', sum(rain)
  FROM Weather WINDOW LENGTH (7)
  HAVING sum(rain) > 140
  PARTITION BY city;

-- Three days in a row at 34 degrees or more.
INSERT INTO Extremes
  SELECT CAST(day AS DATE), city, 'heat wave (degrees)', max(temp_max)
  FROM Weather WINDOW LENGTH (3)
  HAVING count(*) = 3 AND min(temp_max) >= 34
  PARTITION BY city;

-- A query over a query: the days that end thirty drought (days), then, when the file has ended, how many they were in each year.
INSERT INTO Extremes
  SELECT CAST(max(day) AS DATE), city, 'drought (days)', count(*) + 29
  FROM (
    SELECT city, day FROM Weather WINDOW LENGTH (30)
    HAVING count(*) = 30 AND max(rain) = 0
    PARTITION BY city
  )
  GROUP BY city, year(day)
  EMIT FINAL;

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
