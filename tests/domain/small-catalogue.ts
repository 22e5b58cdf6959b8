import { endOfDay, type Instant } from '../../shared/domain/calendar.ts';
import {
  type Catalogue,
  catalogueSchema,
  type Due,
  type IndicatorKind,
  type Target,
} from '../../shared/domain/catalogue.ts';
import { type Obligation, obligationsOf } from '../../shared/domain/obligation.ts';
import type { Figure, Publication } from '../../shared/domain/observation.ts';

const text = (vi: string, en: string) => ({ vi, en });

export interface TaskSketch {
  ref?: string;
  owner?: string;
  due?: Due;
  kind?: IndicatorKind;
  target?: Target;
  coordinators?: string[];
}

/** A catalogue of two provinces and three agencies with the tasks of a test; by default one task, `II.9`. */
export function smallCatalogue(...sketches: TaskSketch[]): Catalogue {
  const unit = (id: string, kind: 'province' | 'agency', name: string, nameEn: string) => ({
    id,
    kind,
    name,
    nameEn,
    aliases: [],
  });
  return catalogueSchema.parse({
    directive: {
      id: 'test',
      title: text('Chỉ thị thử', 'Test directive'),
      firstYear: 2021,
      nationalBodies: ['VPCP', 'BTTTT'],
      escalatesTo: 'VPCP',
      occurrencesFrom: '2022-04',
      reports: { from: '2022-04', to: '2022-12', dueDayOfMonth: 25 },
    },
    units: [
      unit('74', 'province', 'Bình Dương', 'Binh Duong'),
      unit('01', 'province', 'Hà Nội', 'Ha Noi'),
      unit('BTTTT', 'agency', 'Bộ Thông tin và Truyền thông', 'Ministry of Information and Communications'),
      unit('VPCP', 'agency', 'Văn phòng Chính phủ', 'Government Office'),
      unit('BYT', 'agency', 'Bộ Y tế', 'Ministry of Health'),
    ],
    tasks: (sketches.length > 0 ? sketches : [{}]).map((sketch) => taskFrom(sketch)),
  });
}

function taskFrom({
  ref = 'II.9',
  owner = '74',
  due,
  kind = 'percent',
  target,
  coordinators = ['BTTTT'],
}: TaskSketch) {
  return {
    ref,
    owner,
    title: text('Hộ gia đình có địa chỉ số', 'Households with a digital address'),
    due: due ?? { type: 'date', date: '2022-06-30' },
    coordinators,
    indicators: [
      {
        id: `${ref}.1`,
        kind,
        title: text('Tỷ lệ hộ gia đình có địa chỉ số', 'Households with a digital address'),
        target: target ?? { op: 'at-least', value: 100 },
      },
    ],
  };
}

/** The one obligation of unit 74 in a catalogue of one task, or its `index`-th occurrence. */
export function obligationOf(
  sketch: TaskSketch = {},
  asOf: Instant = endOfDay('2022-06-15'),
  index = 0,
): Obligation {
  const obligation = obligationsOf(smallCatalogue(sketch), '74', asOf, [])[index];
  if (!obligation) throw new Error('the sketch has no such obligation');
  return obligation;
}

let sequence = 0;

/** A publication received and accepted at the same instant; ULIDs in the order of the calls unless given. */
export function publication(
  at: Instant,
  figures: (Partial<Figure> & { period: string })[],
  rest: Partial<Omit<Publication, 'figures'>> = {},
): Publication {
  sequence += 1;
  return {
    submissionId: `01G${String(sequence).padStart(23, '0')}`,
    receivedAt: at,
    acceptedAt: at,
    figures: figures.map((figure) => ({ indicator: 'II.9.1', asAt: figure.period, areas: 0, ...figure })),
    ...rest,
  };
}
