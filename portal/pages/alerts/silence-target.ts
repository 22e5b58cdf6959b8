import type { Bilingual, Catalogue } from '../../../shared/domain/catalogue.ts';
import type { SilenceTarget } from '../../../shared/domain/silence.ts';
import { maySilence, type SilenceGrounds } from '../../../shared/domain/silencing.ts';
import type { Language } from '../../language.ts';
import { nameOfUnit } from '../../unit-name.ts';

/** What can be kept quiet, as a choice in a list. */
export interface TargetChoice {
  /** `unit:74`, `task:II.9`, `coordinator:74-1`. */
  key: string;
  target: SilenceTarget;
  name: string;
}

/** The kinds of targets, as people choose them. */
export const targetKinds: readonly { kind: 'unit' | 'task' | 'coordinator'; name: Bilingual }[] = [
  { kind: 'unit', name: { vi: 'Một đơn vị', en: 'A unit' } },
  { kind: 'task', name: { vi: 'Một nhiệm vụ', en: 'A task' } },
  { kind: 'coordinator', name: { vi: 'Một đầu mối', en: 'A coordinator' } },
];

/** Everything somebody could keep quiet: units, tasks, people; what is not theirs is left out. */
export function targetChoices(grounds: SilenceGrounds, language: Language): TargetChoice[] {
  const { catalogue, coordinators } = grounds;
  const all: SilenceTarget[] = [
    ...catalogue.units.map(({ id }) => ({ unit: id })),
    ...catalogue.tasks.map(({ ref }) => ({ task: ref })),
    ...coordinators.map(({ id }) => ({ coordinator: id })),
  ];
  return all
    .filter((target) => maySilence(grounds, target))
    .map((target) => ({ key: keyOfTarget(target), target, name: nameOfTarget(catalogue, target, language) }));
}

/** `unit:74`, `task:II.9`, `coordinator:74-1`: tells targets apart. */
export function keyOfTarget(target: SilenceTarget): string {
  const [[kind, id] = []] = Object.entries(target);
  return `${kind}:${id}`;
}

/** What a silence is about: a unit by its name, a task by its ref and title, a person by their id. */
export function nameOfTarget(
  { units, tasks }: Pick<Catalogue, 'units' | 'tasks'>,
  target: SilenceTarget,
  language: Language,
): string {
  if ('unit' in target) {
    const unit = units.find(({ id }) => id === target.unit);
    return unit ? nameOfUnit(unit, language) : target.unit;
  }
  if ('task' in target) {
    const task = tasks.find(({ ref }) => ref === target.task);
    return task ? `${task.ref} · ${task.title[language]}` : target.task;
  }
  return `${{ vi: 'đầu mối', en: 'coordinator' }[language]} ${target.coordinator}`;
}
