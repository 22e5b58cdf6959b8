import { useRoute } from 'preact-iso';
import { submissionsLink } from '../../../shared/domain/portal-links.ts';
import { useText } from '../../language.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Page } from '../../parts/page.tsx';
import { Receipt } from './receipt.tsx';

/** The receipt of one submission. */
export function SubmissionPage() {
  const text = useText();
  const { unit = '', submission = '' } = useRoute().params;
  return (
    <Page title={{ vi: 'Biên nhận', en: 'Receipt' }}>
      <Receipt key={submission} unit={unit} id={submission} />
      <BackLink href={submissionsLink('', unit)}>
        {text({ vi: 'Mọi lượt nộp', en: 'All sent files' })}
      </BackLink>
    </Page>
  );
}
