import { expect, it } from 'vitest';
import { readRange } from '../../../local/s3/get-object.ts';

it.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=2-5', { start: 2, end: 5 }],
  ['bytes=2-9', { start: 2, end: 9 }],
  ['bytes=2-10', { start: 2, end: 9 }],
  ['bytes=9-', { start: 9, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-10', { start: 0, end: 9 }],
  ['bytes=-11', { start: 0, end: 9 }],
])('of ten bytes %s is %j', (text, range) => {
  expect(readRange(text, 10)).toEqual(range);
});

it.each([undefined, '', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=a-b'])(
  '%j asks for the whole object',
  (text) => {
    expect(readRange(text, 10)).toBeUndefined();
  },
);

it.each([
  ['bytes=10-', 10],
  ['bytes=10-12', 10],
  ['bytes=-0', 10],
  ['bytes=0-', 0],
  ['bytes=-1', 0],
])('%s is not in an object of %i bytes', (text, size) => {
  expect(() => readRange(text, size)).toThrow(expect.objectContaining({ code: 'InvalidRange' }));
});
