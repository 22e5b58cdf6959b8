import type { ComponentChildren } from 'preact';
import { useText } from '../language.ts';
import { useAct } from '../use-act.ts';
import { Dialog } from './dialog.tsx';
import { Fault } from './fault.tsx';

/**
 * A dialog by which something is done: its fields, why it could not be done in the API's own words, and two buttons.
 * `act` does it; the dialog ends when that succeeds.
 */
export function ActForm({
  title,
  confirm,
  isDanger = false,
  act: deed,
  close,
  children,
}: {
  title: string;
  confirm: string;
  isDanger?: boolean;
  act(): Promise<unknown>;
  close(): void;
  children: ComponentChildren;
}) {
  const text = useText();
  const { state, act } = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act(async () => {
      await deed();
      close();
    });
  };
  return (
    <Dialog title={title} close={close}>
      <form class="stack-tight" onSubmit={submit}>
        {children}
        {state.at === 'fault' && <Fault fault={state.fault} />}
        <p class="row">
          <button
            type="submit"
            class={`button ${isDanger ? 'danger' : 'primary'}`}
            disabled={state.at === 'busy'}
          >
            {confirm}
          </button>
          <button type="button" class="button" onClick={close}>
            {text({ vi: 'Đóng', en: 'Cancel' })}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
