import { maxReasonCharacters } from '../../shared/domain/api-requests.ts';
import { Field } from './field.tsx';

/** A labelled field for a reason or a comment in somebody's own words, which must be given. */
export function WordsField({
  label,
  hint,
  value,
  write,
}: {
  label: string;
  hint?: string;
  value: string;
  write(value: string): void;
}) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(attributes) => (
        <textarea
          {...attributes}
          required
          maxLength={maxReasonCharacters}
          rows={3}
          value={value}
          onInput={({ currentTarget }) => write(currentTarget.value)}
        />
      )}
    </Field>
  );
}
