import type { AlertGrounds } from '../../shared/domain/alert-causes.ts';
import { emptyRegistry } from '../../shared/domain/coordinator.ts';
import { defaultAlertSettings } from '../../shared/domain/obligation-causes.ts';
import { smallCatalogue } from './small-catalogue.ts';

/** What the alerts of unit 74 follow from in a catalogue of one task, with nothing reported unless given. */
export function alertGrounds(given: Partial<AlertGrounds> & Pick<AlertGrounds, 'asOf'>): AlertGrounds {
  return {
    catalogue: smallCatalogue(),
    unitId: '74',
    publications: [],
    rejections: [],
    dueDates: [],
    acknowledgements: [],
    registry: emptyRegistry('74'),
    smsUsages: [],
    settings: defaultAlertSettings,
    ...given,
  };
}
