CREATE STREAM Lines (line STRING)
  WITH (connector = 'file', path = '${here}/server.log', format = 'raw');

CREATE STREAM Failures WITH (connector = 'console', format = 'raw') AS
  SELECT line FROM Lines WHERE ends_with(line, '404');
