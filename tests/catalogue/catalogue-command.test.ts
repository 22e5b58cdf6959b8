import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalogueCommand } from '../../cli/commands/catalogue.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { catalogueSchema } from '../../shared/domain/catalogue.ts';
import { runCommand } from '../cli/run-command.ts';

const run = (...args: string[]) => runCommand(catalogueCommand(), args);

describe('tiendo catalogue', () => {
  it('prints the whole catalogue as JSON', async () => {
    const { out, exitCode } = await run('--json');
    expect(JSON.parse(out)).toEqual(loadCatalogue());
    expect(exitCode).toBe(0);
  });

  it('prints one unit and the tasks it answers for', async () => {
    // A part of the catalogue has its shape, but not every unit that the directive names.
    const partSchema = z.strictObject(catalogueSchema.shape);
    const printed = partSchema.parse(JSON.parse((await run('--unit', '74', '--json')).out));
    expect(printed.units.map(({ id }) => id)).toEqual(['74']);
    expect(printed.tasks).toHaveLength(18);
    expect(printed.tasks.at(-1)).toMatchObject({
      ref: 'II.9',
      owner: '74',
      due: { type: 'date', date: '2022-06-30' },
      coordinators: ['BTTTT'],
      indicators: [{ id: 'II.9.1', kind: 'percent', target: { op: 'at-least', value: 100 } }],
    });
  });

  it('prints a table with one line per indicator', async () => {
    const lines = (await run()).out.trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual([
      loadCatalogue().directive.title.vi,
      '93 đơn vị, 142 nhiệm vụ, 149 chỉ tiêu',
    ]);
    expect(lines).toHaveLength(5 + 149);
  });

  it.each([
    ['1.q.1', ['mọi đơn vị', 'hoàn thành', 'tháng 10 hằng năm']],
    ['2.b.1', ['BTTTT', 'hằng tháng']],
    ['3.c.2', ['VPCP', '≥ 100 %', '31/12/2023']],
    ['4.c.1', ['không nêu']],
    ['6.1', ['theo kế hoạch']],
    ['7.b.1', ['thường xuyên']],
    ['II.3.1', ['Bà Rịa - Vũng Tàu', '65–70 %', '30/06/2022', 'NHNN; BTTTT']],
    ['II.7.2', ['≈ 25 %']],
    ['II.12.1', ['> 90 %']],
  ])('shows %s with %o', async (id, cells) => {
    const line = (await run()).out.split('\n').find((text) => text.startsWith(`${id} `));
    for (const cell of cells) expect(line).toContain(cell);
  });

  it.each(['99', '7', '074', 'bttt', ''])(
    'refuses the unit “%s” with exit code 2 and says why',
    async (unit) => {
      expect(await run('--unit', unit, '--json')).toEqual({
        out: '',
        err: expect.stringContaining(`No unit id "${unit}"`),
        exitCode: 2,
      });
    },
  );
});
