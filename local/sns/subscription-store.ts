import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const rowSchema = z.object({
  arn: z.string(),
  topicArn: z.string(),
  endpoint: z.string(),
  filterPolicy: z.string().nullable(),
  /** Token of the confirmation still awaited; null once confirmed. */
  pendingToken: z.string().nullable(),
  /** Whether ending it takes more than the link in its e-mails: 1 or 0. */
  isGuarded: z.number(),
});
/** An e-mail address subscribed to a topic. */
export type Subscription = z.infer<typeof rowSchema>;

const rowsSchema = z.array(rowSchema);

/** The e-mail subscriptions of all topics, on disk. One address has at most one subscription per topic. */
export function createSubscriptionStore(database: DatabaseSync) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS sns_subscription (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, topicArn TEXT NOT NULL,
      endpoint TEXT NOT NULL, filterPolicy TEXT, pendingToken TEXT UNIQUE, isGuarded INTEGER NOT NULL DEFAULT 0,
      UNIQUE (topicArn, endpoint))`);
  const select =
    'SELECT arn, topicArn, endpoint, filterPolicy, pendingToken, isGuarded FROM sns_subscription';
  const byTopic = database.prepare(`${select} WHERE topicArn = ? ORDER BY sequence`);
  const byArn = database.prepare(`${select} WHERE arn = ?`);
  const byAddress = database.prepare(`${select} WHERE endpoint = ? ORDER BY sequence`);
  const byToken = database.prepare(`${select} WHERE pendingToken = ?`);
  const byEndpoint = database.prepare(`${select} WHERE topicArn = ? AND endpoint = ?`);
  const insert = database.prepare(
    'INSERT INTO sns_subscription (arn, topicArn, endpoint, filterPolicy, pendingToken) VALUES (?, ?, ?, ?, ?)',
  );
  const confirmOne = database.prepare(
    'UPDATE sns_subscription SET pendingToken = NULL, isGuarded = ? WHERE pendingToken = ?',
  );
  const setPolicy = database.prepare('UPDATE sns_subscription SET filterPolicy = ? WHERE arn = ?');
  const removeOne = database.prepare('DELETE FROM sns_subscription WHERE arn = ?');
  /** What was read since the last change: every message asks for all of its topic. */
  const known = new Map<string, Subscription[]>();
  function change<T>(write: () => T): T {
    known.clear();
    return write();
  }
  const read = (row: unknown): Subscription | undefined =>
    row === undefined ? undefined : rowSchema.parse(row);

  return {
    ofTopic(topicArn: string): readonly Subscription[] {
      const subscriptions = known.get(topicArn) ?? rowsSchema.parse(byTopic.all(topicArn));
      known.set(topicArn, subscriptions);
      return subscriptions;
    },
    find: (arn: string): Subscription | undefined => read(byArn.get(arn)),
    findEndpoint: (topicArn: string, endpoint: string): Subscription | undefined =>
      read(byEndpoint.get(topicArn, endpoint)),
    ofAddress: (endpoint: string): readonly Subscription[] => rowsSchema.parse(byAddress.all(endpoint)),
    findToken: (token: string): Subscription | undefined => read(byToken.get(token)),
    add(
      topicArn: string,
      endpoint: string,
      filterPolicy: string | undefined,
      isConfirmed: boolean,
    ): Subscription {
      const subscription: Subscription = {
        arn: `${topicArn}:${randomUUID()}`,
        topicArn,
        endpoint,
        filterPolicy: filterPolicy ?? null,
        pendingToken: isConfirmed ? null : randomUUID(),
        isGuarded: 0,
      };
      const { arn, filterPolicy: policy, pendingToken } = subscription;
      change(() => insert.run(arn, topicArn, endpoint, policy, pendingToken));
      return subscription;
    },
    /** Confirms the subscription that awaits this token; `false` when none does. */
    confirm: (token: string, isGuarded = false): boolean =>
      change(() => confirmOne.run(isGuarded ? 1 : 0, token).changes === 1),
    setFilterPolicy: (arn: string, filterPolicy: string | null): void =>
      void change(() => setPolicy.run(filterPolicy, arn)),
    remove: (arn: string): void => void change(() => removeOne.run(arn)),
  };
}
