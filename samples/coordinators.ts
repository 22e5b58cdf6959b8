import type { Catalogue, Unit } from '../shared/domain/catalogue.ts';
import { siteOf } from './evidence.ts';
import type { SampleCoordinators } from './journey.ts';

type SampleCoordinator = SampleCoordinators[string][number];

/** Units that have two coordinators, and what the second one is called. */
const seconds: Readonly<Record<string, Pick<SampleCoordinator, 'name' | 'language'>>> = {
  '01': { name: 'Đầu mối dự phòng thành phố Hà Nội', language: 'vi' },
  '48': { name: 'Đầu mối dự phòng thành phố Đà Nẵng', language: 'vi' },
  '74': { name: 'Đầu mối dự phòng tỉnh Bình Dương', language: 'vi' },
  '79': { name: 'Đầu mối dự phòng Thành phố Hồ Chí Minh', language: 'vi' },
  VPCP: { name: 'Đầu mối quốc gia dự phòng, Văn phòng Chính phủ', language: 'vi' },
  BTTTT: { name: 'National progress analyst', language: 'en' },
};

/** What some coordinators have beside name and addresses, by id. The accounts are those every local run has. */
const particulars: Readonly<Record<string, Partial<SampleCoordinator>>> = {
  'vpcp-1': { wantsAllClear: true, account: 'coordinator-vpcp@tiendo.test' },
  'btttt-1': { quietHours: { from: '22:00', to: '06:00' }, account: 'coordinator@tiendo.test' },
  // Somebody is on duty there around the clock.
  'bca-1': { quietHours: { from: '00:00', to: '00:00' }, account: 'coordinator-bca@tiendo.test' },
  '79-1': { quietHours: { from: '20:00', to: '06:30' } },
};

/** Units that coordinate the whole directive. */
const national = ['VPCP', 'BTTTT'];

const cities = ['01', '31', '48', '92'];

/**
 * One or two invented coordinators for each unit. Addresses end in `.example`, which is reserved; numbers are
 * `+8490000xxxx`, a range nobody is given. Every fourth unit has no number, so that some are told by e-mail alone.
 */
export function sampleCoordinators(catalogue: Catalogue): SampleCoordinators {
  return Object.fromEntries(
    catalogue.units.map((unit, index) => {
      const first = { name: nameOf(unit), language: 'vi' } as const;
      const people = [first, ...[seconds[unit.id]].filter((second) => second !== undefined)];
      const coordinators = people.map((person, position): SampleCoordinator => {
        const number = position + 1;
        const id = `${unit.id.toLowerCase()}-${number}`;
        return {
          id,
          ...person,
          email: `dau-moi-${number}@${siteOf(unit)}`,
          ...(hasPhone(unit, index, number) && {
            phone: `+8490000${String(index * 10 + number).padStart(4, '0')}`,
          }),
          ...particulars[id],
        };
      });
      return [unit.id, coordinators];
    }),
  );
}

function nameOf({ id, kind, name }: Unit): string {
  if (national.includes(id)) return `Đầu mối quốc gia, ${name}`;
  if (kind === 'agency') return `Đầu mối ${name}`;
  if (id === '79') return `Đầu mối Thành phố ${name}`;
  return `Đầu mối ${cities.includes(id) ? 'thành phố' : 'tỉnh'} ${name}`;
}

function hasPhone({ id }: Unit, index: number, number: number): boolean {
  return number === 1 && (national.includes(id) || index % 4 !== 3);
}
