import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { decideNotifications, emptyOutbox } from '../../shared/domain/outbox.ts';
import { closeNotification } from '../../shared/domain/outbox-sending.ts';
import { at, coordinatorOf, ledgerAfter } from './telling.ts';

const catalogue = loadCatalogue();
const provinces = catalogue.units.filter(({ kind }) => kind === 'province').map(({ id }) => id);
const dayBefore = at('2022-06-30', '07:30');
const morning = at('2022-07-01', '07:00');

/** What is decided of 63 provinces that never reported: the day before the deadline, and the morning after. */
const ledgersOf = (now: string) => provinces.map((unit) => ledgerAfter(catalogue, unit, [now]));
const [before, after] = [ledgersOf(dayBefore), ledgersOf(morning)];

describe('63 provinces that miss the same deadline in the same minute', () => {
  it.each([
    ['VPCP', 'sms'],
    ['VPCP', 'email'],
    ['BTTTT', 'sms'],
    ['BTTTT', 'email'],
  ] as const)('give a coordinator of %s one message by %s', (unit, channel) => {
    const coordinator = coordinatorOf(unit, channel === 'sms' ? { phone: '+84900000001' } : {});
    const grounds = {
      catalogue,
      coordinator,
      acknowledgements: [],
      silences: [],
      portalUrl: 'https://tiendo.example',
      isDigestRun: true,
      canMail: true,
      canText: true,
    };
    const first = decideNotifications(emptyOutbox(coordinator), {
      ...grounds,
      ledgers: before,
      now: dayBefore,
    });
    const told = first.outbox.open.reduce(closeNotification, first.outbox);
    const { open } = decideNotifications(told, { ...grounds, ledgers: after, now: morning }).outbox;
    expect(open.map((each) => [each.channel, each.purpose])).toEqual([[channel, 'urgent']]);
    const missed = open[0]?.stages.filter((stage) => stage.includes(':1.a.1|') && stage.endsWith('#missed'));
    expect(new Set(missed).size).toBe(63);
  });
});
