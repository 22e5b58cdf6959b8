import type { Actor } from '../../shared/domain/actor.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';

/** A registered person of a unit: id and account from the unit, `BYT` → `byt-1` and `account-byt-1`. */
export function coordinator(unit: string, rest: Partial<Coordinator> = {}): Coordinator {
  const id = rest.id ?? `${unit.toLowerCase()}-1`;
  return {
    id,
    unit,
    name: 'Đầu mối',
    language: 'vi',
    email: `${id}@unit.example`,
    account: `account-${id}`,
    ...rest,
  };
}

/** A coordinator who acts. */
export function actor(unit: string, rest: Partial<Coordinator> = {}): Actor {
  const person = coordinator(unit, rest);
  return { subject: `account-${person.id}`, unit, coordinator: person };
}

/** The office of a unit, which signs in as `province`. */
export function office(unit: string): Actor {
  return { subject: `office-${unit}`, unit };
}

/** An open alert of unit 74 about its indicator II.9.1, decided at the instant it ought to be. */
export function missedAlert(rest: Partial<Alert> = {}): Alert {
  const at = '2022-06-30T17:00:00.000Z';
  return {
    id: `deadline-missed|74:II.9.1|${at}`,
    kind: 'deadline-missed',
    unit: '74',
    subject: '74:II.9.1',
    indicator: 'II.9.1',
    due: '2022-06-30',
    episode: at,
    stages: [{ stage: 'missed', at, decidedAt: at, reason: { vi: 'quá hạn', en: 'overdue' } }],
    ...rest,
  };
}
