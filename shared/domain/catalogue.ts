import * as z from 'zod';

/** A text in both languages of the product, Vietnamese first. */
export const bilingualSchema = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.infer<typeof bilingualSchema>;

const daySchema = z.iso.date();

/** When an obligation falls due. `annual` is the last day of its month, `monthly` the last day of each month. */
export const dueSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('date'), date: daySchema }),
  z.strictObject({ type: z.literal('annual'), month: z.int().min(1).max(12) }),
  z.strictObject({ type: z.literal('monthly') }),
  z.strictObject({ type: z.literal('per-plan') }),
  z.strictObject({ type: z.literal('ongoing') }),
  z.strictObject({ type: z.literal('none') }),
]);
export type Due = z.infer<typeof dueSchema>;

/** What must be reached. `range` is met from its low end `value`, `about` from nine tenths of `value`. */
export const targetSchema = z.strictObject({
  op: z.enum(['at-least', 'more-than', 'range', 'about']),
  value: z.number(),
  high: z.number().optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** What is measured: a share, a number of things, a rate of growth, or whether something is done. */
export const indicatorKinds = ['percent', 'count', 'growth', 'milestone'] as const;
export type IndicatorKind = (typeof indicatorKinds)[number];

/** One thing measured for a task; its id is the task's ref and a number in the order of the text. */
export const indicatorSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(indicatorKinds),
  title: bilingualSchema,
  numerator: bilingualSchema.optional(),
  denominator: bilingualSchema.optional(),
  target: targetSchema,
  due: dueSchema.optional(),
  note: z.string().optional(),
});
export type Indicator = z.infer<typeof indicatorSchema>;

/** One item of the directive. `owner` is a unit id, or `*` for a task of every unit. */
export const taskSchema = z.strictObject({
  ref: z.string(),
  owner: z.string(),
  title: bilingualSchema,
  due: dueSchema,
  coordinators: z.array(z.string()),
  indicators: z.array(indicatorSchema).min(1),
  note: z.string().optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** A province or an agency. `iso` is its ISO 3166-2 code as of 2022. */
export const unitSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['province', 'agency']),
  name: z.string(),
  nameEn: z.string(),
  iso: z.string().optional(),
  aliases: z.array(z.string()),
  validFrom: daySchema.optional(),
  validTo: daySchema.optional(),
});
export type Unit = z.infer<typeof unitSchema>;

/**
 * The directive itself and its deployment settings: the months reports are expected for, the day of the
 * month they are due, and the earliest year a figure may speak for.
 */
export const directiveSchema = z.strictObject({
  id: z.string(),
  title: bilingualSchema,
  firstYear: z.int(),
  /** The units told of what no task's bodies are told of. */
  nationalBodies: z.array(z.string()).min(1),
  /** The unit that deadlines missed for long are escalated to at last. */
  escalatesTo: z.string(),
  occurrencesFrom: z.string().regex(/^\d{4}-\d{2}$/),
  reports: z.strictObject({
    from: z.string().regex(/^\d{4}-\d{2}$/),
    to: z.string().regex(/^\d{4}-\d{2}$/),
    dueDayOfMonth: z.int().min(1).max(28),
  }),
});

export type Directive = z.infer<typeof directiveSchema>;

/** The whole catalogue: one directive, its units and its tasks. */
export const catalogueSchema = z
  .strictObject({ directive: directiveSchema, units: z.array(unitSchema), tasks: z.array(taskSchema) })
  .superRefine(requireConsistency);
export type Catalogue = z.infer<typeof catalogueSchema>;

/** Districts and communes of the provinces: code → name, and each commune's district. */
export interface Areas {
  /** Name of a 3-digit district or 5-digit commune code; `undefined` when there is no such area. */
  nameOf(code: string): string | undefined;
  /** Two-digit province code of a district or commune; `undefined` when there is no such area. */
  provinceOf(code: string): string | undefined;
  /** Three-digit district code of a commune; `undefined` for anything else. */
  districtOf(code: string): string | undefined;
}

/** A task's indicator with its task, as most rules need both. */
export interface AssignedIndicator {
  task: Task;
  indicator: Indicator;
}

/** The indicators a unit answers for: its own tasks and those of every unit, in the order of the text. */
export function indicatorsOf(catalogue: Catalogue, unitId: string): AssignedIndicator[] {
  return catalogue.tasks
    .filter((task) => task.owner === '*' || task.owner === unitId)
    .flatMap((task) => task.indicators.map((indicator) => ({ task, indicator })));
}

/** Finds an indicator by id, whoever it is assigned to. */
export function findIndicator(catalogue: Catalogue, indicatorId: string): AssignedIndicator | undefined {
  for (const task of catalogue.tasks) {
    const indicator = task.indicators.find(({ id }) => id === indicatorId);
    if (indicator) return { task, indicator };
  }
  return undefined;
}

/** Finds a unit by its id. */
export function findUnit(catalogue: Catalogue, unitId: string): Unit | undefined {
  return catalogue.units.find(({ id }) => id === unitId);
}

/** When an indicator is due: its own due date, or else its task's. */
export function dueOf({ task, indicator }: AssignedIndicator): Due {
  return indicator.due ?? task.due;
}

function requireConsistency(
  catalogue: { directive: Directive; units: Unit[]; tasks: Task[] },
  context: z.RefinementCtx,
): void {
  const report = (message: string) => context.addIssue({ code: 'custom', message });
  const unitIds = new Set(catalogue.units.map(({ id }) => id));
  const refs = new Set<string>();
  if (unitIds.size !== catalogue.units.length) report('two units share an id');
  const { escalatesTo } = catalogue.directive;
  if (!unitIds.has(escalatesTo)) report(`the directive escalates to ${escalatesTo}, which is no known unit`);
  for (const task of catalogue.tasks) {
    if (refs.has(task.ref)) report(`two tasks have the ref ${task.ref}`);
    refs.add(task.ref);
    if (task.owner !== '*' && !unitIds.has(task.owner)) report(`${task.ref} is owned by no known unit`);
    for (const [index, indicator] of task.indicators.entries()) {
      if (indicator.id !== `${task.ref}.${index + 1}`)
        report(`${indicator.id} is not numbered after ${task.ref}`);
      const { op, value, high } = indicator.target;
      if ((op === 'range') !== (high !== undefined))
        report(`${indicator.id}: a range, and only a range, has a high end`);
      if (high !== undefined && high < value)
        report(`${indicator.id}: the high end of the range is below its low end`);
    }
  }
}
