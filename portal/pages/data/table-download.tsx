import { useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import type { Day } from '../../../shared/domain/calendar.ts';
import type { Layout } from '../../../shared/domain/tables/table.ts';
import { useAsOf } from '../../as-of.ts';
import { useText } from '../../language.ts';
import { ChoiceField } from '../../parts/choice-field.tsx';
import { DayInput } from '../../parts/day-input.tsx';
import { DownloadState } from '../../parts/download-state.tsx';
import { Field } from '../../parts/field.tsx';
import { Sign } from '../../parts/sign.tsx';
import { UnitOptions } from '../../parts/unit-options.tsx';
import { useApi } from '../../session/session-context.ts';
import { useAct } from '../../use-act.ts';

/** What stands between the columns of a CSV. */
const separators = [';', ',', 'tab'] as const;

/** Saves a table, or the part of it that is chosen. The rows of all units in one file are too many for `observations`. */
export function TableDownload({ name, layout }: { name: string; layout: Layout }) {
  const text = useText();
  const api = useApi();
  const { state, act } = useAct();
  const [unit, setUnit] = useState('');
  const { asOf } = useAsOf();
  const [day, setDay] = useState<Day | ''>(asOf ?? '');
  const [separator, setSeparator] = useState<(typeof separators)[number]>(';');
  const isBusy = state.at === 'busy';
  const save = async (format: 'csv' | 'parquet') => {
    const { body } = await callRoute(api, 'GET /exports/{table}', {
      params: { table: name },
      query: {
        format,
        ...(format === 'csv' && { separator }),
        ...(unit !== '' && { unit }),
        ...(day !== '' && { day }),
      },
    });
    location.assign(body.url);
  };
  return (
    <form
      class="card stack-tight data-form"
      aria-labelledby="download"
      onSubmit={(event) => {
        event.preventDefault();
        const isParquet = event.submitter?.getAttribute('value') === 'parquet';
        act(() => save(isParquet ? 'parquet' : 'csv'));
      }}
    >
      <h2 id="download">{text({ vi: 'Tải về', en: 'Download' })}</h2>
      <div class="filters">
        {(layout === 'unit' || layout === 'submission') && (
          <ChoiceField
            label={text({ vi: 'Đơn vị', en: 'Unit' })}
            value={unit}
            choose={setUnit}
            required={layout === 'submission'}
          >
            <option value="">
              {layout === 'submission'
                ? text({ vi: 'Chọn một đơn vị', en: 'Choose a unit' })
                : text({ vi: 'Mọi đơn vị', en: 'All units' })}
            </option>
            <UnitOptions />
          </ChoiceField>
        )}
        {layout === 'day' && (
          <Field
            label={text({ vi: 'Ngày', en: 'Day' })}
            hint={text({ vi: 'Để trống là ngày mới nhất', en: 'Empty for the latest day' })}
          >
            {(attributes) => <DayInput {...attributes} value={day} choose={setDay} />}
          </Field>
        )}
        <ChoiceField
          label={text({ vi: 'Dấu ngăn cột của CSV', en: 'Separator of the CSV' })}
          value={separator}
          choose={(chosen) => setSeparator(separators.find((one) => one === chosen) ?? ';')}
        >
          <option value=";">
            {text({ vi: 'Chấm phẩy, số có dấu phẩy thập phân', en: 'Semicolon, decimal commas' })}
          </option>
          <option value=",">
            {text({ vi: 'Phẩy, số có dấu chấm thập phân', en: 'Comma, decimal points' })}
          </option>
          <option value="tab">{text({ vi: 'Tab', en: 'Tab' })}</option>
        </ChoiceField>
      </div>
      {asOf !== undefined && layout !== 'day' && (
        <p class="small soft">
          {text({
            vi: 'Tệp luôn có những gì được biết hiện nay.',
            en: 'The file always has what is known now.',
          })}
        </p>
      )}
      <div class="row">
        <button type="submit" value="csv" class="button primary" disabled={isBusy}>
          <Sign name="down" /> {text({ vi: 'CSV cho Excel', en: 'CSV for Excel' })}
        </button>
        <button type="submit" value="parquet" class="button" disabled={isBusy}>
          <Sign name="down" /> Parquet
        </button>
        <DownloadState of={state} />
      </div>
    </form>
  );
}
