-- When did the weather turn? Heat waves and how they ended, droughts and the rain behind them, frost after warm days.
CREATE STREAM Weather (
  city     STRING,
  day      TIMESTAMP,
  rain     DECIMAL(5, 1),    -- millimetres
  temp_max DECIMAL(4, 1),    -- degrees Celsius
  temp_min DECIMAL(4, 1),
  WATERMARK FOR day AS day
) WITH (connector = 'file', path = '${here}/weather.csv', format = 'csv');

CREATE STREAM Turns (city STRING, what STRING, since DATE, until DATE, value DECIMAL(38, 1)) WITH (connector = 'console');

-- Four days in a row and more at 32 degrees or more, up to the first cooler one. Attempts that began on a later day of the same wave are dropped.
INSERT INTO Turns
  SELECT city, 'heat wave (degrees)', CAST(hot.day AS DATE), CAST(more[last].day AS DATE), greatest(hot.temp_max, max(more.temp_max))
  FROM PATTERN (
    EVERY hot = Weather (temp_max >= 32) , more = Weather (temp_max >= 32){3,} , cool = Weather (temp_max < 32)
    AFTER MATCH SKIP PAST LAST ROW)
  PARTITION BY city;

-- Rain after 25 days without any.
INSERT INTO Turns
  SELECT city, 'rain after drought (mm)', CAST(NULL AS DATE), CAST(wet.day AS DATE), wet.rain
  FROM PATTERN (EVERY NOT Weather (rain > 0) FOR 25 DAYS -> wet = Weather (rain > 0))
  PARTITION BY city;

-- Frost within four days of a day that was warmer than 18 degrees: the first frost alone.
INSERT INTO Turns
  SELECT city, 'frost (degrees)', CAST(warm.day AS DATE), CAST(frost.day AS DATE), frost.temp_min
  FROM PATTERN (
    EVERY warm = Weather (temp_max > 18) -> frost = Weather (temp_min < 0) WITHIN 4 DAYS
    AFTER MATCH SKIP PAST LAST ROW)
  PARTITION BY city;
