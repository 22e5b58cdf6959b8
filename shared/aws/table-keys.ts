import type { ItemKey } from './packed-items.ts';

/**
 * The keys of the one table. Every item of a unit, in the index too, has a partition key that starts with
 * the unit's id and `#`, so that a policy can hold a session to one unit (`dynamodb:LeadingKeys`).
 *
 * @see docs/adr/0005-one-table-keyed-by-unit.md
 */
export const keys = {
  head: (unit: string, year: number): ItemKey => ({ pk: `${unit}#HEAD`, sk: String(year) }),
  submission: (unit: string, id: string): ItemKey => ({ pk: `${unit}#SUBMISSION`, sk: id }),
  figures: (unit: string, submissionId: string): ItemKey => ({
    pk: `${unit}#${submissionId}`,
    sk: 'FIGURES',
  }),
  rows: (unit: string, submissionId: string, chunk: number): ItemKey => ({
    pk: `${unit}#${submissionId}`,
    sk: `ROWS#${String(chunk).padStart(6, '0')}`,
  }),
  alerts: (unit: string): ItemKey => ({ pk: `${unit}#ALERTS`, sk: 'LEDGER' }),
  acknowledgements: (unit: string): ItemKey => ({ pk: `${unit}#ALERTS`, sk: 'ACKNOWLEDGEMENTS' }),
  dueDates: (unit: string): ItemKey => ({ pk: `${unit}#DUES`, sk: 'LOG' }),
  silences: (): ItemKey => ({ pk: 'NATION#SILENCES', sk: 'LOG' }),
  registry: (unit: string): ItemKey => ({ pk: `${unit}#REGISTRY`, sk: 'COORDINATORS' }),
  outbox: (unit: string, coordinator: string): ItemKey => ({ pk: `${unit}#OUTBOX`, sk: coordinator }),
  notification: (unit: string, id: string): ItemKey => ({ pk: `${unit}#NOTIFICATION`, sk: id }),
  registrations: (): ItemKey => ({ pk: 'NATION#REGISTRATIONS', sk: 'RECENT' }),
  topicPlan: (): ItemKey => ({ pk: 'NATION#TOPICS', sk: 'PLAN' }),
  smsUsage: (month: string): ItemKey => ({ pk: 'NATION#SMS', sk: month }),
};

/** The sparse index of the submissions without outcome. */
export const openIndex = { name: 'open', pk: 'openPk', sk: 'openSk' } as const;

/** Where a submission stands in the index of the open ones. */
export function openKey(unit: string, id: string): { openPk: string; openSk: string } {
  return { [openIndex.pk]: `${unit}#OPEN`, [openIndex.sk]: id };
}
