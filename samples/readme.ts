import type { Catalogue } from '../shared/domain/catalogue.ts';
import type { Journey } from './journey.ts';
import { provinceStories } from './province-stories.ts';
import { rejectedFiles } from './rejected-files.ts';
import { unitOf } from './submissions.ts';

/** The text of `README.md`, with the numbers of the journey as it stands. */
export function sampleReadme(catalogue: Catalogue, journey: Journey): string {
  const { submissions, asOf, startsAt } = journey;
  const unitIds = [...new Set(submissions.map(({ unit }) => unit))];
  const provinces = unitIds.filter((id) => unitOf(catalogue, id).kind === 'province');
  const files = new Set(submissions.map(({ file }) => file));
  const silent = provinceStories
    .filter(({ pace }) => pace === 'never')
    .map(({ unit }) => nameOf(catalogue, unit));
  return `# Samples

Files as provinces and agencies would send them from March to June 2022, and the journey that plays them.
**All figures, document numbers, names, addresses and phone numbers are invented**; only the units, the
indicators and the area codes are real.

- \`files/<unit>/\` – ${files.size} files of ${provinces.length} provinces and ${unitIds.length - provinces.length} agencies. ${silent.join(', ')} never
  report; ${nameOf(catalogue, '87')} does once.
- \`journey.json\` – ${submissions.length} uploads in order of time, the first after ${startsAt}: unit, file, when it is
  received, and whether it is accepted or rejected. It leads up to the end of ${asOf} in Vietnam.
- \`coordinators.json\` – one or two coordinators for each of the ${catalogue.units.length} units. Addresses end in \`.example\`,
  phone numbers are \`+8490000xxxx\`.

Everything here except the code is made by \`npx node samples/generate.ts\`, always byte for byte the same; a
test fails when a committed file differs. What happens is told in \`province-stories.ts\` and
\`agency-stories.ts\`, how files are written in \`habits.ts\`.

## Rejected on purpose

| file | received | errors | why | then |
| --- | --- | --- | --- | --- |
${rejectedFiles.map((file) => `| \`${file.path}\` (${nameOf(catalogue, file.unit)}) | ${file.receivedAt.slice(0, 10)} | ${file.codes.map((code) => `\`${code}\``).join(' ')} | ${file.why} | ${file.followUp} |`).join('\n')}

## Worth a look

As of the end of 2022-07-01:

| unit | indicator | what it shows |
| --- | --- | --- |
${worthALook.map(([unit, indicator, what]) => `| ${unit} ${nameOf(catalogue, unit)} | \`${indicator}\` | ${what} |`).join('\n')}
`;
}

const worthALook: readonly (readonly [unit: string, indicator: string, what: string])[] = [
  ['74', 'II.9.1', 'households of 91 communes add up to 98.70 %: overdue'],
  ['26', 'II.62.1', '99.996 % against 100 %: shown as 99.99, overdue'],
  ['02', 'II.23.3', '84.99 % against 85 %: overdue; eleven districts and a total'],
  ['68', 'II.38.1', 'exactly 50 % does not exceed 50 %: overdue'],
  ['72', 'II.53.1', 'exactly 7 % meets 7 %'],
  ['27', 'II.7.2', 'growth of 22.5 % meets “about 25 %”'],
  [
    '80',
    'II.39.1',
    'half a minute before midnight 99.46 %, half a minute after it corrected to 100 %: met, reported late',
  ],
  ['52', 'II.10.1', 'completed on 30 June, told on 1 July: met, reported late'],
  ['20', 'II.36.1', 'completed on 1 July: met late'],
  ['54', 'II.45.1', '100 % as at 1 July: met late'],
  ['31', '1.g.1', 'due in April, completed in June: met late'],
  ['60', 'II.12.1', 'the figure of May corrected from 88.9 to 86.9 %'],
  ['12', 'II.35.1', 'due in September, rises too slowly: at risk'],
  ['51', 'II.48.1', 'due in September, on track'],
  ['62', 'II.34.1', 'nothing reported yet, due in September: awaited'],
  ['93', 'II.28.1', 'the file of June is rejected: overdue with the figure of May'],
  ['48', 'II.16.1', 'the file of June sent twice, byte for byte: published once'],
  ['BTTTT', '2.b.1', 'a duty of each month, done three times'],
];

function nameOf(catalogue: Catalogue, unitId: string): string {
  return unitOf(catalogue, unitId).name;
}
