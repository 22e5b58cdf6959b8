import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../shared/domain/intake/check-file.ts';
import type { CheckContext } from '../../../shared/domain/intake/source-file.ts';
import { context, sourceOf } from './sources.ts';

/** The sentences of the first issue of a file. */
async function sentencesOf(content: string, given: Partial<CheckContext> = {}) {
  const { issues } = await checkFile(sourceOf(content), { ...context, ...given });
  return { vi: issues[0]?.message.vi, en: issues[0]?.message.en };
}

const header = 'indicator;period;value;completed_on;evidence\n';

describe('the sentences of an issue', () => {
  it('say how a number was read that another cell tells how to read, and which cell that is', async () => {
    expect(await sentencesOf(`${header}1.a.1;2022-06;50,5\nII.9.1;2022-06;99.996`)).toEqual({
      vi: expect.stringContaining(
        '99.996, được đọc là 99996 vì “50,5” ở ô C2 cho thấy dấu thập phân là dấu phẩy, nằm ngoài khoảng',
      ),
      en: expect.stringContaining(
        '99.996, read as 99996 because “50,5” in C2 shows a decimal comma, is outside',
      ),
    });
    expect(await sentencesOf(`${header}1.a.1;2022-06;50.5\n1.b.1;2022-06;1.234`)).toEqual({
      vi: expect.stringContaining('“1.234”, được đọc là 1,234 vì “50.5” ở ô C2'),
      en: expect.stringContaining(
        '“1.234”, read as 1.234 because “50.5” in C2 shows a decimal point, is not',
      ),
    });
  });

  it('say the row and the field where a file has no cells', async () => {
    const rows = [
      { indicator: '1.a.1', period: '2022-06', value: '50,5' },
      { indicator: 'II.9.1', period: '2022-06', value: '99.996' },
    ];
    expect((await sentencesOf(JSON.stringify(rows))).vi).toContain('“50,5” ở dòng 1 cột “value”');
  });

  it('do not speak of other cells where a number can be read in one way only', async () => {
    const { vi } = await sentencesOf(`${header}1.a.1;2022-06;50,5\nII.9.1;2022-06;101`);
    expect(vi).toBe('101 nằm ngoài khoảng cho phép (0–100). Hãy kiểm tra lại con số này.');
  });

  it('name the cell whose style a number does not follow', async () => {
    const { vi } = await sentencesOf(`${header}1.a.1;2022-06;50,5\nII.9.1;2022-06;98.7`);
    expect(vi).toContain('(ví dụ 50,5 ở ô C2)');
  });

  it.each([
    ['1 234', 'Hãy viết liền: 1234.'],
    ['1\u00a0640\u00a0000', 'Hãy viết liền: 1640000.'],
    ['1 234,5', 'Hãy viết liền: 1234,5.'],
    ['12 xã', 'Hãy chỉ ghi số'],
  ])('blame the space in %s where it is at fault', async (value, remedy) => {
    expect((await sentencesOf(`${header}1.b.1;2022-06;${value}`)).vi).toContain(remedy);
  });

  it.each([
    ['06/15/2022', 'có phải ý là 15/06/2022?'],
    ['15/6/22', 'Năm chỉ có hai chữ số nên không đoán'],
    ['202206', 'Sáu chữ số liền nhau'],
    ['tháng sáu', 'Hãy ghi tháng 06/2022, Quý II/2022'],
  ])('of the period %s say what could be meant', async (period, hint) => {
    expect((await sentencesOf(`${header}II.9.1;${period};50`)).vi).toContain(hint);
  });

  it('of a period to come name the day from which it may be sent and the day that was counted from', async () => {
    expect(await sentencesOf(`${header}II.9.1;Tháng 8/2022;50`)).toEqual({
      vi: expect.stringContaining('từ ngày 01/08/2022; ngày nhận tệp ở đây là 05/07/2022.'),
      en: expect.stringContaining('from 2022-08-01 on; the day of receipt here is 2022-07-05.'),
    });
  });

  it('of a number that may be cut in two say both readings', async () => {
    const { vi } = await sentencesOf('indicator,period,value,note\n1.b.1,2022-06,98,7');
    expect(vi).toContain('Nếu là một số, hãy ghi "98,7" hoặc 98.7;');
    const thousands = await sentencesOf('indicator,period,value,note\n1.b.1,2022-06,1,234');
    expect(thousands.vi).toContain('Nếu là một số, hãy ghi "1,234" hoặc 1234;');
  });

  it('write numbers and days of published figures as in Vietnam', async () => {
    const published = [
      { indicator: 'II.9.1', period: '2022-06', asAt: '2022-06-30', value: '98.7', areas: 0 },
    ];
    expect(await sentencesOf(`${header}II.9.1;2022-06;50,5`, { published })).toEqual({
      vi: expect.stringContaining(
        'Giảm từ 98,70 (II.9.1, 06/2022, 30/06/2022) (đã công bố) xuống 50,50 (II.9.1, 06/2022, 30/06/2022).',
      ),
      en: expect.stringContaining('98.70 (II.9.1, 2022-06, 2022-06-30)'),
    });
  });

  it('speak of objects, not of a header, where a JSON file has no observations', async () => {
    expect((await sentencesOf('[]')).vi).not.toContain('tiêu đề');
  });

  it('name the line that sets a delimiter under which no header is found', async () => {
    expect((await sentencesOf(`sep=,\n${header}`)).vi).toContain('Dòng đầu “sep=,”');
    expect((await sentencesOf('a;b')).vi).not.toContain('sep=');
  });

  it('say once what the JSON of a file should be', async () => {
    const { vi = '' } = await sentencesOf('{"data":[]}');
    expect(vi.split('"observations"')).toHaveLength(2);
  });
});
