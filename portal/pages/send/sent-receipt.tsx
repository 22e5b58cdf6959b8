import { submissionLink, unitLink } from '../../../shared/domain/portal-links.ts';
import { useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { Receipt } from '../submissions/receipt.tsx';

/** The last step: the receipt of what was sent, live until it has its outcome. */
export function SentReceipt({ unit, id, startOver }: { unit: string; id: string; startOver(): void }) {
  const text = useText();
  return (
    <>
      <h2>{text({ vi: 'Tệp đã gửi', en: 'The file is sent' })}</h2>
      <Receipt unit={unit} id={id} />
      <div class="row">
        <button type="button" class="button primary" onClick={startOver}>
          {text({ vi: 'Nộp tệp khác', en: 'Send another file' })}
        </button>
        <Link class="button" href={unitLink('', unit)}>
          {text({ vi: 'Xem việc của tôi', en: 'See my work' })}
        </Link>
        <Link href={submissionLink('', unit, id)}>
          {text({ vi: 'Địa chỉ của biên nhận này', en: 'Address of this receipt' })}
        </Link>
      </div>
    </>
  );
}
