-- H2 in memory, filled by a file; a table in a database that is there needs its URL alone.
CREATE STREAM Orders (id INT, item STRING, units INT)
  WITH (connector = 'jdbc', url = 'jdbc:h2:mem:shop;INIT=RUNSCRIPT FROM ''${here}/shop.sql''',
        table = 'orders', order.by = 'id');

-- A row for each item, kept up to date by its key.
CREATE TABLE Totals
  WITH (connector = 'jdbc', url = 'jdbc:h2:mem:shop', table = 'totals', create.table = TRUE) AS
  SELECT item, sum(units) AS units FROM Orders GROUP BY item;

SELECT item, units FROM Orders WHERE units > 2;
