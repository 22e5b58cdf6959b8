import { describe, expect, it } from 'vitest';
import { defaultPort, readOptions } from '../../local/options.ts';

const defaults = { isOnce: false, isEmpty: false, port: defaultPort };

describe('the arguments of npm start', () => {
  it.each<[string[], object]>([
    [[], defaults],
    [['--once'], { ...defaults, isOnce: true }],
    [['--empty', '--data', 'so-lieu'], { ...defaults, isEmpty: true, data: 'so-lieu' }],
    [['--port', '0'], { ...defaults, port: 0 }],
    [['--port', '65532'], { ...defaults, port: 65_532 }],
    [['--as-of', '2022-05-31'], { ...defaults, asOf: '2022-05-31T16:59:59.999Z' }],
    [['--as-of', '2022-05-31T08:00:00+07:00'], { ...defaults, asOf: '2022-05-31T01:00:00.000Z' }],
  ])('%j are read', (args, expected) => {
    expect(readOptions(args)).toEqual(expected);
  });

  it.each([
    ['--port', '-1', 'Cổng là số'],
    ['--port', '65534', 'Cổng là số'],
    ['--port', '80.5', 'Cổng là số'],
    ['--port', '', 'Cổng là số'],
    ['--port', 'http', 'a port is a number'],
    ['--as-of', '2022-02-30', 'Ghi ngày như'],
    ['--as-of', 'tomorrow', 'write a date'],
  ])('%s %s is refused with what would be right', (option, value, said) => {
    expect(readOptions([`${option}=${value}`])).toEqual({
      exitCode: 2,
      text: expect.stringContaining(said),
    });
  });

  it.each([['--twice'], ['more'], ['--data']])('%s is refused as wrong usage', (...args) => {
    expect(readOptions(args)).toMatchObject({ exitCode: 2 });
  });

  it('ask for help, which fits a terminal of 100 columns', () => {
    const help = readOptions(['--help']);
    if (!('text' in help)) throw new Error('no help');
    expect(help.exitCode).toBe(0);
    for (const option of ['--once', '--empty', '--as-of', '--data', '--port'])
      expect(help.text).toContain(option);
    for (const line of help.text.split('\n')) expect([...line].length).toBeLessThanOrEqual(100);
  });
});
