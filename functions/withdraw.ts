import { loadActor } from '../shared/aws/actors.ts';
import { type Clients, ownClients, unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { reportPublished } from '../shared/aws/events.ts';
import { loadPublications } from '../shared/aws/figures.ts';
import { loadHead, saveHead } from '../shared/aws/heads.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { untilWritten } from '../shared/aws/packed-items.ts';
import { listSubmissions, moveSubmission, requireSubmission } from '../shared/aws/submissions.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { requireStanding } from '../shared/domain/actor.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { findPublished, type PublishedSubmission, type Withdrawal, withdraw } from '../shared/domain/head.ts';
import { withdrawalImpossible } from '../shared/domain/problem.ts';
import { isUnpublishedCopy } from '../shared/domain/submission.ts';
import { chooseUnit, type Viewer } from '../shared/domain/viewer.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const registries = ownClients();
/** Among how many of a unit's latest submissions copies of the withdrawn one are looked for. */
const submissionsSearched = 100;

/**
 * Takes a published submission back: the head marks it withdrawn and shows again what it hid. Its files and
 * figures stay, and past days answer as before. Asked again, it changes nothing and says who withdrew it. A
 * coordinator withdraws what belongs to a unit within their scope.
 */
export const handler = httpHandler<'withdraw'>({
  'POST /submissions/{id}/withdraw': async ({ viewer, params, query, body, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    await requireMayWithdraw(viewer, unit);
    const clients = await unitClients(unitRoleArn, unit, Date.parse(now));
    const id = params.id ?? '';
    const submission = await requireSubmission(clients, unit, id);
    const { state, year } = submission;
    if (state !== 'accepted' || year === undefined) throw withdrawalImpossible(id, state);

    const request = { submissionId: id, by: viewer.subject, reason: body.reason };
    const marked = await markWithdrawn(clients, unit, year, request, now);
    if (!marked) throw withdrawalImpossible(id, state);
    await reportPublished({ unit, year });
    const { withdrawnAt, withdrawnBy, withdrawalReason } = marked;
    const changes = { withdrawnAt, withdrawnBy, withdrawalReason };
    await moveSubmission(clients, submission, 'accepted', changes, ['accepted']);
    logger.info('Submission:Withdrawn', { unit, submissionId: id });
    const others = await listSubmissions(clients, unit, submissionsSearched);
    const unpublishedCopies = others
      .filter((other) => other.sha256 === submission.sha256 && isUnpublishedCopy(other))
      .map((other) => other.id);
    return { status: 200, body: { ...submission, ...changes, unpublishedCopies } };
  },
});

/** Throws the problem `not-registered`, `out-of-scope` or `unit-forbidden` for whoever may not act on the unit. */
async function requireMayWithdraw(viewer: Viewer, unit: string): Promise<void> {
  const units = catalogue.units.map(({ id }) => id);
  requireStanding(catalogue, await loadActor(registries, viewer, units), { unit });
}

/** Marks the submission in the head, again from the start when the head was written meanwhile. */
async function markWithdrawn(
  clients: Clients,
  unit: string,
  year: number,
  request: Withdrawal,
  now: Instant,
): Promise<PublishedSubmission | undefined> {
  return await untilWritten(async () => {
    const head = await loadHead(clients, unit, year);
    if (!findPublished(head, request.submissionId)) return undefined;
    const publications = (await loadPublications(clients, [head])).get(unit) ?? [];
    const next = withdraw(head, request, publications, now);
    if (next !== head) await saveHead(clients, next);
    return findPublished(next, request.submissionId);
  });
}
