import { useText } from '../language.ts';

interface Detected {
  format: string;
  encoding: string;
  bom?: boolean | undefined;
  delimiter?: string | undefined;
  decimal?: string | undefined;
}

/** What was detected about a file, so that an office sees it was read as it was meant. */
export function DetectedFile({ file: { format, encoding, bom, delimiter, decimal } }: { file: Detected }) {
  const text = useText();
  const unknown = text({ vi: 'không rõ', en: 'unknown' });
  const thousands = decimal === ',' ? '.' : ',';
  return (
    <dl class="facts">
      <dt>{text({ vi: 'Loại tệp', en: 'Format' })}</dt>
      <dd>{format === 'unknown' ? unknown : format.toUpperCase()}</dd>
      <dt>{text({ vi: 'Bảng mã', en: 'Encoding' })}</dt>
      <dd>
        {encoding === 'unknown' ? unknown : encoding}
        {bom && ' (BOM)'}
      </dd>
      {delimiter !== undefined && (
        <>
          <dt>{text({ vi: 'Dấu ngăn cột', en: 'Between columns' })}</dt>
          <dd>{delimiter === '\t' ? 'tab' : `“${delimiter}”`}</dd>
        </>
      )}
      {format !== 'unknown' && (
        <>
          <dt>{text({ vi: 'Dấu thập phân', en: 'Decimal sign' })}</dt>
          <dd>
            {decimal === undefined
              ? text({ vi: 'không có số nào cho biết', en: 'no number tells' })
              : text({
                  vi: `“${decimal}”, hàng nghìn “${thousands}”`,
                  en: `“${decimal}”, thousands “${thousands}”`,
                })}
          </dd>
        </>
      )}
    </dl>
  );
}
