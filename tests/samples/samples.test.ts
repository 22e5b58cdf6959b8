import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateSamples } from '../../samples/generate.ts';
import { journeySchema, sampleCoordinatorsSchema } from '../../samples/journey.ts';
import { rejectedFiles } from '../../samples/rejected-files.ts';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type Assessment, assessUnit, type State, states } from '../../shared/domain/assessment.ts';
import { dayOf, endOfDay, type Instant, parseAsOf } from '../../shared/domain/calendar.ts';
import { foldPublications } from '../../shared/domain/fold.ts';
import { type Check, checkFile, type SourceFile } from '../../shared/domain/intake/check-file.ts';
import type { Publication } from '../../shared/domain/observation.ts';

const folder = new URL('../../samples/', import.meta.url);
const catalogue = loadCatalogue();
const provinces = catalogue.units.filter(({ kind }) => kind === 'province');
const journey = journeySchema.parse(JSON.parse(readText('journey.json')));
const coordinators = sampleCoordinatorsSchema.parse(JSON.parse(readText('coordinators.json')));
const asOf = endOfDay(journey.asOf);

type Upload = (typeof journey.submissions)[number];

describe('the committed samples', () => {
  const generated = generateSamples();

  it('are what the generator makes, byte for byte', () => {
    const differing = generated.filter(
      ({ path, bytes }) => !existsSync(urlOf(path)) || !readFileSync(urlOf(path)).equals(bytes),
    );
    expect(differing.map(({ path }) => path)).toEqual([]);
  });

  it('hold no file that the generator does not make', () => {
    const found = readdirSync(urlOf('files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath.slice(folder.pathname.length)}/${entry.name}`);
    expect(found.sort()).toEqual(
      generated
        .map(({ path }) => path)
        .filter((path) => path.startsWith('files/'))
        .sort(),
    );
  });

  it('are the same when generated again', () => {
    expect(generateSamples()).toEqual(generated);
  });

  it.each([
    ['a byte order mark', (text: string) => text.startsWith('\u{FEFF}')],
    ['no byte order mark', (text: string) => /^[^\u{FEFF}]/u.test(text)],
    ['semicolons', (text: string) => /^[^,\t\n]+;/.test(text)],
    ['commas', (text: string) => /^[^;\t\n]+,/.test(text)],
    ['tabs', (text: string) => /^[^;,\n]+\t/.test(text)],
    ['CRLF', (text: string) => text.endsWith('\r\n')],
    ['LF', (text: string) => /[^\r]\n$/.test(text)],
    ['a decimal comma', (text: string) => /;\d+,\d+;?/.test(text)],
    ['a quoted decimal comma', (text: string) => /,"\d+,\d+"/.test(text)],
    ['a decimal point', (text: string) => /,\d+\.\d+/.test(text)],
    ['a percent sign', (text: string) => /\d,\d+%/.test(text)],
    ['a comma in quotes', (text: string) => /"[^",]+,[^"]+"/.test(text)],
    ['a doubled quote', (text: string) => text.includes('""4 lớp""')],
    ['a line break in quotes', (text: string) => /"[^"]+\n[^"]+"/.test(text)],
    ['Vietnamese column names', (text: string) => /^.?Mã chỉ tiêu/.test(text)],
    ['English column names', (text: string) => /^indicator,period/.test(text)],
    ['a unit by its name', (text: string) => text.includes('\nBắc') || text.includes('\nLạng Sơn;')],
    ['a unit by an alias', (text: string) => text.includes('\nBR-VT;')],
    ['blank cells after the last column', (text: string) => /Ghi chú\r\n[^\n]+;;;\r\n/.test(text)],
    ['blank lines at the end', (text: string) => /\n;+\r\n;+\r\n$/.test(text)],
    ['a JSON array', (text: string) => text.startsWith('[')],
    ['JSON with observations', (text: string) => /^\{\s*"observations"/.test(text)],
    ['one JSON object per line', (text: string) => /^\{"indicator".*\}\n\{/.test(text)],
  ])('show %s', (_, shows) => {
    const texts = journey.submissions.map(({ file }) => readText(file));
    expect(texts.filter(shows).length).toBeGreaterThan(0);
  });
});

describe('the journey', () => {
  it('plays files that exist, in order, no two at the same instant, up to its day', () => {
    const instants = journey.submissions.map(({ receivedAt }) => receivedAt);
    expect(instants).toEqual([...new Set(instants)].sort());
    expect(instants.every((at) => at > journey.startsAt && at <= asOf)).toBe(true);
    expect(journey.submissions.filter(({ file }) => !existsSync(urlOf(file)))).toEqual([]);
    expect(journey.submissions.filter(({ unit, file }) => !file.startsWith(`files/${unit}/`))).toEqual([]);
  });

  it('has about 250 uploads, at most a handful per province, and provinces that never report', () => {
    expect(journey.submissions.length).toBeGreaterThan(240);
    expect(journey.submissions.length).toBeLessThan(290);
    const uploads = provinces.map(({ id }) => journey.submissions.filter(({ unit }) => unit === id).length);
    expect(Math.max(...uploads)).toBeLessThanOrEqual(5);
    expect(uploads.filter((count) => count === 0)).toHaveLength(4);
    expect(uploads.filter((count) => count === 1)).toHaveLength(1);
  });

  it('has uploads half a minute before and after the deadline of 30 June', () => {
    const instants = journey.submissions
      .filter(({ unit }) => unit === '80')
      .map(({ receivedAt }) => receivedAt);
    expect(instants).toContain('2022-06-30T16:59:30.000Z');
    expect(instants).toContain('2022-06-30T17:00:30.000Z');
  });

  it('sends one file twice, byte for byte, on the same day', () => {
    const byFile = Map.groupBy(journey.submissions, ({ file }) => file);
    const repeated = [...byFile.values()].filter((uploads) => uploads.length > 1);
    expect(repeated).toHaveLength(1);
    expect(new Set(repeated[0]?.map(({ receivedAt }) => dayOf(receivedAt))).size).toBe(1);
  });
});

describe('the coordinators', () => {
  it('are one or two for each unit, each with an id of its own', () => {
    expect(Object.keys(coordinators).sort()).toEqual(catalogue.units.map(({ id }) => id).sort());
    const everybody = Object.values(coordinators).flat();
    expect(Object.values(coordinators).every(({ length }) => length <= 2)).toBe(true);
    expect(new Set(everybody.map(({ id }) => id)).size).toBe(everybody.length);
    expect(new Set(everybody.map(({ email }) => email)).size).toBe(everybody.length);
  });

  it('cannot be anybody: reserved addresses and invented numbers, some without a number, one in English', () => {
    const everybody = Object.values(coordinators).flat();
    expect(everybody.filter(({ email }) => !email?.endsWith('.example'))).toEqual([]);
    const phones = everybody.flatMap(({ phone }) => phone ?? []);
    expect(phones.filter((phone) => !/^\+8490000\d{4}$/.test(phone))).toEqual([]);
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.length).toBeLessThan(everybody.length);
    expect(everybody.filter(({ language }) => language === 'en')).toHaveLength(1);
  });
});

describe('the files, checked in the order of the journey', () => {
  const checks = new Map<Upload, Check>();
  const publications = new Map<string, Publication[]>();

  beforeAll(async () => {
    for (const [index, upload] of journey.submissions.entries()) {
      const history = publications.get(upload.unit) ?? [];
      const check = await checkUpload(upload, history);
      checks.set(upload, check);
      if (check.verdict === 'rejected') continue;
      const { receivedAt } = upload;
      const submissionId = String(index).padStart(26, '0');
      publications.set(upload.unit, [
        ...history,
        { submissionId, receivedAt, acceptedAt: receivedAt, figures: check.figures },
      ]);
    }
  });

  it('are accepted or rejected as the journey says', () => {
    const surprises = [...checks].filter(([upload, check]) => check.verdict !== upload.expect);
    expect(surprises.map(([{ file }, { issues }]) => ({ file, issues }))).toEqual([]);
  });

  it('have no remark but on unused columns and falling figures', () => {
    const codes = [...checks]
      .filter(([{ expect }]) => expect === 'accepted')
      .flatMap(([, check]) => Object.keys(check.issueCounts));
    expect([...new Set(codes)].sort()).toEqual(['column-ignored', 'value-fell']);
  });

  it.each(rejectedFiles)('rejects $path for its own mistakes only', ({ path, codes }) => {
    const [, check] = [...checks].find(([{ file }]) => file === path) ?? [];
    expect(check?.issues.map(({ code }) => code)).toEqual(codes);
  });

  it.each<[unit: string, indicator: string, State, value: string | null, reportedLateOn?: string]>([
    ['74', 'II.9.1', 'overdue', '98.70'],
    ['26', 'II.62.1', 'overdue', '99.99'],
    ['02', 'II.23.1', 'met', '71.50'],
    ['02', 'II.23.2', 'overdue', '97.44'],
    ['02', 'II.23.3', 'overdue', '84.99'],
    ['06', 'II.6.1', 'met', '100.00'],
    ['58', 'II.43.1', 'met', '100.00'],
    ['68', 'II.38.1', 'overdue', '50.00'],
    ['72', 'II.53.1', 'met', '7.00'],
    ['36', 'II.40.1', 'overdue', '6.99'],
    ['27', 'II.7.1', 'met', '10.40'],
    ['27', 'II.7.2', 'met', '22.50'],
    ['37', '1.dd.1', 'met', '100.00'],
    ['80', 'II.39.1', 'met', '100.00', '2022-07-01'],
    ['52', 'II.10.1', 'met', '100.00', '2022-07-01'],
    ['20', 'II.36.1', 'met-late', '100.00'],
    ['54', 'II.45.1', 'met-late', '100.00'],
    ['31', '1.g.1', 'met-late', '100.00'],
    ['60', 'II.12.1', 'overdue', '89.60'],
    ['38', 'II.56.1', 'met', '7.32'],
    ['45', 'II.50.1', 'met', '70.30'],
    ['87', 'II.21.1', 'overdue', '40.00'],
    ['93', 'II.28.1', 'overdue', '85.00'],
    ['48', 'II.16.1', 'met', '100.00'],
    ['12', 'II.35.1', 'at-risk', '20.79'],
    ['51', 'II.48.1', 'on-track', '44.87'],
    ['15', 'II.63.1', 'on-track', '41.30'],
    ['67', 'II.18.1', 'on-track', '45.00'],
    ['62', 'II.34.1', 'awaited', null],
    ['64', 'II.22.1', 'awaited', null],
    ['84', 'II.59.1', 'overdue', null],
    ['74', '1.r.1', 'unscheduled', null],
    ['BTTTT', '2.b.1', 'met', '100.00'],
    ['BTTTT', '2.d.1', 'on-track', '7310.00'],
    ['BYT', 'I.15.1', 'met-late', '100.00'],
    ['VPCP', '3.a.1', 'overdue', '80.00'],
  ])(
    'leave %s with %s %s at %s on 2022-07-01',
    (unit, indicator, state, value, reportedLateOn = undefined) => {
      const assessment = assess(unit, asOf).find((each) => each.indicator === indicator);
      expect(assessment).toMatchObject({ state, value, reportedLateOn: reportedLateOn ?? null });
    },
  );

  it('show every state, and each of the main ones many times', () => {
    const all = catalogue.units.flatMap(({ id }) => assess(id, asOf));
    const counts = new Map(states.map((state) => [state, all.filter((each) => each.state === state).length]));
    expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
    const own = provinces.flatMap(({ id }) => assess(id, asOf)).filter(({ ref }) => ref.startsWith('II.'));
    expect(own.filter(({ state }) => state === 'met').length).toBeGreaterThan(20);
    expect(own.filter(({ state }) => state === 'overdue').length).toBeGreaterThan(15);
    expect(own.filter(({ state }) => state === 'at-risk').length).toBeGreaterThanOrEqual(3);
    expect(own.filter(({ state }) => state === 'on-track').length).toBeGreaterThanOrEqual(3);
    expect(own.filter(({ state }) => state === 'met-late').length).toBeGreaterThanOrEqual(2);
  });

  it('leave nothing due in June overdue in the last second of June, and much of it one second later', () => {
    const lastSecond = parseAsOf('2022-06-30T23:59:59+07:00') ?? '';
    const overdueAt = (at: Instant) =>
      provinces
        .flatMap(({ id }) => assess(id, at))
        .filter(({ state, due }) => state === 'overdue' && due === '2022-06-30');
    expect(overdueAt(lastSecond)).toEqual([]);
    expect(overdueAt('2022-06-30T17:00:00.000Z').length).toBeGreaterThan(30);
  });

  it('replace the figure of May that was corrected', () => {
    const points = foldPublications(publications.get('60') ?? [], asOf);
    const may = points.filter(({ indicator, period }) => indicator === 'II.12.1' && period === '2022-05');
    expect(may.map(({ numerator }) => numerator)).toEqual([1_088_041]);
  });

  function assess(unit: string, at: Instant): Assessment[] {
    return assessUnit(catalogue, unit, publications.get(unit) ?? [], at, []);
  }
});

async function checkUpload(
  { unit, file, receivedAt }: Upload,
  history: readonly Publication[],
): Promise<Check> {
  const bytes = readFileSync(urlOf(file));
  const source: SourceFile = {
    async *open() {
      yield bytes;
    },
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const published = foldPublications(history, receivedAt);
  return checkFile(source, { catalogue, areas: loadAreas(), unitId: unit, receivedAt, published });
}

function urlOf(path: string): URL {
  return new URL(path, folder);
}

function readText(path: string): string {
  // Node keeps the byte order mark, which is one of the habits.
  return readFileSync(urlOf(path), 'utf8');
}
