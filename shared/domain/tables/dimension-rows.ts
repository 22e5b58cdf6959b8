import { type Catalogue, type Due, dueOf } from '../catalogue.ts';
import { floorTo, parseDecimal } from '../rational.ts';
import type { RowOf } from '../tables.ts';
import { thresholdOf } from '../target.ts';

/** Places after the point of a threshold. */
const thresholdPlaces = 6;

/** A district or a commune; a district is its own `district`. */
export interface AreaEntry {
  code: string;
  name: string;
  district: string;
  province: string;
}

/** The rows of `units`, in the order of the catalogue. */
export function unitRows({ units }: Catalogue): RowOf<'units'>[] {
  return units.map(({ id, kind, name, nameEn, iso, validFrom, validTo }) => ({
    unit_id: id,
    kind,
    name,
    name_en: nameEn,
    iso: iso ?? null,
    valid_from: validFrom ?? null,
    valid_to: validTo ?? null,
  }));
}

/** The rows of `areas`, in the order given. */
export function areaRows(areas: readonly AreaEntry[]): RowOf<'areas'>[] {
  return areas.map(({ code, name, district, province }) => ({
    area_id: code,
    name,
    level: code === district ? 'district' : 'commune',
    district_id: district,
    province_id: province,
  }));
}

/** The rows of `tasks`, in the order of the text. */
export function taskRows({ tasks }: Catalogue): RowOf<'tasks'>[] {
  return tasks.map(({ ref, owner, title, due }) => ({
    task_ref: ref,
    owner,
    title_vi: title.vi,
    title_en: title.en,
    ...dueCells(due),
  }));
}

/** The rows of `indicators`, in the order of the text; an indicator without a due date of its own has its task's. */
export function indicatorRows({ tasks }: Catalogue): RowOf<'indicators'>[] {
  return tasks.flatMap((task) =>
    task.indicators.map((indicator) => {
      const { id, kind, title, target } = indicator;
      return {
        indicator_id: id,
        task_ref: task.ref,
        kind,
        title_vi: title.vi,
        title_en: title.en,
        target_op: target.op,
        threshold: floorTo(thresholdOf(target), thresholdPlaces),
        threshold_high:
          target.high === undefined ? null : floorTo(parseDecimal(String(target.high)), thresholdPlaces),
        ...dueCells(dueOf({ task, indicator })),
      };
    }),
  );
}

/** The rows of `coordinating_bodies`, in the order of the text. */
export function coordinatingBodyRows({ tasks }: Catalogue): RowOf<'coordinating_bodies'>[] {
  return tasks.flatMap(({ ref, coordinators }) => coordinators.map((body) => ({ task_ref: ref, body })));
}

function dueCells(due: Due): Pick<RowOf<'tasks'>, 'due_type' | 'due' | 'due_month'> {
  return {
    due_type: due.type,
    due: due.type === 'date' ? due.date : null,
    due_month: due.type === 'annual' ? due.month : null,
  };
}
