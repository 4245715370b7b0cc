CREATE STREAM Orders (id BIGINT, units BIGINT)
  WITH (connector = 'generator', count = '4', 'fields.id.kind' = 'sequence', 'fields.units.kind' = 'sequence');

CREATE STREAM Even WITH (connector = 'console', format = 'json', 'show.name' = 'true') AS
  SELECT id, units * 10 AS units FROM Orders WHERE id % 2 = 0;

CREATE STREAM Odd WITH (connector = 'console', 'show.name' = 'true') AS
  SELECT id, units FROM Orders WHERE id % 2 = 1;
