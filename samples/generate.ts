/**
 * Writes the sample files, `journey.json`, `coordinators.json` and `README.md` of this folder:
 * `npx node samples/generate.ts`. The same code gives the same bytes; files it no longer makes are removed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { agencyStories } from './agency-stories.ts';
import { sampleCoordinators } from './coordinators.ts';
import { extraSubmissions, repeatedSubmission } from './extra-submissions.ts';
import type { Journey } from './journey.ts';
import { provinceStories } from './province-stories.ts';
import { sampleReadme } from './readme.ts';
import { rejectedSubmissions } from './rejected-files.ts';
import { journeyStartsAt, type SampleSubmission, submissionsOf } from './submissions.ts';

/** A file below `samples/`: `{ path: 'files/74/bao-cao-2022-06.csv', bytes }`. */
export interface SampleFile {
  path: string;
  bytes: Uint8Array;
}

/** The day the journey leads up to. */
const asOf = '2022-07-01';

/** Everything this folder holds beside the code, each path once. */
export function generateSamples(): SampleFile[] {
  const catalogue = loadCatalogue();
  const submissions = allSubmissions();
  const files = new Map(submissions.map(({ path, bytes }) => [path, bytes]));
  const journey: Journey = {
    asOf,
    startsAt: journeyStartsAt,
    submissions: submissions.map(({ unit, path, receivedAt, expect }) => ({
      unit,
      file: path,
      receivedAt,
      expect,
    })),
  };
  return [
    ...[...files].map(([path, bytes]) => ({ path, bytes })),
    { path: 'journey.json', bytes: jsonBytes(journey) },
    { path: 'coordinators.json', bytes: jsonBytes(sampleCoordinators(catalogue)) },
    { path: 'README.md', bytes: new TextEncoder().encode(sampleReadme(catalogue, journey)) },
  ];
}

function allSubmissions(): SampleSubmission[] {
  const catalogue = loadCatalogue();
  const regular = [...provinceStories, ...agencyStories].flatMap((story) => submissionsOf(catalogue, story));
  return [
    ...regular,
    repeatedSubmission(regular),
    ...extraSubmissions(catalogue),
    ...rejectedSubmissions(catalogue),
  ].sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
}

function jsonBytes(content: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
}

function writeSamples(): void {
  rmSync(new URL('files', import.meta.url), { recursive: true, force: true });
  for (const { path, bytes } of generateSamples()) {
    const url = new URL(path, import.meta.url);
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, bytes);
  }
}

if (import.meta.main) writeSamples();
