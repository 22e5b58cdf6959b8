import type { ComponentChildren } from 'preact';
import type { Answer } from '../use-answer.ts';
import { Fault } from './fault.tsx';
import { Loading } from './loading.tsx';

/** Shows an answer of the API by `children`, and until then that it is being asked, or why there is none. */
export function Answered<T>({
  of: asked,
  children,
}: {
  of: Answer<T> & { reload(): void };
  children: (answer: T) => ComponentChildren;
}) {
  if (asked.state === 'fault') return <Fault fault={asked.fault} retry={asked.reload} />;
  if (asked.answer === undefined) return <Loading />;
  return <div aria-busy={asked.state === 'loading'}>{children(asked.answer)}</div>;
}
