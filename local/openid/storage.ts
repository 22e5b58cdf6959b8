import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import * as z from 'zod';

const payloadSchema = z.string().transform((text): AdapterPayload => JSON.parse(text));

/** What falls with the grant it came from. */
const granted = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

/**
 * Keeps the provider's sessions, codes and refresh tokens in a database, so that nobody is signed out by a
 * restart. Times are real ones: sign-in does not follow the embedded clock.
 */
export function openidStorage(database: DatabaseSync): AdapterFactory {
  database.exec(`
    CREATE TABLE IF NOT EXISTS openid_item (
      model TEXT NOT NULL,
      id TEXT NOT NULL,
      payload TEXT NOT NULL,
      uid TEXT,
      grantId TEXT,
      expiresAtMs INTEGER,
      PRIMARY KEY (model, id)
    ) STRICT
  `);
  const purge = database.prepare('DELETE FROM openid_item WHERE expiresAtMs <= ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO openid_item (model, id, payload, uid, grantId, expiresAtMs) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const byId = database.prepare('SELECT payload FROM openid_item WHERE model = ? AND id = ?');
  const byUid = database.prepare('SELECT payload FROM openid_item WHERE model = ? AND uid = ?');
  const consume = database.prepare(
    "UPDATE openid_item SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
  );
  const remove = database.prepare('DELETE FROM openid_item WHERE model = ? AND id = ?');
  const revoke = database.prepare('DELETE FROM openid_item WHERE grantId = ?');
  const payloadOf = (row: Record<string, unknown> | undefined) => row && payloadSchema.parse(row.payload);

  return (model): Adapter => ({
    async upsert(id, payload, expiresInSeconds) {
      const nowMs = Date.now();
      purge.run(nowMs);
      const expiresAtMs = expiresInSeconds === undefined ? null : nowMs + expiresInSeconds * 1000;
      put.run(
        model,
        id,
        JSON.stringify(payload),
        payload.uid ?? null,
        granted.includes(model) ? (payload.grantId ?? null) : null,
        expiresAtMs,
      );
    },
    find: async (id) => payloadOf(byId.get(model, id)),
    findByUid: async (uid) => payloadOf(byUid.get(model, uid)),
    async findByUserCode() {
      throw new Error('Device sign-in, which alone has user codes, is not offered');
    },
    async consume(id) {
      consume.run(Math.floor(Date.now() / 1000), model, id);
    },
    async destroy(id) {
      remove.run(model, id);
    },
    async revokeByGrantId(grantId) {
      revoke.run(grantId);
    },
  });
}
