import type { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type AwsCall, AwsError, type AwsResponse, type AwsService } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import { jsonResponse, readJsonCall } from '../json-protocol.ts';
import type { ObjectFile } from '../s3/object-files.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { CatalogTable, WorkgroupSettings } from '../template/athena.ts';
import { athenaInputs, parseInput } from './athena-inputs.ts';
import { createExecutionStore, type Ending, type StoredExecution } from './execution-store.ts';
import { addressOf, executionOnWire, pageOnWire } from './wire.ts';

/** What the embedded Athena runs on and what it knows. */
export interface AthenaSettings {
  database: DatabaseSync;
  clock: Clock;
  workgroups: readonly WorkgroupSettings[];
  tables: readonly CatalogTable[];
  /** The objects of a bucket as they are now. */
  filesOf(bucket: string): readonly ObjectFile[];
  /** Where answers are put. */
  objects: Pick<ObjectStore, 'receive' | 'commit' | 'find' | 'read'>;
}

/** The embedded Athena, to be ended before its database. */
export interface Athena extends AwsService {
  /** Resolves when no query runs any more. */
  close(): Promise<void>;
}

type Action = (call: AwsCall, input: unknown) => object | Promise<object>;

/**
 * The embedded Athena: runs SELECTs over the exported Parquet files by DuckDB, one after the other, and writes each
 * answer as CSV where the workgroup has it. It reads and writes for its caller, whose policies are asked for the
 * workgroup, the catalogue and every object. What it does not know is refused.
 */
export function createAthena(settings: AthenaSettings): Athena {
  const { clock, objects } = settings;
  const store = createExecutionStore(settings.database, clock.nowMs());
  let running: Promise<void> = Promise.resolve();

  function requireWorkgroup(name: string): WorkgroupSettings {
    const found = settings.workgroups.find((workgroup) => workgroup.name === name);
    if (!found) throw invalid(`WorkGroup ${name} is not found.`);
    return found;
  }

  /** The running of that id, once the caller may see its workgroup. */
  function requireExecution(call: AwsCall, action: string, id: string) {
    const execution = store.find(id);
    if (!execution) throw invalid(`QueryExecution ${id} was not found`);
    const workgroup = requireWorkgroup(execution.workgroup);
    call.authorize(`athena:${action}`, workgroup.arn);
    return { execution, workgroup };
  }

  async function run(id: string, call: AwsCall, workgroup: WorkgroupSettings): Promise<void> {
    const execution = store.find(id);
    if (!execution) throw new Error(`There is no execution ${id} to run`);
    store.begin(id);
    store.end(id, await answer(execution, call, workgroup), clock.nowMs());
  }

  async function answer(
    execution: StoredExecution,
    call: AwsCall,
    workgroup: WorkgroupSettings,
  ): Promise<Ending> {
    // Loaded when it is needed: the database engine is large, and most runs ask nothing.
    const { runStatement, ScanLimitError } = await import('./run-statement.ts');
    const { bucket, key } = addressOf(execution, workgroup);
    try {
      call.authorize('s3:GetBucketLocation', `arn:aws:s3:::${bucket}`);
      const { csv, columns, bytesScanned } = await runStatement({
        ...execution,
        tables: settings.tables,
        filesOf: settings.filesOf,
        authorize: call.authorize,
        maxBytesScanned: workgroup.maxBytesScanned,
      });
      call.authorize('s3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
      const upload = await objects.receive(
        Readable.from([Buffer.from(csv)]),
        Number.MAX_SAFE_INTEGER,
        tooLong,
      );
      const lastModified = `${clock.now().slice(0, 19)}.000Z`;
      objects.commit(upload, {
        bucket,
        key,
        lastModified,
        headers: { 'content-type': 'application/octet-stream' },
      });
      return { state: 'SUCCEEDED', reason: null, bytesScanned, columns };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const state = error instanceof ScanLimitError ? 'CANCELLED' : 'FAILED';
      return { state, reason, bytesScanned: 0, columns: [] };
    }
  }

  const actions: Readonly<Record<string, Action>> = {
    StartQueryExecution(call, input) {
      const asked = parseInput(athenaInputs.StartQueryExecution, input);
      const workgroup = requireWorkgroup(asked.WorkGroup);
      call.authorize('athena:StartQueryExecution', workgroup.arn);
      const known = store.findToken(workgroup.name, asked.ClientRequestToken);
      if (known) {
        if (known.statement !== asked.QueryString) {
          throw invalid('Idempotent parameters do not match');
        }
        return { QueryExecutionId: known.id };
      }
      const id = store.add(
        {
          workgroup: workgroup.name,
          database: asked.QueryExecutionContext.Database,
          statement: asked.QueryString,
        },
        asked.ClientRequestToken,
        clock.nowMs(),
      );
      running = running.then(() => run(id, call, workgroup));
      return { QueryExecutionId: id };
    },

    GetQueryExecution(call, input) {
      const { QueryExecutionId } = parseInput(athenaInputs.GetQueryExecution, input);
      const { execution, workgroup } = requireExecution(call, 'GetQueryExecution', QueryExecutionId);
      return { QueryExecution: executionOnWire(execution, workgroup) };
    },

    async GetQueryResults(call, input) {
      const { QueryExecutionId, MaxResults, NextToken } = parseInput(athenaInputs.GetQueryResults, input);
      const { execution, workgroup } = requireExecution(call, 'GetQueryResults', QueryExecutionId);
      if (execution.state !== 'SUCCEEDED') {
        throw invalid(`Query did not finish successfully. Final query state: ${execution.state}`);
      }
      const { bucket, key } = addressOf(execution, workgroup);
      call.authorize('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
      const object = objects.find(bucket, key);
      if (!object) throw invalid('Could not find results');
      const csv = await text(objects.read(object, 0, object.size - 1));
      return pageOnWire(execution, csv, { from: Number(NextToken ?? 0), count: MaxResults });
    },
  };

  async function handle(call: AwsCall): Promise<AwsResponse> {
    const { action, input } = await readJsonCall(call, actions, {
      service: 'Athena',
      target: 'AmazonAthena',
    });
    return jsonResponse('1.1', await action(call, input));
  }

  return { name: 'athena', protocol: 'json', handle, close: () => running };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'InvalidRequestException', message);
}

function tooLong(): Error {
  return new Error('An answer is never too long');
}
