import { loadLedger } from '../shared/aws/alert-ledgers.ts';
import { type Clients, ownClients, unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { loadPublications } from '../shared/aws/figures.ts';
import { loadHeads } from '../shared/aws/heads.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { loadRegistry } from '../shared/aws/registries.ts';
import { loadReport } from '../shared/aws/reports.ts';
import { listSubmissions, loadSubmission } from '../shared/aws/submissions.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { type Assessment, assessUnit } from '../shared/domain/assessment.ts';
import { type Instant, parseAsOf } from '../shared/domain/calendar.ts';
import { findUnit } from '../shared/domain/catalogue.ts';
import {
  asOfInvalid,
  submissionUnknown,
  unitForbidden,
  unitRequired,
  unitUnknown,
} from '../shared/domain/problem.ts';
import { buildScoreboard } from '../shared/domain/scoreboard.ts';
import { isSettled, type Submission } from '../shared/domain/submission.ts';
import { canSeeUnit, type Viewer } from '../shared/domain/viewer.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const everyUnit = ownClients();
/** Submissions listed in one answer. */
const submissionsPerPage = 100;

/** Everything that can be read. A province reads with the credentials of its own unit, and nothing else. */
export const handler = httpHandler<'api'>({
  'GET /catalogue': async () => ({ status: 200, body: catalogue }),

  'GET /submissions': async ({ viewer, query, now }) => {
    const unit = chooseUnit(viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return {
      status: 200,
      body: { unit, submissions: await listSubmissions(clients, unit, submissionsPerPage) },
    };
  },

  'GET /submissions/{id}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(viewer, query.unit);
    return {
      status: 200,
      body: await requireSubmission(await clientsFor(viewer, now), unit, params.id ?? ''),
    };
  },

  'GET /submissions/{id}/issues': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    const { id, state } = await requireSubmission(clients, unit, params.id ?? '');
    const report = isSettled(state) ? await loadReport(clients, unit, id) : undefined;
    return {
      status: 200,
      body: { id, state, issues: report?.issues ?? [], issueCounts: report?.issueCounts ?? {} },
    };
  },

  'GET /units/{unit}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(viewer, params.unit);
    const asOf = readAsOf(query.asOf, now);
    const assessments = await assessUnits(await clientsFor(viewer, now), [unit], asOf);
    return { status: 200, body: { unit, asOf, assessments } };
  },

  'GET /scoreboard': async ({ viewer, query, now }) => {
    const asOf = readAsOf(query.asOf, now);
    const units = catalogue.units.map(({ id }) => id);
    const assessments = await assessUnits(await clientsFor(viewer, now), units, asOf);
    const obligations = assessments.map(({ unit, indicator, obligation, due, state, value }) => ({
      unit,
      indicator,
      obligation,
      due,
      state,
      value,
    }));
    return { status: 200, body: { asOf, ...buildScoreboard(assessments), obligations } };
  },

  'GET /alerts': async ({ viewer, query, now }) => {
    const unit = chooseUnit(viewer, query.unit);
    const { alerts } = await loadLedger(await clientsFor(viewer, now), unit);
    return { status: 200, body: { unit, alerts } };
  },

  'GET /units/{unit}/coordinators': async ({ viewer, params, now }) => {
    const unit = chooseUnit(viewer, params.unit);
    const { coordinators } = await loadRegistry(await clientsFor(viewer, now), unit);
    return { status: 200, body: { unit, coordinators } };
  },
});

/** The unit asked for, or the viewer's own where a province names none. */
function chooseUnit(viewer: Viewer, asked: string | undefined): string {
  const unit = asked ?? (viewer.role === 'province' ? viewer.unit : undefined);
  if (unit === undefined) throw unitRequired();
  if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
  if (!findUnit(catalogue, unit)) throw unitUnknown(unit);
  return unit;
}

async function clientsFor(viewer: Viewer, now: Instant): Promise<Clients> {
  return viewer.role === 'province'
    ? await unitClients(unitRoleArn, viewer.unit, Date.parse(now))
    : everyUnit;
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

async function assessUnits(clients: Clients, units: readonly string[], asOf: Instant): Promise<Assessment[]> {
  const heads = await loadHeads(clients, units, catalogue.directive.firstYear, asOf);
  const publications = await loadPublications(clients, heads);
  return units.flatMap((unit) => assessUnit(catalogue, unit, publications.get(unit) ?? [], asOf));
}
