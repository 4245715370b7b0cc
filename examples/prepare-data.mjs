// Makes the data files of the examples from the npm package vega-datasets 2.11.0, which carries them as published by US agencies:
//
//   npm pack vega-datasets@2.11.0 && tar xzf vega-datasets-2.11.0.tgz
//   node examples/prepare-data.mjs package/data
//
// It selects columns and gives them short names, sorts by time, and writes times in ISO 8601. It leaves every value as it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const from = process.argv[2] ?? 'package/data';
const to = dirname(fileURLToPath(import.meta.url));

const readJson = (name) => JSON.parse(readFileSync(join(from, name), 'utf8'));

// No field of these files is quoted or holds a comma.
function readCsv(name) {
  const [header, ...lines] = readFileSync(join(from, name), 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, i) => [names[i], field])));
}

// `columns` is a list of [name, row => value]; null and undefined become an empty field, which is NULL.
function toCsv(rows, columns) {
  const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const line = (row) => columns.map(([, value]) => quoted(String(value(row) ?? ''))).join(',');
  return [columns.map(([name]) => name).join(','), ...rows.map(line), ''].join('\n');
}

const toNdjson = (rows) => rows.map((row) => JSON.stringify(row) + '\n').join('');

// Stable, so that rows of one moment keep the order of the source.
const sortedBy = (rows, key) => [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));

const write = (name, content) => writeFileSync(join(to, name), content);

const quakes = readJson('earthquakes.json').features.map(({ id, properties, geometry }) => ({
  id,
  time: new Date(properties.time).toISOString(),
  magnitude: properties.mag,
  depth: geometry.coordinates[2],
  place: properties.place,
  latitude: geometry.coordinates[1],
  longitude: geometry.coordinates[0],
  felt: properties.felt,
  kind: properties.type,
}));
const quakesByTime = sortedBy(quakes, (quake) => quake.time);
write('earthquakes/quakes.json', toNdjson(quakesByTime));
write(
  'aftershocks/quakes.json',
  toNdjson(quakesByTime.filter((quake) => quake.kind === 'earthquake' && quake.magnitude >= 4)),
);

const weather = toCsv(sortedBy(readCsv('weather.csv'), (day) => day.date), [
  ['city', (day) => day.location],
  ['day', (day) => day.date],
  ['rain', (day) => day.precipitation],
  ['temp_max', (day) => day.temp_max],
  ['temp_min', (day) => day.temp_min],
  ['wind', (day) => day.wind],
]);
write('weather/weather.csv', weather);
write('turns/weather.csv', weather);

write(
  'birdstrikes/strikes.csv.gz',
  gzipSync(
    toCsv(sortedBy(readCsv('birdstrikes.csv'), (strike) => strike['Flight Date']), [
      ['day', (strike) => strike['Flight Date']],
      ['airport', (strike) => strike['Airport Name']],
      ['aircraft', (strike) => strike['Aircraft Make Model']],
      ['operator', (strike) => strike['Aircraft Airline Operator']],
      ['phase', (strike) => strike['Phase of flight']],
      ['size', (strike) => strike['Wildlife Size']],
      ['species', (strike) => strike['Wildlife Species']],
      ['light', (strike) => strike['Time of day']],
      ['damage', (strike) => strike['Effect Amount of damage']],
      ['cost', (strike) => strike['Cost Total $']],
      ['speed', (strike) => strike['Speed IAS in knots']],
    ]),
    { level: 9 },
  ),
);

write(
  'flights/flights.csv',
  toCsv(sortedBy(readJson('flights-10k.json'), (flight) => flight.date), [
    ['departure', (flight) => flight.date.replaceAll('/', '-').replace(' ', 'T')],
    ['origin', (flight) => flight.origin],
    ['destination', (flight) => flight.destination],
    ['delay', (flight) => flight.delay],
    ['distance', (flight) => flight.distance],
  ]),
);

write(
  'employment/employment.csv',
  toCsv(sortedBy(readCsv('us-employment.csv'), (month) => month.month), [
    ['month', (month) => month.month],
    ['total', (month) => month.nonfarm],
    ['change', (month) => month.nonfarm_change],
    ...[
      'mining_and_logging',
      'construction',
      'manufacturing',
      'information',
      'financial_activities',
      'professional_and_business_services',
      'education_and_health_services',
      'leisure_and_hospitality',
      'other_services',
      'government',
    ].map((sector) => [sector, (month) => month[sector]]),
  ]),
);
