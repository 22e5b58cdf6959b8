import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSteps } from './counted-steps.ts';

const steps = countSteps();
const { checkFile } = await import('../../shared/domain/intake/check-file.ts');
const { anyFile, fixtureFiles } = await import('../domain/intake/any-file.ts');
const { expectSound } = await import('../domain/intake/expect-sound.ts');
const { context, sourceOf, sourceOfPieces } = await import('../domain/intake/sources.ts');

const seed = Number(process.env.TIENDO_SEED ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env.TIENDO_RUNS ?? 100_000);

/** The most steps a file may take: for the rules to be prepared, and for each of its bytes. */
const mostSteps = { once: 8000, perByte: 40 };

/** The steps of one check. The engine may count some twice while it compiles, so the fewer of two counts. */
async function stepsFor(content: string): Promise<number> {
  const count = async () => {
    steps();
    await checkFile(sourceOf(content), context);
    return steps();
  };
  return Math.min(await count(), await count());
}

describe('any file', () => {
  it(`is accepted or rejected with codes, in steps linear in its bytes (${numRuns} files, seed ${seed})`, async () => {
    const seen = { files: 0, accepted: 0, bytes: 0, steps: 0, mostPerByte: 0, codes: new Set<string>() };
    const property = fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 9 }), async (bytes, pieceBytes) => {
      steps();
      const check = await checkFile(sourceOf(bytes), context);
      const taken = steps();
      expect(taken).toBeLessThan(mostSteps.once + mostSteps.perByte * bytes.length);
      await expectSound(check, bytes, pieceBytes);
      seen.files += 1;
      seen.bytes += bytes.length;
      seen.steps += taken;
      if (bytes.length >= 1000) seen.mostPerByte = Math.max(seen.mostPerByte, taken / bytes.length);
      if (check.verdict === 'accepted') seen.accepted += 1;
      for (const code of Object.keys(check.issueCounts)) seen.codes.add(code);
    });
    await fc.assert(property, { numRuns, seed });
    console.info('Any file:', { seed, ...seen, codes: seen.codes.size });
    expect(seen.files).toBe(numRuns);
  });
});

/** What a file may be full of. `#` stands for a number that is another one each time. */
const filling = fc.oneof(
  fc.constantFrom(
    'II.9.1,2022-06,,50\n',
    'II.9.1,2022-06-05,718,x#\n',
    '1.b.1,2022-06,25741,#\n',
    'x#,',
    '"',
    '""',
    '"x#",',
    '\n',
    ' ',
    'ộ',
    '\u0323',
    '\0',
    '1.234',
    '{"indicator":"II.9.1","period":"2022-06","value":#},',
    '{"indicator":"II.9.1","period":"2022-06","x#":#}\n',
    '"x#":1,',
    '[],',
    '[',
    '{"a":',
    '\\u0020',
  ),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const opening = fc.constantFrom(
  '',
  'indicator,period,area,value\n',
  'indicator,period,area,value\nII.9.1,2022-06,,',
  'indicator,period,area,value\nII.9.1,2022-06,,"',
  'indicator,period,',
  '[',
  '[{',
  '[{"note":"',
  '{"observations":[',
  '{',
);
const ending = fc.constantFrom('', '\n', '"', ']', '"}]', '"x":1}]', 'period,value\nII.9.1,2022-06,50');

describe('a file that grows', () => {
  it('adds twice the steps when it adds twice the bytes, where work by the square would add four times', async () => {
    const property = fc.asyncProperty(opening, filling, ending, async (before, unit, after) => {
      const grown = (times: number) =>
        before +
        Array.from({ length: times }, (_, index) => unit.replaceAll('#', String(10_000 + index))).join('') +
        after;
      const [some, twice, fourfold] = [
        await stepsFor(grown(1500)),
        await stepsFor(grown(3000)),
        await stepsFor(grown(6000)),
      ];
      expect(fourfold - twice).toBeLessThan(3 * (twice - some) + mostSteps.once);
    });
    await fc.assert(property, { numRuns: 300, seed });
  });
});

describe('a file cut in two', () => {
  it.each([...fixtureFiles])('%s is the same wherever it is cut', async (_, bytes) => {
    const whole = await checkFile(sourceOf(bytes), context);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      expect(await checkFile(sourceOfPieces(pieces), context), `cut at byte ${cut}`).toEqual(whole);
    }
  });
});
