import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type AwsCall, operatorArn } from '../../../local/aws-service.ts';
import { createClock } from '../../../local/clock.ts';
import { parseEventPattern } from '../../../local/events/event-pattern.ts';
import { createEvents, type Rule } from '../../../local/events/events.ts';
import { objectCreated } from '../../../local/events/object-created.ts';

const clock = createClock('2022-06-30T10:20:30.456Z');
const upload = objectCreated({
  bucket: 'uploads',
  key: '74/01G6 Đ+x',
  size: 42,
  etag: '"abc"',
  time: '2022-06-30T10:20:29.000Z',
});

/** An EventBridge with these rules and what it sent. */
function bus(rules: readonly Rule[]) {
  const sent: { queueArn: string; event: unknown }[] = [];
  const events = createEvents({
    clock,
    rules,
    send: (queueArn, body) => sent.push({ queueArn, event: JSON.parse(body) }),
  });
  return { events, sent };
}

describe('a pattern', () => {
  const event = {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    resources: ['arn:aws:s3:::uploads', 'arn:aws:s3:::other'],
    detail: { bucket: { name: 'uploads' }, object: { key: '74/a.csv', size: 42 }, flag: true, nothing: null },
  };
  it.each([
    ['an exact value', { source: ['aws.s3'] }, true],
    ['another value', { source: ['aws.sqs'] }, false],
    ['one of several values', { source: ['aws.sqs', 'aws.s3'] }, true],
    ['two fields that both match', { source: ['aws.s3'], 'detail-type': ['Object Created'] }, true],
    [
      'two fields of which one does not match',
      { source: ['aws.s3'], 'detail-type': ['Object Deleted'] },
      false,
    ],
    ['a nested field', { detail: { bucket: { name: ['uploads'] } } }, true],
    ['a nested field of another value', { detail: { bucket: { name: ['exports'] } } }, false],
    ['a number', { detail: { object: { size: [42] } } }, true],
    ['a number as text', { detail: { object: { size: ['42'] } } }, false],
    ['a boolean', { detail: { flag: [true] } }, true],
    ['null', { detail: { nothing: [null] } }, true],
    ['null for an absent field', { detail: { absent: [null] } }, false],
    ['a value of a list', { resources: ['arn:aws:s3:::other'] }, true],
    ['a prefix', { detail: { object: { key: [{ prefix: '74/' }] } } }, true],
    ['a prefix that is only within', { detail: { object: { key: [{ prefix: '4/' }] } } }, false],
    ['a suffix', { detail: { object: { key: [{ suffix: '.csv' }] } } }, true],
    ['another suffix', { detail: { object: { key: [{ suffix: '.json' }] } } }, false],
    ['a prefix of a number', { detail: { object: { size: [{ prefix: '4' }] } } }, false],
    ['anything but another value', { source: [{ 'anything-but': 'tiendo' }] }, true],
    ['anything but the value', { source: [{ 'anything-but': ['tiendo', 'aws.s3'] }] }, false],
    ['anything but, for an absent field', { region: [{ 'anything-but': 'x' }] }, false],
    ['a field that exists', { source: [{ exists: true }] }, true],
    ['a field that must not exist', { source: [{ exists: false }] }, false],
    ['an absent field that must not exist', { detail: { object: { version: [{ exists: false }] } } }, true],
    ['an inherited name that must not exist', { toString: [{ exists: false }] }, true],
    ['an object where a value is listed', { detail: ['x'] }, false],
  ])('with %s', (_, pattern, expected) => {
    expect(parseEventPattern(pattern)(event)).toBe(expected);
  });

  it.each([
    ['an unknown operator', { source: [{ wildcard: 'a*' }] }, 'pattern.source: Unknown operator "wildcard"'],
    [
      'a numeric range',
      { detail: { size: [{ numeric: ['>', 1] }] } },
      'pattern.detail.size: Unknown operator "numeric"',
    ],
    ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'one operator'],
    ['alternatives of fields', { $or: [{ source: ['a'] }] }, 'pattern.$or'],
    ['a bare value', { source: 'aws.s3' }, 'pattern.source must be an object'],
    ['no alternatives', { source: [] }, 'pattern.source lists no value'],
    ['nothing', {}, 'must be an object with fields'],
  ])('with %s is refused when it is made', (_, pattern, message) => {
    expect(() => parseEventPattern(pattern)).toThrow(message);
  });
});

describe('an event', () => {
  const rules: Rule[] = [
    {
      name: 'Uploads',
      pattern: { source: ['aws.s3'], detail: { bucket: { name: ['uploads'] } } },
      targets: [{ queueArn: 'ingest' }],
    },
    {
      name: 'Published',
      pattern: { source: ['tiendo'] },
      targets: [{ queueArn: 'evaluate' }, { queueArn: 'export' }],
    },
  ];

  it('reaches the targets of the rules it matches, in the envelope of EventBridge', () => {
    const { events, sent } = bus(rules);
    events.put(upload);
    expect(sent).toEqual([
      {
        queueArn: 'ingest',
        event: {
          version: '0',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          'detail-type': 'Object Created',
          source: 'aws.s3',
          account: '000000000000',
          time: '2022-06-30T10:20:29Z',
          region: 'ap-southeast-1',
          resources: ['arn:aws:s3:::uploads'],
          detail: expect.objectContaining({
            bucket: { name: 'uploads' },
            object: {
              key: '74/01G6 Đ+x',
              size: 42,
              etag: 'abc',
              sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
            },
          }),
        },
      },
    ]);
  });

  it('reaches every target of a rule, and none when no rule matches', () => {
    const { events, sent } = bus(rules);
    events.put({ source: 'tiendo', detailType: 'PointsPublished', detail: {} });
    expect(sent.map(({ queueArn }) => queueArn)).toEqual(['evaluate', 'export']);
    events.put({ source: 'other', detailType: 'x', detail: {} });
    expect(sent).toHaveLength(2);
  });

  it('without a time happened now', () => {
    expect(bus([]).events.put({ source: 'tiendo', detailType: 'x', detail: {} }).time).toBe(
      '2022-06-30T10:20:30Z',
    );
  });

  it('of a rule that cannot be evaluated stops the start, naming the rule', () => {
    expect(() => bus([{ name: 'Odd', pattern: { source: [{ cidr: '::/0' }] }, targets: [] }])).toThrow(
      'Rule Odd',
    );
  });
});

describe('PutEvents', () => {
  async function putEvents(entries: readonly object[], target = 'AWSEvents.PutEvents') {
    const { events, sent } = bus([
      { name: 'All', pattern: { source: [{ exists: true }] }, targets: [{ queueArn: 'q' }] },
    ]);
    const asked: string[] = [];
    const call: AwsCall = {
      service: 'events',
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': target },
      body: Readable.from([Buffer.from(JSON.stringify({ Entries: entries }))]),
      signedHeaders: [],
      caller: { accessKeyId: 'AKID', roleArn: operatorArn, tags: {} },
      authorize: (action, resource) => void asked.push(`${action} ${resource}`),
    };
    const { body } = await events.handle(call);
    return { asked, sent, output: JSON.parse(String(body)) };
  }
  const entry = { Source: 'tiendo', DetailType: 'PointsPublished', Detail: '{"unit":"74","year":2022}' };

  it('delivers, answers with the ids and needs its permission on the bus', async () => {
    const { asked, sent, output } = await putEvents([entry]);
    expect(asked).toEqual(['events:PutEvents arn:aws:events:ap-southeast-1:000000000000:event-bus/default']);
    expect(sent[0]?.event).toMatchObject({ source: 'tiendo', detail: { unit: '74', year: 2022 } });
    expect(output).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  });

  it.each([
    ['without a source', { ...entry, Source: undefined }, 'InvalidArgument'],
    ['whose detail is no JSON', { ...entry, Detail: '{' }, 'MalformedDetail'],
    ['whose detail is no object', { ...entry, Detail: '[1]' }, 'MalformedDetail'],
    ['in the name of AWS', { ...entry, Source: 'aws.s3' }, 'NotAuthorizedForSourceException'],
  ])('refuses an entry %s and delivers the others', async (_, bad, code) => {
    const { sent, output } = await putEvents([bad, entry]);
    expect(sent).toHaveLength(1);
    expect(output).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: code }, { EventId: expect.any(String) }],
    });
  });

  it.each([
    ['no entry', [], undefined, 'ValidationException'],
    ['eleven entries', Array.from({ length: 11 }, () => entry), undefined, 'ValidationException'],
    ['an unknown field', [{ ...entry, TraceHeader: 'x' }], undefined, 'ValidationException'],
    ['another bus', [{ ...entry, EventBusName: 'other' }], undefined, 'ResourceNotFoundException'],
    ['another action', [entry], 'AWSEvents.PutRule', 'UnknownOperationException'],
  ])('with %s is refused', async (_, entries, target, code) => {
    await expect(putEvents(entries, target)).rejects.toMatchObject({ code });
  });

  it('takes ten entries', async () => {
    expect((await putEvents(Array.from({ length: 10 }, () => entry))).sent).toHaveLength(10);
  });
});
