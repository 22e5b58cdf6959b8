import { useLocation } from 'preact-iso';
import { callRoute } from '../../../shared/client/call-route.ts';
import type { QueryText } from '../../../shared/domain/named-query.ts';
import { queryLink } from '../../../shared/domain/portal-links.ts';
import { useAsOf, withAsOf } from '../../as-of.ts';
import { useText } from '../../language.ts';
import { Fault } from '../../parts/fault.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useApi } from '../../session/session-context.ts';
import { useAct } from '../../use-act.ts';
import { ParameterField } from './parameter-field.tsx';
import { QueryOutcome } from './query-outcome.tsx';
import { canLookBack, type GivenParameters, givenParameters, readStatement } from './query-parameters.ts';
import { QueryStatement } from './query-statement.tsx';

/**
 * One named query: its parameters, what it answered, and the statement. All of it is in the address, so that a link
 * shows the same; other parameters are another question, which has no answer yet.
 */
export function QueryView({ query }: { query: QueryText }) {
  const text = useText();
  const api = useApi();
  const { query: address, route } = useLocation();
  const { asOf } = useAsOf();
  const { state, act } = useAct();
  const given = givenParameters(query, address, asOf);
  const read = readStatement(query, given);
  const go = (parameters: GivenParameters, execution?: string) =>
    route(withAsOf(queryLink('', query.name, parameters, execution), asOf), execution === undefined);
  const run = async () => {
    const { body } = await callRoute(api, 'POST /queries/{name}', {
      params: { name: query.name },
      // Pressed again, it is asked again: what is known may have changed.
      body: { parameters: { ...given }, requestToken: crypto.randomUUID() },
    });
    go(given, body.id);
  };
  return (
    <div class="stack">
      <form
        class="card stack-tight data-form"
        aria-label={text({ vi: 'Tham số của truy vấn', en: 'Parameters of the query' })}
        onSubmit={(event) => {
          event.preventDefault();
          act(run);
        }}
      >
        <div class="filters">
          {query.parameters.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={given[parameter.name] ?? parameter.default}
              choose={(value) => go({ ...given, [parameter.name]: value || parameter.default })}
            />
          ))}
        </div>
        <p>
          <button type="submit" class="button primary" disabled={state.at === 'busy'}>
            {state.at === 'busy'
              ? text({ vi: 'Đang gửi…', en: 'Sending…' })
              : text({ vi: 'Chạy truy vấn', en: 'Run the query' })}
          </button>
        </p>
        {'fault' in read && (
          <Notice kind="warning" title={text({ vi: 'Tham số không hợp lệ', en: 'A parameter is not valid' })}>
            <p>{text(read.fault)}</p>
          </Notice>
        )}
        {asOf !== undefined && !canLookBack(query) && (
          <p class="small soft">
            {text({
              vi: 'Truy vấn này luôn trả lời theo những gì được biết hiện nay.',
              en: 'This query always answers by what is known now.',
            })}
          </p>
        )}
        {state.at === 'fault' && <Fault fault={state.fault} />}
      </form>
      {address.execution !== undefined && (
        <QueryOutcome
          key={address.execution}
          id={address.execution}
          {...('statement' in read && { statement: read.statement })}
          leave={() => go(given)}
        />
      )}
      {'statement' in read && <QueryStatement name={query.name} given={given} statement={read.statement} />}
    </div>
  );
}
