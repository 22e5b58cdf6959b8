import { describe, expect, it } from 'vitest';
import { addressOwners } from '../../../local/mailbox/address-owners.ts';
import { loadCatalogue } from '../../../shared/catalogue/load-catalogue.ts';

const event = { routeKey: 'PUT /units/{unit}/coordinators' };
const body = JSON.stringify({
  unit: '74',
  coordinators: [{ id: '74-1', name: 'Trần Văn A', email: 'A@74.vn', phone: '+84912345678' }],
});

describe('the addresses a request registers', () => {
  it('belong to the person, by each channel as messages are addressed', () => {
    expect(addressOwners(loadCatalogue(), event, { statusCode: 200, body })).toEqual([
      { address: 'a@74.vn', coordinator: '74-1', name: 'Trần Văn A', unit: 'Bình Dương' },
      { address: '+84912345678', coordinator: '74-1', name: 'Trần Văn A', unit: 'Bình Dương' },
    ]);
  });

  it.each([
    ['a refusal', event, { statusCode: 403, body: '{}' }],
    ['another route', { routeKey: 'GET /units/{unit}/coordinators' }, { statusCode: 200, body }],
    ['no answer', event, null],
  ])('are none of %s', (_, request, result) => {
    expect(addressOwners(loadCatalogue(), request, result)).toEqual([]);
  });
});
