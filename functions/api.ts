import { loadAcknowledgementLog, loadAcknowledgements } from '../shared/aws/acknowledgements.ts';
import { loadLedger, loadLedgers } from '../shared/aws/alert-ledgers.ts';
import { type Clients, ownClients, unitClients } from '../shared/aws/clients.ts';
import { loadDueDateLog, loadDueDates } from '../shared/aws/due-dates.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { loadPublications, loadRows } from '../shared/aws/figures.ts';
import { loadHead, loadHeads } from '../shared/aws/heads.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { loadRegistries, loadRegistry } from '../shared/aws/registries.ts';
import { presignReportFile, type ReportFileKind } from '../shared/aws/report-files.ts';
import { loadReport } from '../shared/aws/reports.ts';
import { loadSilences } from '../shared/aws/silences.ts';
import { listSubmissions, loadSubmission } from '../shared/aws/submissions.ts';
import { presignSentFile } from '../shared/aws/uploads.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dueHistory, requirePlanned, unitOfAlert } from '../shared/domain/acts.ts';
import { emptyLedger } from '../shared/domain/alert.ts';
import {
  type AlertState,
  abridge,
  pageOfUnits,
  type UnitAlerts,
  viewAlert,
  viewAlerts,
} from '../shared/domain/alert-view.ts';
import { type Assessment, assessUnit } from '../shared/domain/assessment.ts';
import { type Instant, parseAsOf, yearOf } from '../shared/domain/calendar.ts';
import { joinPublished } from '../shared/domain/check-upload.ts';
import type { SetDueDate } from '../shared/domain/due-date.ts';
import { type Head, headAt, latestPoint } from '../shared/domain/head.ts';
import type { Observation, Publication } from '../shared/domain/observation.ts';
import {
  alertUnknown,
  asOfInvalid,
  pointUnknown,
  reportFileMissing,
  submissionUnknown,
  unitForbidden,
  uploadMissing,
} from '../shared/domain/problem.ts';
import { viewCoordinators } from '../shared/domain/registry.ts';
import { buildReporting } from '../shared/domain/reporting.ts';
import { buildScoreboard } from '../shared/domain/scoreboard.ts';
import { listSilences } from '../shared/domain/silencing.ts';
import { downloadUrlSeconds, isSettled, type Submission } from '../shared/domain/submission.ts';
import { buildTemplate } from '../shared/domain/template.ts';
import { canSeeUnit, chooseUnit, type Viewer } from '../shared/domain/viewer.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const everyUnit = ownClients();
/** Submissions listed in one answer. */
const submissionsPerPage = 100;
/** Bytes of alerts in one answer, below the 1 MiB that portals take in one go. */
const maxPageBytes = 900_000;

/** Everything that can be read. A province reads with the credentials of its own unit, and nothing else. */
export const handler = httpHandler<'api'>({
  'GET /catalogue': async () => ({ status: 200, body: catalogue }),

  'GET /submissions': async ({ viewer, query, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return {
      status: 200,
      body: { unit, submissions: await listSubmissions(clients, unit, submissionsPerPage) },
    };
  },

  'GET /submissions/{id}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    return {
      status: 200,
      body: await requireSubmission(await clientsFor(viewer, now), unit, params.id ?? ''),
    };
  },

  'GET /submissions/{id}/issues': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    const { id, state } = await requireSubmission(clients, unit, params.id ?? '');
    const report = isSettled(state) ? await loadReport(clients, unit, id) : undefined;
    return {
      status: 200,
      body: {
        id,
        state,
        ...(report && { file: report.file }),
        issues: report?.issues ?? [],
        issueCounts: report?.issueCounts ?? {},
      },
    };
  },

  'GET /submissions/{id}/issues.csv': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return { status: 200, body: await offerDownload(clients, unit, params.id ?? '', 'issues', now) };
  },

  'GET /submissions/{id}/annotated': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return { status: 200, body: await offerDownload(clients, unit, params.id ?? '', 'annotated', now) };
  },

  'GET /submissions/{id}/file': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    const submission = await requireSubmission(clients, unit, params.id ?? '');
    if (submission.receivedAt === undefined) throw uploadMissing(submission.id);
    const download = await presignSentFile(clients, submission);
    return { status: 200, body: { ...download, expiresAt: expiryOf(now) } };
  },

  'GET /units/{unit}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const asOf = readAsOf(query.asOf, now);
    const grounds = await loadGrounds(await clientsFor(viewer, now), [unit], asOf);
    return { status: 200, body: { unit, asOf, assessments: assessUnits([unit], grounds, asOf) } };
  },

  'GET /units/{unit}/template.csv': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const separator = query.separator === 'tab' ? '\t' : (query.separator ?? ';');
    return { status: 200, body: buildTemplate(catalogue, unit, now, { separator }) };
  },

  'GET /units/{unit}/points/{indicator}/{period}/rows': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const { indicator = '', period = '' } = params;
    const clients = await clientsFor(viewer, now);
    const current = await loadHead(clients, unit, yearOf(period));
    const asOf = query.asOf === undefined ? undefined : readAsOf(query.asOf, now);
    const head = asOf === undefined ? current : await loadHeadAt(clients, current, asOf);
    const point = latestPoint(head, indicator, period, query.asAt);
    if (!point) throw pointUnknown(indicator, period);
    const rows: Observation[] = [];
    for await (const row of loadRows(clients, unit, point.submissionId)) {
      const isOfPoint = row.indicator === indicator && row.period === period;
      if (isOfPoint && (query.area === undefined || row.area === query.area)) rows.push(row);
    }
    const { asAt, submissionId: submission } = point;
    return { status: 200, body: { unit, indicator, period, asAt, submission, rows } };
  },

  'GET /scoreboard': async ({ viewer, query, now }) => {
    const asOf = readAsOf(query.asOf, now);
    const units = catalogue.units.map(({ id }) => id);
    const grounds = await loadGrounds(await clientsFor(viewer, now), units, asOf);
    const assessments = assessUnits(units, grounds, asOf);
    const reporting = buildReporting(catalogue, grounds.publications, asOf);
    const obligations = assessments.map(({ unit, indicator, obligation, due, state, value }) => ({
      unit,
      indicator,
      obligation,
      due,
      state,
      value,
    }));
    return { status: 200, body: { asOf, ...buildScoreboard(assessments), reporting, obligations } };
  },

  'GET /units/{unit}/published': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const clients = await clientsFor(viewer, now);
    const asOf = readAsOf(query.asOf, now);
    const heads = await loadHeads(clients, [unit], catalogue.directive.firstYear, asOf);
    const asked = heads.filter(({ year }) => query.year === undefined || String(year) === query.year);
    // Without a past instant to go back to, what the heads hold is enough.
    const known =
      query.asOf === undefined
        ? asked
        : await Promise.all(asked.map((head) => loadHeadAt(clients, head, asOf)));
    const { submissions, points } = joinPublished(known);
    return {
      status: 200,
      body: {
        unit,
        asOf,
        submissions: submissions.map(({ id, sha256 }) => ({ id, sha256 })),
        points: [...points],
      },
    };
  },

  'GET /alerts': async ({ viewer, query, now }) => {
    const asOf = readKnownAsOf(query.asOf, now);
    const isOfAll = query.unit === undefined && viewer.role !== 'province';
    if (query.after !== undefined) chooseUnit(catalogue, viewer, query.after);
    if (isOfAll) return { status: 200, body: { asOf, ...(await pageOfAlerts(query, asOf)) } };
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const [found] = await viewUnits(await clientsFor(viewer, now), [unit], asOf);
    const { state } = query;
    const alerts = (found?.alerts ?? []).filter((each) => state === undefined || each.state === state);
    return { status: 200, body: { asOf, unit, alerts } };
  },

  'GET /alerts/{id}': async ({ viewer, query, params, now }) => {
    const asOf = readKnownAsOf(query.asOf, now);
    const { id = '' } = params;
    const unit = unitOfAlert(id);
    if (unit === undefined) throw alertUnknown(id);
    if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
    const clients = await clientsFor(viewer, now);
    const { acknowledgements } = await loadAcknowledgementLog(clients, unit);
    const alert = viewAlert(await loadLedger(clients, unit), acknowledgements, id, asOf);
    if (!alert) throw alertUnknown(id);
    return { status: 200, body: alert };
  },

  'GET /silences': async ({ now }) => ({
    status: 200,
    body: { asOf: now, silences: listSilences(await loadSilences(everyUnit), now) },
  }),

  'GET /obligations/{id}/due': async ({ viewer, params, now }) => {
    const { id, unit } = requirePlanned(catalogue, params.id ?? '');
    if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
    const log = await loadDueDateLog(await clientsFor(viewer, now), unit);
    return { status: 200, body: dueHistory(log, id, now) };
  },

  'GET /units/{unit}/coordinators': async ({ viewer, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const registry = await loadRegistry(await clientsFor(viewer, now), unit);
    return { status: 200, body: { unit, coordinators: viewCoordinators(registry) } };
  },

  'GET /coordinators': async () => {
    const units = catalogue.units.map(({ id }) => id);
    const registries = await loadRegistries(everyUnit, units);
    const inOrder = registries.toSorted((a, b) => units.indexOf(a.unit) - units.indexOf(b.unit));
    return { status: 200, body: { coordinators: inOrder.flatMap(viewCoordinators) } };
  },
});

async function clientsFor(viewer: Viewer, now: Instant): Promise<Clients> {
  return viewer.role === 'province'
    ? await unitClients(unitRoleArn, viewer.unit, Date.parse(now))
    : everyUnit;
}

/** The alerts of units as they were known at an instant, in the order of the units. */
async function viewUnits(clients: Clients, units: readonly string[], asOf: Instant): Promise<UnitAlerts[]> {
  const acknowledgements = await loadAcknowledgements(clients, units);
  const ledgers = new Map((await loadLedgers(clients, units)).map((ledger) => [ledger.unit, ledger]));
  return units.map((unit) => {
    const ledger = ledgers.get(unit) ?? emptyLedger(unit);
    return { unit, alerts: viewAlerts(ledger, acknowledgements.get(unit) ?? [], asOf) };
  });
}

/** Alerts of all units, each in short: what is open, acknowledged or not, or what is in the state asked for. */
async function pageOfAlerts(
  { state, after }: { state?: AlertState | undefined; after?: string | undefined },
  asOf: Instant,
) {
  const wanted: readonly AlertState[] = state === undefined ? ['open', 'acknowledged'] : [state];
  const units = catalogue.units.map(({ id }) => id);
  const start = after === undefined ? 0 : units.indexOf(after) + 1;
  const views = await viewUnits(everyUnit, units.slice(start), asOf);
  const chosen = views.map(({ unit, alerts }) => ({
    unit,
    alerts: alerts.filter((alert) => wanted.includes(alert.state)).map(abridge),
  }));
  return pageOfUnits(chosen, maxPageBytes);
}

/** A head as it was known at an instant. */
async function loadHeadAt(clients: Clients, head: Head, asOf: Instant): Promise<Head> {
  const publications = await loadPublications(clients, [head]);
  return headAt(head, publications.get(head.unit) ?? [], asOf);
}

/** What was known at an instant; what will be known is not known yet. */
function readKnownAsOf(asked: string | undefined, now: Instant): Instant {
  const asOf = readAsOf(asked, now);
  return asOf < now ? asOf : now;
}

function readAsOf(asked: string | undefined, now: Instant): Instant {
  if (asked === undefined) return now;
  const asOf = parseAsOf(asked);
  if (asOf === undefined) throw asOfInvalid(asked);
  return asOf;
}

async function requireSubmission(clients: Clients, unit: string, id: string): Promise<Submission> {
  const submission = await loadSubmission(clients, unit, id);
  if (!submission) throw submissionUnknown(id);
  return submission;
}

/** A URL for a file of a submission's report. Throws the problem `report-file-missing` when it has none. */
async function offerDownload(
  clients: Clients,
  unit: string,
  id: string,
  kind: ReportFileKind,
  now: Instant,
): Promise<{ url: string; fileName: string; expiresAt: Instant }> {
  const submission = await requireSubmission(clients, unit, id);
  if (!isSettled(submission.state)) throw reportFileMissing(id);
  const report = await loadReport(clients, unit, id);
  const download = await presignReportFile(clients, submission, report, kind);
  if (!download) throw reportFileMissing(id);
  return { ...download, expiresAt: expiryOf(now) };
}

/** Until when a URL that is signed now can be downloaded from. */
function expiryOf(now: Instant): Instant {
  return new Date(Date.parse(now) + downloadUrlSeconds * 1000).toISOString();
}

/** What assessments rest on beside the catalogue, by unit. */
interface Grounds {
  publications: ReadonlyMap<string, readonly Publication[]>;
  dueDates: ReadonlyMap<string, readonly SetDueDate[]>;
}

async function loadGrounds(clients: Clients, units: readonly string[], asOf: Instant): Promise<Grounds> {
  const heads = await loadHeads(clients, units, catalogue.directive.firstYear, asOf);
  const [publications, dueDates] = await Promise.all([
    loadPublications(clients, heads),
    loadDueDates(clients, units),
  ]);
  return { publications, dueDates };
}

function assessUnits(
  units: readonly string[],
  { publications, dueDates }: Grounds,
  asOf: Instant,
): Assessment[] {
  return units.flatMap((unit) =>
    assessUnit(catalogue, unit, publications.get(unit) ?? [], asOf, dueDates.get(unit) ?? []),
  );
}
