import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonRows } from '../../../shared/domain/intake/json-rows.ts';
import {
  type JsonHandler,
  JsonTokenizer,
  maxJsonDepth,
} from '../../../shared/domain/intake/json-tokenizer.ts';

/** What is wrong with a text, and how many values stand in it one after the other. */
function tokenize(text: string): { fault: string | undefined; values: number } {
  let [depth, values] = [0, 0];
  const count = () => {
    if (depth === 0) values += 1;
  };
  const handler: JsonHandler = {
    open() {
      count();
      depth += 1;
    },
    close() {
      depth -= 1;
    },
    key() {},
    scalar: count,
  };
  const tokenizer = new JsonTokenizer(handler);
  tokenizer.write(text);
  tokenizer.end();
  return { fault: tokenizer.fault, values };
}

const faultOf = (text: string) => tokenize(text).fault;

describe('the JSON tokenizer', () => {
  it.each([
    ['{"a":[1,-2.5e+3,true,false,null,"\\u00e9\\n"]}', undefined],
    ['[]', undefined],
    ['{}', undefined],
    ['[1,]', 'json-invalid'],
    ['{"a":1,}', 'json-invalid'],
    ['{a:1}', 'json-invalid'],
    ["['a']", 'json-invalid'],
    ['[01]', 'json-invalid'],
    ['[1.]', 'json-invalid'],
    ['[+1]', 'json-invalid'],
    ['[NaN]', 'json-invalid'],
    ['["a\nb"]', 'json-invalid'],
    ['["\\x"]', 'json-invalid'],
    ['["\\u12g4"]', 'json-invalid'],
    ['[1', 'json-invalid'],
    ['["a', 'json-invalid'],
    ['[}', 'json-invalid'],
    ['{"a" 1}', 'json-invalid'],
    ['[1 2]', 'json-invalid'],
    ['\u00a0[]', 'json-invalid'],
    ['['.repeat(maxJsonDepth) + ']'.repeat(maxJsonDepth), undefined],
    ['['.repeat(maxJsonDepth + 1), 'json-too-deep'],
  ])('finds in %s the fault %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('accepts what JSON.parse accepts, and nothing else', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '.',
      '0',
      'e',
      'true',
      'null',
      ' ',
      '\n',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 10 }), (parts) => {
        const text = `[${parts.join('')}]`;
        const isJson = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        const { fault, values } = tokenize(text);
        // Several values one after the other, which lines of objects need, are no JSON to `JSON.parse`.
        fc.pre(values === 1);
        expect(fault === undefined, text).toBe(isJson);
      }),
      { numRuns: 500 },
    );
  });

  it('accepts every document JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(faultOf(JSON.stringify(value))).toBeUndefined();
      }),
    );
  });
});

function read(text: string) {
  const rows = new JsonRows();
  return [...rows.write(text), ...rows.end()].map(({ row, cells, issues, isReadable, isData }) => ({
    row,
    cells: Object.fromEntries([...cells].map(([field, { text: content }]) => [field, content])),
    codes: issues.map(({ code }) => code),
    isUsable: isReadable && isData,
  }));
}

const good = (row: number, indicator: string) => ({ row, cells: { indicator }, codes: [], isUsable: true });

describe('the observations of a JSON file', () => {
  it.each([
    ['an array', '[{"indicator":"a"},{"Mã chỉ tiêu":"b"}]'],
    ['an object with observations', '{"observations":[{"indicator":"a"},{"indicator":"b"}]}'],
    ['one object a line', '{"indicator":"a"}\n{"indicator":"b"}'],
    ['one object on several lines each', '{\n"indicator":"a"\n}\n\n{\n"indicator":"b"}\n'],
  ])('are read from %s', (_, text) => {
    expect(read(text)).toEqual([good(1, 'a'), good(2, 'b')]);
  });

  it('are one when there is one object', () => {
    expect(read('{"indicator":"a"}')).toEqual([good(1, 'a')]);
  });

  it.each([
    ['two objects on one line', '{"indicator":"a"} {"indicator":"b"}', 'json-invalid'],
    ['an array after an object', '{"indicator":"a"}\n[]', 'json-invalid'],
    ['a value after an array', '[{"indicator":"a"}] 1', 'json-invalid'],
    ['observations that are no array', '{"observations":{"indicator":"a"}}', 'json-invalid'],
    ['observations twice', '{"observations":[],"observations":[{"indicator":"a"}]}', 'json-duplicate-key'],
    ['observations within lines', '{"indicator":"a"}\n{"observations":[{"indicator":"b"}]}', 'json-invalid'],
    ['a list for a field', '[{"indicator":["a"]}]', 'json-invalid'],
    ['a list for an observation', '[["a"]]', 'json-invalid'],
    ['observations twice in two spellings', '{"observations":[],"Observations":[]}', 'header-duplicate'],
    [
      'an object and then a list of observations',
      '{"Observations":{},"observations":[]}',
      'header-duplicate',
    ],
    ['two units beside them', '{"unit":"x","observations":[],"đơn vị":"x"}', 'header-duplicate'],
    ['a unit twice beside them', '{"unit":"x","observations":[],"unit":"x"}', 'json-duplicate-key'],
    ['a unit beside them that is an object', '{"unit":{"id":"x"},"observations":[]}', 'json-invalid'],
    ['a list of units beside them', '{"observations":[],"unit":["x"]}', 'json-invalid'],
    ['half a character in a unit beside them', '{"unit":"\\udc00","observations":[]}', 'character-invalid'],
    ['half a character in a key', '[{"\\udc00":1}]', 'character-invalid'],
  ])('are refused from %s', (_, text, code) => {
    expect(read(text).flatMap(({ codes }) => codes)).toContain(code);
  });

  it('keep other keys beside them out, each with one warning', () => {
    const rows = read(
      '{"title":{"a":[1]},"year":2022,"observations":[{"indicator":"a","x":1},{"indicator":"b","x":2}],"end":[{}]}',
    );
    expect(rows.flatMap(({ codes }) => codes)).toEqual(Array(4).fill('column-ignored'));
    expect(rows.filter(({ isUsable }) => isUsable).map(({ row }) => row)).toEqual([1, 2]);
  });

  it.each([
    ['before them', '{"unit":"x","observations":[{"indicator":"a"}]}'],
    ['behind them', '{"observations":[{"indicator":"a"}],"unit":"x"}'],
    ['behind a field that is none', '{"value":{"a":1},"unit":"x","observations":[{"indicator":"a"}]}'],
  ])('come with the unit that is named %s', (_, text) => {
    const rows = read(text);
    expect(rows.filter(({ isUsable }) => isUsable)).toEqual([good(1, 'a')]);
    expect(rows.at(-1)).toEqual({ row: 0, cells: { unit: 'x' }, codes: [], isUsable: false });
  });

  it('are not given a unit by the fields of another observation', () => {
    expect(read('{"unit":"x"}\n{"indicator":"a"}').map(({ cells }) => cells)).toEqual([
      { unit: 'x' },
      { indicator: 'a' },
    ]);
  });

  it('keep the text of their numbers', () => {
    expect(
      read('[{"value":98.70},{"value":9007199254740993},{"value":1e400}]').map(({ cells }) => cells.value),
    ).toEqual(['98.70', '9007199254740993', '1e400']);
  });
});
