import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { pack } from '../../shared/aws/packed-items.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { AlertLedger } from '../../shared/domain/alert.ts';
import { addDays, endOfDay, type Instant, lastDayOfMonth } from '../../shared/domain/calendar.ts';
import type { Outbox } from '../../shared/domain/notification.ts';
import { obligationsOf } from '../../shared/domain/obligation.ts';
import type { Figure, Point, Publication } from '../../shared/domain/observation.ts';
import { decideNotifications, emptyOutbox } from '../../shared/domain/outbox.ts';
import { closeNotification } from '../../shared/domain/outbox-sending.ts';
import { coordinatorOf, ledgerAfter } from '../domain/telling.ts';

const kilobyte = 1000;
/** DynamoDB takes items of 400 kB, names of attributes included. */
const dynamoLimit = 400 * kilobyte;
const catalogue = loadCatalogue();

/** Numbers below `bound` that are the same in every run and do not compress. */
function createRandom(seed: number) {
  let state = seed;
  return (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

function pick<T>(elements: readonly T[], random: (bound: number) => number): T {
  const element = elements[random(elements.length)];
  if (element === undefined) throw new RangeError('nothing to pick from');
  return element;
}

describe('the head of a unit and year', () => {
  const random = createRandom(1);
  const days = Array.from({ length: 365 }, (_, day) => addDays('2022-01-01', day));
  const months = Array.from({ length: 12 }, (_, month) => lastDayOfMonth(2022, month + 1));
  const periods = [
    ...days.map((day) => [day, day] as const),
    ...months.map((day) => [day.slice(0, 7), day] as const),
    ...[1, 2, 3, 4].map((quarter) => [`2022-Q${quarter}`, lastDayOfMonth(2022, quarter * 3)] as const),
    ['2022', '2022-12-31'] as const,
  ];
  const submissions = Array.from({ length: 2000 }, (_, index) => {
    const requestedMs = Date.UTC(2022, 0, 1) + index * 4 * 3_600_000 + random(3_600_000);
    return {
      id: ulid(requestedMs, () => random(2 ** 20) / 2 ** 20),
      sha256: createHash('sha256').update(String(index)).digest('hex'),
      receivedAt: new Date(requestedMs + 1000 * random(300)).toISOString(),
      acceptedAt: new Date(requestedMs + 300_000 + random(60_000)).toISOString(),
    };
  });

  const points = Array.from({ length: 40 }, (_, index) =>
    periods.map(([period, asAt]): Point => {
      const { id: submissionId, receivedAt, acceptedAt } = pick(submissions, random);
      const denominator = 100_000 + random(1_500_000);
      const numerator = random(denominator);
      const figure = { indicator: `II.${index}.1`, period, asAt, numerator, denominator, areas: 0 };
      return { ...figure, submissionId, receivedAt, acceptedAt };
    }),
  ).flat();

  it('takes under 300 kB with 40 indicators × 382 periods and 2,000 submissions, no two ratios alike', async () => {
    expect(points).toHaveLength(40 * 382);
    const head = { unit: '74', year: 2022, version: 2000, submissions, points };
    expect(pack(storeHead(head)).length).toBeLessThan(300 * kilobyte);
  });

  it('has points that one submission may bring alone, whose figures fit an item, too', async () => {
    const figures = points.map(({ submissionId: _, receivedAt: __, acceptedAt: ___, ...figure }) => figure);
    expect(pack({ submission: submissions[0]?.id, figures }).length).toBeLessThan(300 * kilobyte);
  });
});

/** What a unit sends that meets everything it owes, each obligation forty days after its due date. */
function latePublications(unit: string, until: Instant): Publication[] {
  const dated = obligationsOf(catalogue, unit, until, []).filter(({ due }) => due !== null && due < until);
  const ofDay = Map.groupBy(dated, ({ due }) => addDays(due ?? '', 40));
  return [...ofDay].map(([day, obligations], index) => ({
    submissionId: ulid(index, () => 0),
    receivedAt: endOfDay(day),
    acceptedAt: endOfDay(day),
    figures: obligations.map(({ indicator, due, window }): Figure => {
      // What recurs counts only within its own year or month: its figure is in time, its report is not.
      const asAt = window ? (due ?? day) : day;
      return { indicator: indicator.id, period: asAt, asAt, value: '1000000', areas: 0 };
    }),
  }));
}

function ledgerOf(unit: string, publications: Publication[], asOf: Instant): AlertLedger {
  return ledgerAfter(catalogue, unit, [asOf], publications);
}

/** The ledger as it was at an earlier instant. */
function ledgerAt(ledger: AlertLedger, at: Instant): AlertLedger {
  const alerts = ledger.alerts
    .filter(({ episode }) => episode <= at)
    .map((alert) => ({ ...alert, stages: alert.stages.filter((stage) => stage.at <= at) }));
  return { ...ledger, alerts };
}

describe('the alert ledger of a unit', () => {
  it.each(['74', 'BTTTT'])('of %s takes under 20 kB after two years of missing and meeting late', (unit) => {
    const asOf = endOfDay('2024-04-01');
    expect(pack(ledgerOf(unit, latePublications(unit, asOf), asOf)).length).toBeLessThan(20 * kilobyte);
  });

  it.each(['74', 'BTTTT'])('of %s takes under 60 kB after two years of never reporting', (unit) => {
    expect(pack(ledgerOf(unit, [], endOfDay('2024-04-01'))).length).toBeLessThan(60 * kilobyte);
  });
});

describe('the outbox of a national coordinator', () => {
  const asOf = endOfDay('2023-04-01');
  const coordinator = coordinatorOf('VPCP', { phone: '+84900000001' });
  const units = catalogue.units.map(({ id }) => id);
  const decide = (outbox: Outbox, ledgers: AlertLedger[], now: Instant) =>
    decideNotifications(outbox, {
      catalogue,
      coordinator,
      ledgers,
      acknowledgements: [],
      silences: [],
      portalUrl: 'https://tiendo.example',
      now,
      isDigestRun: true,
      canMail: true,
      canText: true,
    }).outbox;

  it('takes under 100 kB after a year in which every unit missed everything and met it late', () => {
    const ledgers = units.map((unit) => ledgerOf(unit, latePublications(unit, asOf), asOf));
    const weeks = Array.from({ length: 53 }, (_, week) => endOfDay(addDays('2022-04-01', 7 * week)));
    let outbox = emptyOutbox(coordinator);
    let largest = 0;
    for (const now of weeks) {
      outbox = decide(
        outbox,
        ledgers.map((ledger) => ledgerAt(ledger, now)),
        now,
      );
      largest = Math.max(largest, pack(outbox).length);
      outbox = outbox.open.reduce(closeNotification, outbox);
    }
    expect(Object.keys(outbox.told).length).toBeGreaterThan(1000);
    expect(largest).toBeLessThan(100 * kilobyte);
  });

  it('takes under 100 kB with everything of a year in one message, whose record fits an item, too', () => {
    const outbox = decide(
      emptyOutbox(coordinator),
      units.map((unit) => ledgerOf(unit, [], asOf)),
      asOf,
    );
    expect(outbox.open[0]?.stages.length).toBeGreaterThan(1000);
    expect(pack(outbox).length).toBeLessThan(100 * kilobyte);
    for (const notification of outbox.open) expect(pack(notification).length).toBeLessThan(0.2 * dynamoLimit);
  });
});

describe('the plan of topics', () => {
  it('of 2,400 addresses fits an item', async () => {
    const topic = (index: number) =>
      `arn:aws:sns:ap-southeast-1:123456789012:TiendoData-MessagesTopic${index % 16}-ABCDEFGHIJKL`;
    const topics = Array.from({ length: 2400 }, (_, index) => [
      createHash('sha256').update(String(index)).digest('hex').slice(0, 32),
      topic(index),
    ]);
    const packed = await pack({ version: 1, topics: Object.fromEntries(topics) });
    expect(packed.length).toBeLessThan(100 * kilobyte);
  });
});

describe('what people say', () => {
  const random = createRandom(2);
  const words =
    'đang rà soát số liệu hộ gia đình do mưa bão mất điện sẽ nộp lại báo cáo quý tháng sau khi Sở ký'.split(
      ' ',
    );
  const sentence = () => Array.from({ length: 12 }, () => pick(words, random)).join(' ');
  const entry = (index: number) => {
    const at = new Date(Date.UTC(2022, 3, 1) + index * 4 * 3_600_000 + random(3_600_000)).toISOString();
    const by = createHash('sha256')
      .update(String(random(200)))
      .digest('hex')
      .slice(0, 36);
    const { id: unit } = pick(catalogue.units, random);
    return { by, unit, at, until: endOfDay(addDays(at.slice(0, 10), 1 + random(80))) };
  };

  it('takes under 300 kB with 2,000 silences, of which each has its own reason', () => {
    const silences = Array.from({ length: 2000 }, (_, index) => {
      const { at, ...rest } = entry(index);
      const id = ulid(Date.parse(at), () => random(2 ** 20) / 2 ** 20);
      return { id, target: { unit: pick(catalogue.units, random).id }, reason: sentence(), at, ...rest };
    });
    expect(pack({ version: 2000, silences }).length).toBeLessThan(300 * kilobyte);
  });

  it('takes under 300 kB with 2,000 acknowledgements of one unit, about five a day', () => {
    const alerts = obligationsOf(catalogue, '74', endOfDay('2022-12-31'), []).map(
      ({ id, due }) => `deadline-missed|${id}|${endOfDay(due ?? '2022-12-31')}`,
    );
    const acknowledgements = Array.from({ length: 2000 }, (_, index) => ({
      alert: pick(alerts, random),
      standing: 'unit',
      comment: sentence(),
      ...entry(index),
    }));
    expect(pack({ unit: '74', version: 2000, acknowledgements }).length).toBeLessThan(300 * kilobyte);
  });
});
