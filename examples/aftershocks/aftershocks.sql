-- What followed the strong earthquakes of a week? Each is joined with those of its region within the hour behind it.
CREATE STREAM Quakes (
  id        STRING,
  time      TIMESTAMP,
  magnitude DOUBLE,
  place     STRING,      -- '22km NNE of Hualian, Taiwan'
  WATERMARK FOR time AS time
) WITH (connector = 'file', path = '${here}/quakes.json', format = 'json');

-- The region is what follows the last comma of the place.
CREATE STREAM Regional AS
  SELECT id, magnitude, place, trim(regexp_extract(place, '[^,]*$')) AS region FROM Quakes;

-- A strong one that nothing follows comes with NULLs, when its hour is over.
SELECT date_trunc('minute', strong.ROWTIME) AS at, strong.magnitude, strong.place, after.magnitude AS next,
       date_diff('minute', strong.ROWTIME, after.ROWTIME) AS minutes, after.place AS there
FROM (SELECT * FROM Regional WHERE magnitude >= 5.5) AS strong
  LEFT JOIN Regional AS after WITHIN (0 SEC, 1 HOUR) ON strong.region = after.region AND strong.id <> after.id;
