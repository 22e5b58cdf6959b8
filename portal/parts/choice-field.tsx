import type { ComponentChildren } from 'preact';
import { Field } from './field.tsx';

/** A labelled `<select>`; `children` are its options, `choose` is told of each choice. */
export function ChoiceField({
  label,
  value,
  choose,
  required = false,
  children,
}: {
  label: string;
  value: string;
  choose(value: string): void;
  required?: boolean;
  children: ComponentChildren;
}) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select
          {...attributes}
          required={required}
          value={value}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}
