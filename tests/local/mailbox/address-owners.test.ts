import { describe, expect, it } from 'vitest';
import { registeredPeople } from '../../../local/mailbox/registered-people.ts';
import { loadCatalogue } from '../../../shared/catalogue/load-catalogue.ts';

const event = { routeKey: 'PUT /units/{unit}/coordinators' };
const body = JSON.stringify({
  unit: '74',
  coordinators: [{ id: '74-1', name: 'Trần Văn A', language: 'vi' }],
});

describe('the people a request registers', () => {
  it('have their names and that of their unit', () => {
    expect(registeredPeople(loadCatalogue(), event, { statusCode: 200, body })).toEqual([
      { coordinator: '74-1', name: 'Trần Văn A', unit: 'Bình Dương' },
    ]);
  });

  it.each([
    ['a refusal', event, { statusCode: 403, body: '{}' }],
    ['another route', { routeKey: 'GET /units/{unit}/coordinators' }, { statusCode: 200, body }],
    ['no answer', event, null],
  ])('are none of %s', (_, request, result) => {
    expect(registeredPeople(loadCatalogue(), request, result)).toEqual([]);
  });
});
