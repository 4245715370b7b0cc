-- Five made-up orders, one second apart, the same ones at every run.
CREATE STREAM Orders (id BIGINT, item STRING, units INT, at TIMESTAMP, TIMESTAMP BY at)
  WITH (connector = 'generator', count = '5', start = '2024-03-01T10:00:00Z', step = '1 second', seed = '7',
        'fields.id.kind' = 'sequence', 'fields.item.kind' = 'choice', 'fields.item.choices' = 'pen, ink, pad',
        'fields.units.kind' = 'random', 'fields.units.min' = '1', 'fields.units.max' = '9',
        'fields.at.kind' = 'time');

SELECT id, item, units, at FROM Orders;
