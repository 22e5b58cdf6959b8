import { type Alert, type AlertKind, type AlertLedger, type AlertStage, stageId } from './alert.ts';
import { type Day, dayOf, daysBetween, type Instant } from './calendar.ts';
import type { AssignedIndicator, Bilingual, Catalogue, Directive } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';
import type { Outbox } from './notification.ts';
import { recipientUnits } from './recipients.ts';

/** One thing a coordinator is to be told. `stage` and `alert` are ids, `knownOn` the day the reason speaks of. */
export interface DigestItem {
  stage: string;
  alert: string;
  kind: AlertKind;
  unit: string;
  unitName: Bilingual;
  obligation: string;
  indicator: string;
  title: Bilingual;
  due: Day;
  /** Calendar days to the due day, negative after it. */
  daysLeft: number;
  reason: Bilingual;
  knownOn: Day;
}

/** All that a digest is planned from. `ledgers` are those of every unit the coordinator may be told about. */
export interface DigestGrounds {
  coordinator: Coordinator;
  ledgers: readonly AlertLedger[];
  catalogue: Catalogue;
  outbox: Outbox;
  asOf: Instant;
}

/**
 * What a coordinator must still be told, worst first (missed, due soon by days left, met late), and the ids
 * of the stages that lost their meaning before they were told: a later stage of the same obligation stands,
 * the obligation is met meanwhile, or it was met late and they had never heard that it was missed.
 */
export function planDigest(grounds: DigestGrounds): { items: DigestItem[]; overtaken: string[] } {
  const { coordinator, ledgers, catalogue, outbox, asOf } = grounds;
  const indicators = new Map(
    catalogue.tasks.flatMap((task) =>
      task.indicators.map((indicator) => [indicator.id, { task, indicator }]),
    ),
  );
  const heard = [...Object.keys(outbox.told), ...outbox.open.flatMap(({ stages }) => stages)];
  const settled = new Set(heard);
  const told = new Set(heard.filter((stage) => outbox.told[stage] !== 'overtaken'));

  const items: DigestItem[] = [];
  const overtaken: string[] = [];
  for (const { alerts } of ledgers) {
    for (const ofObligation of Map.groupBy(alerts, ({ obligation }) => obligation).values()) {
      const assigned = indicators.get(ofObligation[0]?.indicator ?? '');
      if (!assigned) continue;
      const stages = addressedStages(ofObligation, catalogue.directive, assigned, coordinator);
      const untold = stages.filter(({ id }) => !settled.has(id));
      const latest = stages.at(-1);
      for (const staged of untold) {
        if (staged === latest && hasMeaning(staged, stages, told)) {
          items.push(toItem(staged, assigned, catalogue, asOf));
        } else {
          overtaken.push(staged.id);
        }
      }
    }
  }
  return { items: items.sort(worstFirst), overtaken: overtaken.sort() };
}

interface StagedAlert {
  id: string;
  alert: Alert;
  stage: AlertStage;
}

/** The stages of one obligation's alerts that are addressed to the coordinator's unit, in time order. */
function addressedStages(
  alerts: readonly Alert[],
  directive: Directive,
  { task }: AssignedIndicator,
  coordinator: Coordinator,
): StagedAlert[] {
  return alerts
    .filter((alert) => recipientUnits(directive, task, alert.unit, alert.kind).includes(coordinator.unit))
    .flatMap((alert) => alert.stages.map((stage) => ({ id: stageId(alert, stage), alert, stage })))
    .sort((a, b) => compareText(a.stage.at, b.stage.at) || compareText(a.id, b.id));
}

function hasMeaning(
  { alert }: StagedAlert,
  stages: readonly StagedAlert[],
  told: ReadonlySet<string>,
): boolean {
  if (alert.kind !== 'met-late') return alert.resolvedAt === undefined;
  return stages.some(({ id, alert: earlier }) => earlier.kind === 'deadline-missed' && told.has(id));
}

function toItem(
  { id, alert, stage }: StagedAlert,
  { indicator }: AssignedIndicator,
  catalogue: Catalogue,
  asOf: Instant,
): DigestItem {
  const unit = catalogue.units.find((each) => each.id === alert.unit);
  return {
    stage: id,
    alert: alert.id,
    kind: alert.kind,
    unit: alert.unit,
    unitName: { vi: unit?.name ?? alert.unit, en: unit?.nameEn ?? alert.unit },
    obligation: alert.obligation,
    indicator: alert.indicator,
    title: indicator.title,
    due: alert.due,
    daysLeft: daysBetween(dayOf(asOf), alert.due),
    reason: stage.reason,
    knownOn: dayOf(stage.at),
  };
}

const severity: Readonly<Record<AlertKind, number>> = { 'deadline-missed': 0, 'due-soon': 1, 'met-late': 2 };

/** Within a kind the earliest due date leads; then in the order of the units and of the text's numbers. */
function worstFirst(a: DigestItem, b: DigestItem): number {
  return (
    severity[a.kind] - severity[b.kind] ||
    compareText(a.due, b.due) ||
    compareText(a.unit, b.unit) ||
    a.obligation.localeCompare(b.obligation, 'en', { numeric: true }) ||
    compareText(a.stage, b.stage)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
