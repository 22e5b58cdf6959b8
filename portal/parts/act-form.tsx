import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useText } from '../language.ts';
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
  act,
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
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setFault(undefined);
    try {
      await act();
      close();
    } catch (error) {
      setFault(error);
      setIsBusy(false);
    }
  };
  return (
    <Dialog title={title} close={close}>
      <form class="stack-tight" onSubmit={(event) => void submit(event)}>
        {children}
        {fault !== undefined && <Fault fault={fault} />}
        <p class="row">
          <button type="submit" class={`button ${isDanger ? 'danger' : 'primary'}`} disabled={isBusy}>
            {confirm}
          </button>
          <button type="button" class="button" onClick={close}>
            {text({ vi: 'Thôi', en: 'Cancel' })}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
