import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/domain/problem.ts';
import { enterRegistration, registrationOf } from '../../shared/domain/registration.ts';
import { coordinator } from './people.ts';

const of74 = registrationOf('74', [coordinator('74', { id: 'lien-lac' })], '2022-07-01T00:00:00.000Z');
const of79 = (at: string, id: string, account?: string) =>
  registrationOf('79', [coordinator('79', { id, ...(account && { account }) })], at);

function refusalOf(enter: () => unknown): string | undefined {
  try {
    enter();
    return undefined;
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
}

describe('a registration', () => {
  it.each([
    ['in the same instant', '2022-07-01T00:00:00.000Z', 'registration-under-way'],
    ['a millisecond less than a minute later', '2022-07-01T00:00:59.999Z', 'registration-under-way'],
    ['a minute later, when the other is over', '2022-07-01T00:01:00.000Z', undefined],
    ['a minute earlier by a clock that is behind', '2022-06-30T23:59:00.000Z', 'registration-under-way'],
  ])('that names the id of another unit’s is judged %s', (_, at, code) => {
    expect(refusalOf(() => enterRegistration([of74], of79(at, 'lien-lac')))).toBe(code);
  });

  it('is refused when it names the account of another unit’s', () => {
    const sameAccount = of79(of74.at, 'other', 'account-lien-lac');
    expect(refusalOf(() => enterRegistration([of74], sameAccount))).toBe('registration-under-way');
  });

  it('stands beside those of its own unit, and of others who name nobody of it', () => {
    expect(enterRegistration([of74], of74)).toHaveLength(2);
    expect(enterRegistration([of74], of79(of74.at, 'other')).map(({ unit }) => unit)).toEqual(['74', '79']);
  });

  it('drops those that are over', () => {
    expect(enterRegistration([of74], of79('2022-07-01T00:01:00.000Z', 'other'))).toHaveLength(1);
  });
});
